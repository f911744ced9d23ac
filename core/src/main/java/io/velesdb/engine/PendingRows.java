package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.VelesException;
import io.velesdb.journal.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that the writes of a group may add before it is applied: an upper bound, to keep collections within limits. */
final class PendingRows {
    private final Map<Integer, Long> byCollection = new HashMap<>();

    /**
     * @throws VelesException VELES-027 when the collection could grow beyond its limit; certain only for the first write
     *     of a group
     */
    void check(Operation.Upsert upsert, DatabaseSnapshot state, Limits limits) {
        CollectionSnapshot collection = state.find(upsert.collection());
        if (collection == null) {
            return;
        }
        long pending = byCollection.getOrDefault(upsert.collection(), 0L);
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

    void add(List<Operation> operations) {
        for (Operation operation : operations) {
            if (operation instanceof Operation.Upsert upsert) {
                byCollection.merge(upsert.collection(), (long) upsert.ids().length, Long::sum);
            }
        }
    }
}
