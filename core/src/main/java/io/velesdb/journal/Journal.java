package io.velesdb.journal;

/** Port: where changes are recorded before they are applied. Called by one writer at a time. */
public interface Journal {
    /**
     * Records one encoded change; on return it is as durable as the host's log mode says.
     *
     * @throws io.velesdb.VelesException VELES-011 when it cannot be recorded; then nothing of it stays
     */
    void append(long lsn, byte[] bytes, int length);

    /** Keeps nothing: for databases that live in memory only. */
    Journal NONE = (lsn, bytes, length) -> {};
}
