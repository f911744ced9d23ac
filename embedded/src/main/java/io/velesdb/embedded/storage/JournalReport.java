package io.velesdb.embedded.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What recovery found in the journal.
 *
 * @param replayed records handed out
 * @param lastLsn number of the last intact record, or the one before the first when there is none
 * @param cutRecords records behind the torn place that were still recognisable and went with it
 * @param cutBytes bytes from the torn place on that were not zero; 0 when the journal ends cleanly
 * @param cutFile the segment with the torn place, null when there is none
 * @param cutOffset where in it
 */
public record JournalReport(
        long replayed,
        long lastLsn,
        int cutRecords,
        long cutBytes,
        @Nullable Path cutFile,
        long cutOffset) {
    static final JournalReport EMPTY = new JournalReport(0, 0, 0, 0, null, 0);

    /** Whether writes that were never acknowledged as durable were found torn and dropped. */
    public boolean torn() {
        return cutFile != null;
    }
}
