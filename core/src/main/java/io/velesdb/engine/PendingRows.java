package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.journal.SparseVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the writes of a group will add before it is applied: rows per collection as an upper bound, to keep collections
 * within limits, and bytes, to keep records within what one buffer and one journal record may hold.
 */
final class PendingRows {
    /** A group is committed before it grows beyond this; a single write may be larger. */
    private static final long FULL_BYTES = 32L << 20;

    private final int mostSlots;
    private final Map<Integer, Long> byCollection = new HashMap<>();
    private long bytes;

    /** @param mostSlots row versions that a collection may number */
    PendingRows(int mostSlots) {
        this.mostSlots = mostSlots;
    }

    /**
     * @throws VelesException VELES-027 when the collection could grow beyond its limit, or beyond the row versions that it
     *     can number; certain only for the first write of a group
     */
    void check(Operation.Upsert upsert, DatabaseSnapshot state, Limits limits) {
        CollectionSnapshot collection = state.find(upsert.collection());
        if (collection == null) {
            return;
        }
        long pending = byCollection.getOrDefault(upsert.collection(), 0L);
        long slots = collection.slots() + pending + upsert.ids().length;
        if (slots > mostSlots) {
            // once it is recorded there would be no way back: the record could not be applied, now or when it is
            // replayed
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "collection '" + collection.name() + "' would hold " + slots
                            + " row versions, those of updated and deleted rows included, and can number " + mostSlots
                            + ": vacuum it, or spread its rows over several collections");
        }
        if (collection.rows() + pending + upsert.ids().length <= limits.maxVectorsPerCollection()) {
            return;
        }
        long rows = collection.rows() + pending;
        for (long id : upsert.ids()) {
            if (collection.slotOf(id) < 0) {
                rows++;
            }
        }
        if (rows > limits.maxVectorsPerCollection()) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "collection '" + collection.name() + "' would hold " + rows
                            + " rows, limits.max_vectors_per_collection is " + limits.maxVectorsPerCollection()
                            + ": delete rows or raise the limit");
        }
    }

    boolean isFull() {
        return bytes >= FULL_BYTES;
    }

    void add(List<Operation> operations) {
        for (Operation operation : operations) {
            bytes += bytesOf(operation);
            if (operation instanceof Operation.Upsert upsert) {
                byCollection.merge(upsert.collection(), (long) upsert.ids().length, Long::sum);
            }
        }
    }

    private static long bytesOf(Operation operation) {
        if (operation instanceof Operation.Delete delete) {
            return (long) delete.ids().length * Long.BYTES;
        }
        if (operation instanceof Operation.PutEdges put) {
            long sum = 0;
            for (int i = 0; i < put.ids().length; i++) {
                byte[] properties = put.properties()[i];
                sum += 3L * Long.BYTES + 3L * put.labels()[i].length() + (properties == null ? 0 : properties.length);
            }
            return sum;
        }
        if (!(operation instanceof Operation.Upsert upsert)) {
            return Long.BYTES;
        }
        float[] vectors = upsert.vectors();
        long sum =
                (long) upsert.ids().length * Long.BYTES + (vectors == null ? 0 : (long) vectors.length * Float.BYTES);
        for (Payload payload : upsert.payloads()) {
            sum += payload == null ? 1 : payload.json().length + 5L;
        }
        Map<String, SparseVector>[] sparse = upsert.sparse();
        if (sparse != null) {
            for (Map<String, SparseVector> row : sparse) {
                sum += SparseVectors.bytes(row);
            }
        }
        return sum;
    }
}
