package io.velesdb.search;

import io.velesdb.GuardRail;
import io.velesdb.GuardRails;
import io.velesdb.VelesException;
import io.velesdb.engine.Session;
import io.velesdb.host.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * What one read may take: time until its deadline, rows held at once ({@code max_cardinality}), bytes held and answered
 * ({@code memory_limit_bytes}); by the guard-rails as they are when it begins. Sizes are estimates of what objects take on
 * the heap; bitmaps over rows are not counted. Belongs to one call.
 */
public final class Budget implements Cancellation {
    /** Rows of an answer between two looks at the clock. */
    private static final int CHECK_EVERY = 256;

    private final Cancellation deadline;
    private final long maxRows;
    private final long maxBytes;
    private long answered;
    private long answeredBytes;

    private Budget(Cancellation deadline, GuardRails rails) {
        this.deadline = deadline;
        maxRows = rails.maxCardinality();
        maxBytes = rails.memoryLimitBytes();
    }

    /**
     * The budget of a call that begins now.
     *
     * @param asked the call's own {@code timeout_ms}; null for that of the guard-rails, see {@link Deadline#of}
     * @param signal asked as well; null for none
     * @throws VelesException VELES-027 for a timeout of 0, VELES-010 for a negative one
     */
    public static Budget of(@Nullable Long asked, @Nullable Cancellation signal, Session session) {
        return new Budget(
                Deadline.of(asked, signal, session), session.engine().settings().guardRails());
    }

    /** Rows and bytes only, for a call that keeps its time itself. */
    public static Budget untimed(Session session) {
        return new Budget(NONE, session.engine().settings().guardRails());
    }

    @Override
    public void check() {
        deadline.check();
    }

    @Override
    public void holds(long rows, long bytes) {
        if (rows > maxRows) {
            throw VelesException.guardRail(
                    GuardRail.CARDINALITY,
                    "a step of the call holds " + rows + " rows, max_cardinality is " + maxRows
                            + ": filter more, ask for fewer, or raise the guard-rail");
        }
        checkBytes(answeredBytes + bytes);
    }

    /**
     * Counts a row of the answer.
     *
     * @param bytes about what it takes on the heap
     * @throws VelesException VELES-027 when the answer has more rows, or takes more memory, than it may, or time is over
     */
    public void answers(long bytes) {
        answered++;
        answeredBytes += bytes;
        holds(answered, 0);
        if ((answered & CHECK_EVERY - 1) == 0) {
            check();
        }
    }

    /**
     * Counts bytes that are held to the end of the call, of rows that are counted where they are held.
     *
     * @throws VelesException VELES-027 when they are too many
     */
    public void keeps(long bytes) {
        answeredBytes += bytes;
        checkBytes(answeredBytes);
    }

    private void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw VelesException.guardRail(
                    GuardRail.MEMORY,
                    "the call holds about " + bytes + " bytes, memory_limit_bytes is " + maxBytes
                            + ": filter more, ask for fewer rows or columns, or raise the guard-rail");
        }
    }
}
