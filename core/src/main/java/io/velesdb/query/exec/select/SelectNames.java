package io.velesdb.query.exec.select;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Path;
import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.Expressions;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.plan.AggregatePlan;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.SelectPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of a SELECT. */
record SelectNames(SelectPlan plan) implements Expressions.Names {
    @Override
    public int binding(String name, int before) {
        return SelectPlan.binding(plan.lets(), name, before);
    }

    @Override
    public @Nullable Expression item(Path path) {
        String text = path.text();
        Output output = plan.aggregating() ? plan.output(text) : plan.aliased(text);
        return output == null ? null : Projection.expression(output);
    }

    @Override
    public Expression path(Path path) {
        if (!plan.aggregating()) {
            return new FieldKey(plan.scope().resolve(path));
        }
        int key = plan.groupKey(path);
        if (key >= 0) {
            return row -> GroupEntity.of(row).keys().get(key);
        }
        int aggregate = unaliased(path.text());
        if (aggregate >= 0) {
            return row -> GroupEntity.of(row).aggregates().get(aggregate);
        }
        Output output = plan.output(path.text());
        return output == null ? row -> null : Projection.expression(output);
    }

    private int unaliased(String key) {
        int i = 0;
        for (AggregatePlan aggregate : plan.aggregates().values()) {
            if (aggregate.key().equals(key)) {
                return i;
            }
            i++;
        }
        return -1;
    }

    @Override
    public @Nullable Expression aggregate(Aggregate aggregate) {
        int place = List.copyOf(plan.aggregates().keySet()).indexOf(aggregate);
        return place < 0 ? null : row -> GroupEntity.of(row).aggregates().get(place);
    }
}
