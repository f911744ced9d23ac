package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.journal.Operation;

/**
 * What a record of the journal must be to be applied while opening. Its checksum holds, but a journal is a file, and files are
 * not trusted.
 */
final class ReplayedChange {
    private ReplayedChange() {}

    /** @throws VelesException VELES-006 for what the engine would never have recorded */
    static void check(Operation operation, int nextCollection, DatabaseSnapshot state) {
        if (operation instanceof Operation.CreateCollection create) {
            if (create.collection() != nextCollection || state.find(create.name()) != null) {
                throw new VelesException(
                        ErrorCode.STORAGE, "journal creates collection " + create.collection() + " out of order");
            }
        } else if (operation instanceof Operation.Upsert upsert) {
            CollectionSnapshot collection = state.find(upsert.collection());
            int dimension = upsert.vectors() == null || upsert.ids().length == 0
                    ? 0
                    : upsert.vectors().length / upsert.ids().length;
            if (collection == null
                    || upsert.ids().length > 0
                            && dimension != collection.schema().dimension()) {
                throw new VelesException(
                        ErrorCode.STORAGE,
                        "journal writes vectors of dimension " + dimension + " to collection " + upsert.collection()
                                + ", which does not take them");
            }
        } else if (operation instanceof Operation.PutEdges put) {
            for (String label : put.labels()) {
                if (label.isBlank()) {
                    throw new VelesException(
                            ErrorCode.STORAGE,
                            "journal writes edges without a label to collection " + put.collection());
                }
            }
        }
    }

    /** A record that does not fit what is there is damage, whatever stumbles over it. */
    static VelesException failure(long lsn, RuntimeException failure) {
        if (failure instanceof VelesException known) {
            switch (known.code()) {
                case STORAGE, INDEX_CORRUPTED, IO, ALLOCATION_FAILED, INCOMPATIBLE_SCHEMA_VERSION -> {
                    return known;
                }
                default -> {}
            }
        }
        return new VelesException(
                ErrorCode.STORAGE,
                "change " + lsn + " of the journal does not fit the database (" + failure
                        + "): restore the folder from a backup",
                failure);
    }
}
