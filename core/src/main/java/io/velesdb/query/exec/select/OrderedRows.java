package io.velesdb.query.exec.select;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.OrderedScan;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first rows in the order of an index: nothing is sorted, and no row is looked at that is not wanted. */
final class OrderedRows implements Operator {
    private final CollectionSnapshot collection;
    private final OrderedScan scan;
    private final Execution execution;
    private int left;

    /** @param bound the rows that will be asked for, at most */
    OrderedRows(CollectionSnapshot collection, OrderedScan scan, int bound, Execution execution) {
        this.collection = collection;
        this.scan = scan;
        this.execution = execution;
        left = bound;
    }

    @Override
    public @Nullable List<Tuple> next() {
        execution.check();
        List<Tuple> batch = new ArrayList<>(Math.min(BATCH, left));
        while (batch.size() < BATCH && left > 0 && scan.next()) {
            batch.add(Tuple.of(new RowEntity(collection, scan.id(), scan.slot())));
            left--;
        }
        execution.visited(batch.size());
        return batch.isEmpty() ? null : batch;
    }
}
