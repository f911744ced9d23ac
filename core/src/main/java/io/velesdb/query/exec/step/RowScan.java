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
    private final SlotCursor slots;
    private final Execution execution;
    private int left;

    /** @param rows what is read, by ascending id */
    public RowScan(RowSet rows, Execution execution) {
        this.execution = execution;
        collection = rows.collection();
        slots = rows.byId();
        left = rows.count();
    }

    @Override
    public @Nullable List<Tuple> next() {
        execution.check();
        List<Tuple> batch = new ArrayList<>(Math.min(BATCH, left));
        while (batch.size() < BATCH && slots.next()) {
            batch.add(Tuple.of(new RowEntity(collection, collection.id(slots.slot()), slots.slot())));
        }
        left -= batch.size();
        execution.visited(batch.size());
        return batch.isEmpty() ? null : batch;
    }
}
