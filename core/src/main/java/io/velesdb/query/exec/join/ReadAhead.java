package io.velesdb.query.exec.join;

import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of which the first have been read to look at them, before all are handed on. */
final class ReadAhead implements Operator {
    private final Operator input;
    private final List<List<Tuple>> read = new ArrayList<>();
    private boolean ended;
    private int at;

    /** Reads batches until there are more than {@code most} rows. */
    ReadAhead(Operator input, long most, Execution execution) {
        this.input = input;
        long rows = 0;
        while (!ended && rows <= most) {
            List<Tuple> batch = input.next();
            if (batch == null) {
                ended = true;
            } else {
                read.add(batch);
                rows += batch.size();
                execution.checkHeld(rows);
            }
        }
    }

    /** Whether all rows have been read. */
    boolean isWhole() {
        return ended;
    }

    /** The rows that have been read. */
    List<List<Tuple>> batches() {
        return read;
    }

    @Override
    public @Nullable List<Tuple> next() {
        if (at < read.size()) {
            return read.get(at++);
        }
        return ended ? null : input.next();
    }
}
