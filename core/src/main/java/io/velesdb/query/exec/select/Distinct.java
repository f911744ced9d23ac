package io.velesdb.query.exec.select;

import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** DISTINCT: of rows that project the same values the first. */
final class Distinct implements Operator {
    private final Operator input;
    private final Function<Tuple, Value> projected;
    private final Execution execution;
    private final Set<Value> seen = new HashSet<>();

    /** @param projected what rows are compared by, missing as null */
    Distinct(Operator input, Function<Tuple, Value> projected, Execution execution) {
        this.input = input;
        this.projected = projected;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            List<Tuple> fresh = new ArrayList<>(batch.size());
            for (Tuple row : batch) {
                if (seen.add(projected.apply(row))) {
                    fresh.add(row);
                }
            }
            execution.checkHeld(seen.size());
            if (!fresh.isEmpty()) {
                return fresh;
            }
        }
        return null;
    }
}
