package io.velesdb.query.exec.select;

import io.velesdb.host.Cancellation;
import io.velesdb.query.exec.row.SetRow;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one SELECT of a set operation, as they are compared. The SELECT is opened when the first row is asked for, and
 * its own timeout begins then.
 */
final class SetOperand implements Operator {
    private final SelectPlan plan;
    private final Step select;
    private final List<Output> keys;
    private final Execution execution;
    private final Projection projection;
    private @Nullable Cancellation deadline;
    private @Nullable Operator rows;

    /** @param keys the list of the first SELECT */
    SetOperand(SelectPlan plan, Step select, List<Output> keys, Execution execution) {
        this.plan = plan;
        this.select = select;
        this.keys = keys;
        this.execution = execution;
        projection = new Projection(plan, plan.outputs());
    }

    @Override
    public @Nullable List<Tuple> next() {
        Cancellation end = deadline;
        if (end == null) {
            end = execution.within(plan.options().timeoutMillis());
            deadline = end;
        }
        return execution.until(end, this::compared);
    }

    private @Nullable List<Tuple> compared() {
        Operator selected = rows;
        if (selected == null) {
            selected = select.open(execution);
            rows = selected;
        }
        List<Tuple> batch = selected.next();
        if (batch == null) {
            return null;
        }
        execution.check();
        List<Tuple> compared = new ArrayList<>(batch.size());
        for (Tuple row : batch) {
            Value value = projection.isFixed() ? Arr.of(projection.values(row)) : projection.columns(row);
            Tuple made = Tuple.of(new SetRow(value, row.id(), keys));
            made.score = row.score;
            compared.add(made);
        }
        return compared;
    }
}
