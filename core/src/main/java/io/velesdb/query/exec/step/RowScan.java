package io.velesdb.query.exec.step;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a set in ascending id order. */
public final class RowScan implements Operator {
    private final CollectionSnapshot collection;
    private final Slots slots;
    private final Execution execution;

    /** @param rows what is read, by ascending id */
    public RowScan(RowSet rows, Execution execution) {
        this.execution = execution;
        collection = rows.collection();
        slots = new Slots(rows);
    }

    @Override
    public @Nullable List<Tuple> next() {
        execution.check();
        List<Tuple> batch = new ArrayList<>(Math.min(BATCH, slots.left));
        while (batch.size() < BATCH && slots.next()) {
            batch.add(Tuple.of(new RowEntity(collection, collection.id(slots.slot), slots.slot)));
        }
        execution.visited(batch.size());
        return batch.isEmpty() ? null : batch;
    }

    /**
     * Steps through the slots by ascending id. Few rows of many are sorted; otherwise the ids of the collection are walked and the set is
     * asked about each.
     */
    public static final class Slots implements SlotCursor {
        private static final int SPARSE = 32;

        private final RowSet rows;
        private final CollectionSnapshot.@Nullable RowCursor cursor;
        private final int[] sorted;
        private int at;
        private int left;
        private int slot;

        /** @param rows whose slots are wanted */
        public Slots(RowSet rows) {
            this.rows = rows;
            left = rows.count();
            boolean sparse = (long) left * SPARSE < rows.collection().rows();
            cursor = sparse ? null : rows.collection().scan();
            sorted = sparse ? rows.slotsById() : new int[0];
        }

        @Override
        public boolean next() {
            CollectionSnapshot.RowCursor walked = cursor;
            if (walked == null) {
                if (at == sorted.length) {
                    return false;
                }
                slot = sorted[at++];
                return true;
            }
            while (left > 0 && walked.next()) {
                if (rows.contains(walked.slot())) {
                    slot = walked.slot();
                    left--;
                    return true;
                }
            }
            return false;
        }

        @Override
        public int slot() {
            return slot;
        }
    }
}
