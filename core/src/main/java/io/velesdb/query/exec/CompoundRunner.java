package io.velesdb.query.exec;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.RowCount;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs several SELECTs joined by set operators, from left to right (section 13). */
final class CompoundRunner {
    private final List<SelectPlan> plans = new ArrayList<>();
    private final List<Statement.SetOperand> rest;
    private final Execution execution;
    private final Statements statements;

    CompoundRunner(Statement.Compound compound, List<Query.Let> lets, Execution execution, Statements statements) {
        this.execution = execution;
        this.statements = statements;
        rest = compound.rest();
        plans.add(SelectPlan.of(compound.first(), lets));
        for (Statement.SetOperand operand : rest) {
            plans.add(SelectPlan.of(operand.select(), lets));
        }
        checkLists();
    }

    private void checkLists() {
        boolean starred = starred(plans.get(0));
        int columns = plans.get(0).outputs().size();
        for (SelectPlan plan : plans) {
            if (starred(plan) != starred || !starred && plan.outputs().size() != columns) {
                throw Refusal.unrunnable(
                        plan.select().position(),
                        "the SELECT has " + describe(plan) + ", the first one has " + describe(plans.get(0))
                                + ": list as many columns in each, or * in all");
            }
        }
    }

    private static boolean starred(SelectPlan plan) {
        return plan.outputs().stream().anyMatch(output -> output.key() == null);
    }

    private static String describe(SelectPlan plan) {
        return starred(plan) ? "*" : plan.outputs().size() + " columns";
    }

    List<ResultRow> run() {
        List<SetOperation.Row> rows = operand(0);
        for (int i = 1; i < plans.size(); i++) {
            rows = SetOperation.apply(rest.get(i - 1).operator(), rows, operand(i));
            execution.checkHeld(rows.size());
        }
        List<Tuple> results = new ArrayList<>(rows.size());
        for (SetOperation.Row row : rows) {
            Tuple tuple =
                    Tuple.of(new ResultEntity(new ResultRow(columns(row.compared()), row.id(), row.score(), null)));
            tuple.score = row.score();
            results.add(tuple);
        }
        return bounded(Operator.of(results));
    }

    private List<SetOperation.Row> operand(int place) {
        SelectPlan plan = plans.get(place);
        return execution.within(
                plan.options().timeoutMillis(),
                () -> new SelectRunner(plan, bounds(place), execution, statements, 0).runForSet());
    }

    /** The plan of an operand. */
    SelectPlan plan(int place) {
        return plans.get(place);
    }

    /** What bounds one operand: the clauses of the last one govern the whole, and a limit of the first may. */
    SelectRunner.Bounds bounds(int place) {
        Select select = plans.get(place).select();
        boolean last = place == plans.size() - 1;
        boolean caps = place == 0 && last().limit() == null;
        return last
                ? new SelectRunner.Bounds(List.of(), 0, execution.limits().maxRows())
                : new SelectRunner.Bounds(
                        select.orderBy(),
                        rows(select.offset(), 0),
                        caps
                                ? execution.limits().maxRows()
                                : rows(select.limit(), execution.limits().maxRows()));
    }

    private Select last() {
        return plans.get(plans.size() - 1).select();
    }

    private static long rows(@Nullable RowCount count, long otherwise) {
        return count == null ? otherwise : count.rows();
    }

    /** The columns of a row under the keys of the first operand. */
    private Obj columns(Value compared) {
        if (compared instanceof Obj row) {
            return row;
        }
        Obj.Builder columns = Obj.builder();
        List<Output> outputs = plans.get(0).outputs();
        Arr values = (Arr) compared;
        for (int i = 0; i < outputs.size(); i++) {
            String key = outputs.get(i).key();
            if (key != null) {
                columns.put(key, values.get(i));
            }
        }
        return columns.build();
    }

    private List<ResultRow> bounded(Operator rows) {
        Select last = last();
        RowCount limit = last.limit() == null ? plans.get(0).select().limit() : last.limit();
        long most = Math.min(
                execution.limits().maxRows(), rows(limit, execution.limits().maxRows()));
        long offset = rows(last.offset(), 0);
        Operator ordered = rows;
        if (!last.orderBy().isEmpty()) {
            ordered = new Sort(rows, keys(last.orderBy()), RowOrder.TIED, Execution.UNBOUNDED, execution);
        }
        List<ResultRow> results = new ArrayList<>();
        Operator sliced = new Slice(ordered, offset, most);
        for (List<Tuple> batch = sliced.next(); batch != null; batch = sliced.next()) {
            for (Tuple row : batch) {
                if (row.entity(0) instanceof ResultEntity result) {
                    results.add(result.row());
                }
            }
        }
        return results;
    }

    private List<SortKey> keys(List<OrderItem> items) {
        Expressions.Names names = new Expressions.Names() {
            @Override
            public int binding(String name, int before) {
                return -1;
            }

            @Override
            public @Nullable Expression item(Path path) {
                return null;
            }

            @Override
            public Expression path(Path path) {
                FieldRef field = FieldRef.of(0, path.segments(), true, path.text());
                return row -> row.get(field);
            }

            @Override
            public @Nullable Expression aggregate(Aggregate aggregate) {
                return null;
            }
        };
        return new Expressions(names, similarity -> {
                    throw Refusal.unrunnable(
                            similarity.position(),
                            "similarity(field, v) cannot order a whole set operation: use similarity()");
                })
                .keys(items, 0);
    }
}
