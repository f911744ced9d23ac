package io.velesdb.query.exec.match;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.Expressions;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that ORDER BY and LET of a MATCH may use. */
final class MatchNames implements Expressions.Names {
    private static final String DEPTH = "depth";

    private final Scope scope;
    private final List<Query.Let> lets;
    private final ReturnColumns columns;

    MatchNames(Scope scope, List<Query.Let> lets, ReturnColumns columns) {
        this.scope = scope;
        this.lets = lets;
        this.columns = columns;
    }

    @Override
    public int binding(String name, int before) {
        return SelectPlan.binding(lets, name, before);
    }

    @Override
    public @Nullable Expression item(Path path) {
        if (path.segments().size() == 1 && path.segments().get(0).equals(DEPTH)) {
            return row -> Value.of((long) row.edges().size());
        }
        return columns.expression(path);
    }

    @Override
    public Expression path(Path path) {
        FieldRef field = scope.resolve(path);
        return row -> row.get(field);
    }

    @Override
    public @Nullable Expression aggregate(Aggregate aggregate) {
        return null;
    }

    /** @throws io.velesdb.VelesException VELES-018 for ORDER BY an aggregate or a whole node */
    void checkOrder(Statement.Match match) {
        for (OrderItem item : match.orderBy()) {
            if (item.key() instanceof Aggregate aggregate) {
                throw Refusal.notOfGraphs(
                        aggregate.position(), "ORDER BY of MATCH takes no aggregate: order by a property");
            }
            if (item.key() instanceof Path path && path.segments().size() == 1) {
                String name = path.segments().get(0);
                int source = scope.find(name);
                boolean known =
                        columns.expression(path) != null || binding(name, lets.size()) >= 0 || name.equals(DEPTH);
                if (!known && source >= 0 && source % 2 == 0) {
                    throw Refusal.notOfGraphs(
                            path.position(),
                            "ORDER BY " + name + " orders by a whole node: order by a property, as in " + name + ".id");
                }
            }
        }
    }
}
