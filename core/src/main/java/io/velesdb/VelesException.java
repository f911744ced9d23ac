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

    public VelesException(ErrorCode code, String text) {
        this(code, text, null);
    }

    public VelesException(ErrorCode code, String text, @Nullable Throwable cause) {
        this(code, text, cause, code == ErrorCode.GUARD_RAIL ? GuardRail.LIMIT : null);
    }

    private VelesException(ErrorCode code, String text, @Nullable Throwable cause, @Nullable GuardRail guardRail) {
        super("[" + code.text() + "] " + text, cause);
        this.code = code;
        this.guardRail = guardRail;
    }

    /** A VELES-027 of one kind; the plain constructor makes those of {@link GuardRail#LIMIT}. */
    public static VelesException guardRail(GuardRail rail, String text) {
        return new VelesException(ErrorCode.GUARD_RAIL, text, null, rail);
    }

    /** The same failure, seen from another thread. */
    public VelesException(VelesException original) {
        super(original.getMessage(), original);
        code = original.code;
        guardRail = original.guardRail;
    }

    /** Which guard-rail this VELES-027 came from; null for every other code. */
    public @Nullable GuardRail guardRail() {
        return guardRail;
    }

    public ErrorCode code() {
        return code;
    }
}
