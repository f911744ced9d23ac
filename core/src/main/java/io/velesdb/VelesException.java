package io.velesdb;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of the engine; a statement that cannot be understood gets its subclass {@link QueryException}. The
 * message has the form {@code [VELES-004] text}; the text names the field, the value and what to do.
 */
public sealed class VelesException extends RuntimeException permits QueryException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable GuardRail guardRail;
    private final transient @Nullable StatementPlace place;

    /** What the message says behind the place; empty where there is none. */
    private final String placed;

    public VelesException(ErrorCode code, String text) {
        this(code, text, null);
    }

    public VelesException(ErrorCode code, String text, @Nullable Throwable cause) {
        this(code, text, cause, usualRail(code), null, "");
    }

    private VelesException(
            ErrorCode code,
            String text,
            @Nullable Throwable cause,
            @Nullable GuardRail guardRail,
            @Nullable StatementPlace place,
            String placed) {
        super("[" + code.text() + "] " + text, cause);
        this.code = code;
        this.guardRail = guardRail;
        this.place = place;
        this.placed = placed;
    }

    /** A failure whose cause stands at a place of a statement; the message begins with the place. */
    public static VelesException at(StatementPlace place, ErrorCode code, String text) {
        return new VelesException(code, place + " " + text, null, usualRail(code), place, text);
    }

    private static @Nullable GuardRail usualRail(ErrorCode code) {
        return code == ErrorCode.GUARD_RAIL ? GuardRail.LIMIT : null;
    }

    /** A VELES-027 of one kind; the plain constructor makes those of {@link GuardRail#LIMIT}. */
    public static VelesException guardRail(GuardRail rail, String text) {
        return new VelesException(ErrorCode.GUARD_RAIL, text, null, rail, null, "");
    }

    /** The same failure, seen from another thread. */
    public VelesException(VelesException original) {
        super(original.getMessage(), original);
        code = original.code;
        guardRail = original.guardRail;
        place = original.place;
        placed = original.placed;
    }

    /**
     * The same failure, told to somebody who wrote the statement in another way.
     *
     * @param statement his text of it
     * @param there where in his text the cause stands
     */
    public VelesException in(String statement, StatementPlace there) {
        // what a write failed by in another thread is the same failure
        Throwable cause = getCause() instanceof VelesException same && same.place != null
                ? same.in(statement, there)
                : getCause();
        VelesException moved = new VelesException(code, there + " " + placed, cause, guardRail, there, placed);
        moved.setStackTrace(getStackTrace());
        return moved;
    }

    /** Where in the text of a statement the cause stands; null where it stands in none. */
    public @Nullable StatementPlace place() {
        return place;
    }

    /** Which guard-rail this VELES-027 came from; null for every other code. */
    public @Nullable GuardRail guardRail() {
        return guardRail;
    }

    public ErrorCode code() {
        return code;
    }
}
