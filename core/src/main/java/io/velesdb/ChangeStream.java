package io.velesdb;

import io.velesdb.engine.ChangeReader;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a database in order, from a sequence number on: first those that the journal still holds, then each as
 * it happens, none twice and none left out. Only what is durable is shown, and nothing before it can be read. What the
 * database does for itself (vacuums, repairs of an index) is passed over.
 *
 * <pre>{@code
 * try (ChangeStream changes = database.changes(lastSeen + 1)) {
 *     while (running) {
 *         ChangeSet set = changes.poll(1_000);
 *         if (set != null) {
 *             set.events().forEach(this::mirror);
 *             lastSeen = set.lsn();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A stream holds nothing back: who is slower than the journal is short gets VELES-026. It never makes a writer wait.
 * For one thread at a time.
 */
public final class ChangeStream implements AutoCloseable {
    private final ChangeReader reader;

    ChangeStream(ChangeReader reader) {
        this.reader = reader;
    }

    /**
     * The next change set, or null when there is none yet. Does not wait.
     *
     * @throws VelesException VELES-026 when the journal does not hold it any more, with the oldest that it holds; VELES-027
     *     when the observer does not let the caller read a collection that it concerns; VELES-006, VELES-011 when it cannot
     *     be read. The stream stays where it is
     */
    public @Nullable ChangeSet poll() {
        return reader.poll(0);
    }

    /**
     * The same, but waits for one. Hosts without threads (a browser) do not wait.
     *
     * @param timeoutMillis how long at most; 0 does not wait
     * @return null when there was none in that time, or the thread was interrupted
     */
    public @Nullable ChangeSet poll(long timeoutMillis) {
        if (timeoutMillis < 0) {
            throw new VelesException(
                    ErrorCode.QUERY, "timeout is " + timeoutMillis + " ms: use 0 for not at all, or more");
        }
        return reader.poll(timeoutMillis);
    }

    /** Where another stream goes on that is to see what this one has not shown. */
    public long nextLsn() {
        return reader.nextLsn();
    }

    /** Gives back what the host holds for it. The database need not be open any more. */
    @Override
    public void close() {
        reader.close();
    }
}
