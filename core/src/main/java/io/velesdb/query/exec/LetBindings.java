package io.velesdb.query.exec;

import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LET: computes the bindings of each row in written order, so that one may use those before it. */
final class LetBindings implements Operator {
    private final Operator input;
    private final List<Expression> bindings;

    LetBindings(Operator input, List<Expression> bindings) {
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
