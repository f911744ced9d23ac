package io.velesdb.query.exec.step;

import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LET: computes the bindings of each row in written order, so that one may use those before it. */
public final class LetBindings implements Operator {
    private final Operator input;
    private final List<Expression> bindings;

    /** @param bindings in the order of LET: each may read those before it */
    public LetBindings(Operator input, List<Expression> bindings) {
        this.input = input;
        this.bindings = bindings;
    }

    @Override
    public @Nullable List<Tuple> next() {
        List<Tuple> batch = input.next();
        if (batch != null) {
            for (Tuple row : batch) {
                @Nullable Value[] values = new Value[bindings.size()];
                row.bindings = values;
                for (int i = 0; i < values.length; i++) {
                    values[i] = bindings.get(i).value(row);
                }
            }
        }
        return batch;
    }
}
