package io.velesdb.query.exec.select;

import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.expression.SimilarityExpression;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.Scope;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The select list: turns rows into columns. What is missing becomes null; of a repeated key the later item counts. */
final class Projection {
    private static final String ID = "id";

    private final SelectPlan plan;
    private final List<Output> outputs;
    private final List<Expression> expressions = new ArrayList<>();
    private final boolean fixed;

    /** @param outputs those of the plan that are wanted */
    Projection(SelectPlan plan, List<Output> outputs) {
        this.plan = plan;
        this.outputs = outputs;
        boolean keyed = true;
        for (Output output : outputs) {
            keyed &= output.key() != null;
            expressions.add(expression(output));
        }
        fixed = keyed;
    }

    /** Whether the columns are the same in every row. */
    boolean isFixed() {
        return fixed;
    }

    /** The value of one item of the list; those that stand for several columns have none. */
    static Expression expression(Output output) {
        return switch (output) {
            case Output.Field item -> new FieldKey(item.field());
            case Output.Binding item -> row -> row.bindings[item.binding()];
            case Output.Similarity item -> SimilarityExpression.OF_ROW;
            case Output.Window item -> row -> Value.of(row.windows[item.window()]);
            case Output.GroupKey item -> row -> GroupEntity.of(row).keys().get(item.index());
            case Output.Aggregated item ->
                row -> GroupEntity.of(row).aggregates().get(item.aggregate());
            case Output.All item -> row -> null;
            case Output.AllOf item -> row -> null;
        };
    }

    /** The values of the items, in order. */
    List<Value> values(Tuple row) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            Value value = expression.value(row);
            values.add(value == null ? Value.NULL : value);
        }
        return values;
    }

    /** The columns of a row. */
    Obj columns(Tuple row) {
        Obj.Builder columns = Obj.builder();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            String key = output.key();
            if (key != null) {
                Value value = expressions.get(i).value(row);
                columns.put(key, value == null ? Value.NULL : value);
            } else if (output instanceof Output.AllOf all) {
                addSource(columns, row.entity(all.source()));
            } else {
                addAll(columns, row);
            }
        }
        return columns.build();
    }

    private static void addSource(Obj.Builder columns, @Nullable Entity entity) {
        if (entity instanceof RowEntity source) {
            columns.put(ID, Ids.toValue(source.id()));
            Obj payload = source.payload();
            for (int i = 0; i < payload.size(); i++) {
                if (!payload.name(i).equals(ID)) {
                    columns.put(payload.name(i), payload.value(i));
                }
            }
        }
    }

    /** {@code *}: sources from left to right, a member whose key is taken under its source's name; then the bindings. */
    private void addAll(Obj.Builder columns, Tuple row) {
        if (row.sources() == 1) {
            addSource(columns, row.entity(0));
        } else {
            addJoined(columns, row);
        }
        for (int i = 0; i < plan.lets().size(); i++) {
            Value value = row.bindings[i];
            columns.put(plan.lets().get(i).name().text(), value == null ? Value.NULL : value);
        }
    }

    private void addJoined(Obj.Builder columns, Tuple row) {
        Obj soFar = Obj.EMPTY;
        for (int source = 0; source < row.sources(); source++) {
            if (row.entity(source) instanceof RowEntity entity) {
                Obj.Builder own = Obj.builder();
                addSource(own, entity);
                Obj members = own.build();
                Obj.Builder merged = Obj.builder().putAll(soFar);
                for (int i = 0; i < members.size(); i++) {
                    String name = members.name(i);
                    merged.put(soFar.has(name) ? qualified(source, name) : name, members.value(i));
                }
                soFar = merged.build();
            }
        }
        columns.putAll(soFar);
    }

    private String qualified(int source, String member) {
        Scope.Source named = plan.scope().source(source);
        return named.name() + "." + member;
    }
}
