package io.velesdb.query.exec.step;

import io.velesdb.query.exec.row.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a running plan. Rows are pulled in batches through the tree of operators; an operator belongs to one
 * execution and is read once.
 */
public interface Operator {
    /** Rows of a batch, at most. */
    int BATCH = 1_024;

    /** The next rows, at least one; null at the end. The list belongs to the caller. */
    @Nullable
    List<Tuple> next();

    /** Everything that is left, within the bounds of the execution. */
    static List<Tuple> drain(Operator input, Execution execution) {
        List<Tuple> all = new ArrayList<>();
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            all.addAll(batch);
            execution.checkHeld(all.size());
        }
        return all;
    }

    /** The rows of a list, batch by batch. */
    static Operator of(List<Tuple> rows) {
        return new Operator() {
            private int from;

            @Override
            public @Nullable List<Tuple> next() {
                if (from >= rows.size()) {
                    return null;
                }
                int to = Math.min(rows.size(), from + BATCH);
                List<Tuple> batch = new ArrayList<>(rows.subList(from, to));
                from = to;
                return batch;
            }
        };
    }
}
