package io.velesdb.query.exec.step;

import io.velesdb.query.exec.row.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OFFSET and LIMIT: leaves out the first rows and ends after so many; asks for no more than it hands on. */
public final class Slice implements Operator {
    private final Operator input;
    private long skip;
    private long left;

    /**
     * @param offset rows to leave out
     * @param limit rows to hand on after them, at most
     */
    public Slice(Operator input, long offset, long limit) {
        this.input = input;
        skip = offset;
        left = limit;
    }

    @Override
    public @Nullable List<Tuple> next() {
        while (left > 0) {
            List<Tuple> batch = input.next();
            if (batch == null) {
                return null;
            }
            int from = (int) Math.min(skip, batch.size());
            skip -= from;
            int to = from + (int) Math.min(batch.size() - from, left);
            left -= to - from;
            if (from < to) {
                return from == 0 && to == batch.size() ? batch : batch.subList(from, to);
            }
        }
        return null;
    }
}
