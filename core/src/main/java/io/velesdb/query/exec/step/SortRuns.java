package io.velesdb.query.exec.step;

import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders rows that come in runs, those with one row of a source behind each other: each run for itself. */
public final class SortRuns implements Operator {
    private final Operator input;
    private final int source;
    private final Comparator<Tuple> order;
    private final int bound;
    private final Execution execution;
    private @Nullable Operator sorted;

    /** What was pulled, and how much of it went into a run. */
    private @Nullable List<Tuple> pulled;

    private int at;

    /** @param bound the rows that will be asked for, at most */
    public SortRuns(Operator input, int source, Comparator<Tuple> order, int bound, Execution execution) {
        this.input = input;
        this.source = source;
        this.order = order;
        this.bound = bound;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        while (true) {
            Operator run = sorted;
            if (run == null) {
                Tuple first = peek();
                if (first == null) {
                    return null;
                }
                run = new Sort(() -> more(first), List.of(), order, bound, execution);
                sorted = run;
            }
            List<Tuple> batch = run.next();
            if (batch != null) {
                return batch;
            }
            sorted = null;
        }
    }

    /** The next row, which stays where it is; null at the end. */
    private @Nullable Tuple peek() {
        List<Tuple> rows = pulled;
        if (rows == null || at == rows.size()) {
            rows = input.next();
            pulled = rows;
            at = 0;
        }
        return rows == null ? null : rows.get(at);
    }

    /** What comes next of the run that began with a row; null at its end. */
    private @Nullable List<Tuple> more(Tuple first) {
        Tuple next = peek();
        List<Tuple> rows = pulled;
        if (next == null || rows == null || !isOfRun(first, next)) {
            return null;
        }
        List<Tuple> batch = new ArrayList<>();
        while (at < rows.size() && isOfRun(first, rows.get(at))) {
            batch.add(rows.get(at++));
        }
        return batch;
    }

    private boolean isOfRun(Tuple first, Tuple row) {
        return RowOrder.compareIds(first.entity(source), row.entity(source)) == 0;
    }
}
