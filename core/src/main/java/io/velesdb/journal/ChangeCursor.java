package io.velesdb.journal;

import io.velesdb.VelesException;
import org.jspecify.annotations.Nullable;

/** Port: a place in the journal from which changes are read in order. For one thread at a time. */
public interface ChangeCursor extends AutoCloseable {
    /**
     * The next change, when it is durable.
     *
     * @param appliedLsn the last change that readers see: none after it is handed out
     * @return null when there is none yet
     * @throws VelesException VELES-026 when the journal does not hold it any more, VELES-006 when it is damaged, VELES-011
     *     when it cannot be read or the database is closed; the next call tries again
     */
    @Nullable
    Change next(long appliedLsn);

    /**
     * Waits until the next change is durable and applied, where the host can wait.
     *
     * @param nanos how long at most
     * @return the nanoseconds that are left; 0 when the time is over, the thread was interrupted or the host cannot wait
     */
    long await(long nanos);

    @Override
    void close();
}
