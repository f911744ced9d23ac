package io.velesdb.query.exec.join;

import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were joined in another order than written, in the order of the one written: rows that agree in their first
 * sources come together and are sorted by the ids of the others.
 */
final class Regroup implements Operator {
    private final Operator input;
    private final int first;
    private final Execution execution;
    private List<Tuple> batch = List.of();
    private int at;
    private boolean ended;

    /** @param first the number of the first sources */
    Regroup(Operator input, int first, Execution execution) {
        this.input = input;
        this.first = first;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        List<Tuple> rows = new ArrayList<>();
        while (rows.size() < BATCH && more()) {
            int from = rows.size();
            Tuple begun = batch.get(at);
            while (more() && agree(begun, batch.get(at))) {
                rows.add(batch.get(at++));
            }
            execution.checkHeld(rows.size());
            rows.subList(from, rows.size()).sort(RowOrder.BY_IDS);
        }
        return rows.isEmpty() ? null : rows;
    }

    private boolean more() {
        while (at == batch.size() && !ended) {
            List<Tuple> next = input.next();
            if (next == null) {
                ended = true;
            } else {
                execution.check();
                batch = next;
                at = 0;
            }
        }
        return at < batch.size();
    }

    @SuppressWarnings("ReferenceEquality") // a join hands the entities of a left row on as they are
    private boolean agree(Tuple a, Tuple b) {
        for (int i = 0; i < first; i++) {
            if (a.entity(i) != b.entity(i)) {
                return false;
            }
        }
        return true;
    }
}
