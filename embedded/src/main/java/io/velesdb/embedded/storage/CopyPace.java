package io.velesdb.embedded.storage;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a long copy out of the way of writers: where the journal has grown since the last piece, the copy rests several
 * times as long as that piece took. Without writers it goes as fast as it can. Not thread-safe.
 */
final class CopyPace {
    /** Writers then keep four fifths of their rate on two cores and one disk. */
    private static final int RESTS = 6;

    private static final long LONGEST_REST_NANOS = 250_000_000L;

    private final @Nullable WriteAheadLog log;
    private long lsn;
    private long began;

    /** @param log the journal of the database that is copied; null: nobody writes to it */
    CopyPace(@Nullable WriteAheadLog log) {
        this.log = log;
        lsn = log == null ? 0 : log.durableLsn();
        began = System.nanoTime();
    }

    /** To be called after each piece. */
    void pieceDone() {
        if (log == null) {
            return;
        }
        long now = log.durableLsn();
        if (now != lsn) {
            lsn = now;
            LockSupport.parkNanos(Math.min(LONGEST_REST_NANOS, RESTS * (System.nanoTime() - began)));
        }
        began = System.nanoTime();
    }
}
