package io.velesdb.journal;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/** Port: where changes are recorded before they are applied. Called by one writer at a time. */
public interface Journal {
    /**
     * Records one encoded change; on return it is as durable as the host's log mode says.
     *
     * @throws VelesException VELES-011 when it cannot be recorded; then nothing of it stays
     */
    void append(long lsn, byte[] bytes, int length);

    /**
     * Takes the last change back, which could not be applied: nobody was told that it is there, and the next opening must
     * not meet it. Where a host cannot, the next opening tries to apply it again.
     *
     * @param lsn its number
     * @return whether it is gone
     * @throws VelesException VELES-011 when that fails
     */
    default boolean takeBack(long lsn) {
        return false;
    }

    /**
     * Reads what was recorded. Any thread may call it.
     *
     * @param fromLsn the first change wanted: one that is there, or the next to be recorded
     * @throws VelesException VELES-026 when it is not there any more
     */
    default ChangeCursor read(long fromLsn) {
        throw gone(fromLsn, fromLsn + 1);
    }

    /** The refusal of a change that a journal does not hold any more. */
    static VelesException gone(long lsn, long oldest) {
        return new VelesException(
                ErrorCode.EPOCH_MISMATCH,
                "change " + lsn + " is not in the journal any more, the oldest one there is " + oldest
                        + ": read the collections anew, then subscribe from " + oldest + " or later");
    }

    /** Keeps nothing: for databases that live in memory only. */
    Journal NONE = (lsn, bytes, length) -> {};
}
