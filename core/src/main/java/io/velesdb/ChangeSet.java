package io.velesdb;

import java.util.List;

/**
 * What one journal record changed: the writes of one group commit, which became visible together. A batch is always
 * whole in one of them. Immutable.
 *
 * @param lsn its sequence number; ascending, with gaps where nothing changed that can be read
 * @param timeMillis when it was recorded, in milliseconds since the Unix epoch
 * @param events what happened, in order; never empty
 */
public record ChangeSet(long lsn, long timeMillis, List<ChangeEvent> events) {
    public ChangeSet {
        events = List.copyOf(events);
    }
}
