package io.velesdb.query.exec;

import io.velesdb.engine.CollectionSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a set in ascending id order. Few rows of many are sorted; otherwise the ids of the collection are walked and
 * the set is asked about each.
 */
final class RowScan implements Operator {
    private static final int SPARSE = 32;

    private final RowSet rows;
    private final Execution execution;
    private final CollectionSnapshot.@Nullable RowCursor cursor;
    private final int[] slots;
    private int at;
    private int left;

    RowScan(RowSet rows, Execution execution) {
        this.rows = rows;
        this.execution = execution;
        left = rows.count();
        boolean sparse = (long) left * SPARSE < rows.collection().rows();
        cursor = sparse ? null : rows.collection().scan();
        slots = sparse ? rows.slotsById() : new int[0];
    }

    @Override
    public @Nullable List<Tuple> next() {
        execution.check();
        CollectionSnapshot collection = rows.collection();
        List<Tuple> batch = new ArrayList<>(Math.min(BATCH, left));
        if (cursor == null) {
            while (batch.size() < BATCH && at < slots.length) {
                int slot = slots[at++];
                batch.add(Tuple.of(new RowEntity(collection, collection.id(slot), slot)));
            }
        } else {
            while (batch.size() < BATCH && left > 0 && cursor.next()) {
                if (rows.contains(cursor.slot())) {
                    batch.add(Tuple.of(new RowEntity(collection, cursor.id(), cursor.slot())));
                    left--;
                }
            }
        }
        execution.visited(batch.size());
        return batch.isEmpty() ? null : batch;
    }
}
