package io.velesdb.query.exec.select;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.RowCount;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.Expressions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.SortKey;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.SetRow;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.exec.step.Slice;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SelectPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs several SELECTs joined by set operators, from left to right (section 13). */
public final class CompoundRunner {
    private final List<SelectPlan> plans = new ArrayList<>();
    private final List<Statement.SetOperand> rest;
    private final Execution execution;

    /** @throws io.velesdb.VelesException VELES-010 when the lists of the operands do not fit together */
    public CompoundRunner(Statement.Compound compound, List<Query.Let> lets, Execution execution) {
        this.execution = execution;
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

    /** @param operands those of one SELECT */
    public List<ResultRow> run(Supplier<Operands> operands) {
        // subqueries run while the steps of their SELECT are chosen: within its timeout too
        Operator output = steps(place -> execution.until(
                        execution.within(plans.get(place).options().timeoutMillis()),
                        () -> steps(place, operands.get())))
                .open(execution);
        return ResultRow.all(
                output, row -> new ResultRow(SetRow.of(row).columns(), row.id(), row.score, null), execution);
    }

    /** The plans of the operands. */
    public List<SelectPlan> plans() {
        return plans;
    }

    /** The steps of one operand. */
    public Step steps(int place, Operands operands) {
        return new SelectSteps(plans.get(place), bounds(place), execution, operands).all();
    }

    /**
     * The last step, which yields the rows of the result.
     *
     * @param operands makes the steps of one operand
     */
    public Step steps(IntFunction<Step> operands) {
        Select last = last();
        RowCount limit = last.limit() == null ? plans.get(0).select().limit() : last.limit();
        int maxRows = execution.limits().maxRows();
        long most = Math.min(maxRows, rows(limit, maxRows));
        long offset = rows(last.offset(), 0);
        Step rows = combined(operands);
        if (!last.orderBy().isEmpty()) {
            int bound = new SelectRunner.Bounds(last.orderBy(), offset, most).depth();
            rows = over(
                    "Sort",
                    last.orderBy().size() + " key(s)" + (limit == null ? "" : ", the first " + bound),
                    rows,
                    all -> new Sort(all, keys(last.orderBy()), RowOrder.TIED, bound, execution));
        }
        if (offset > 0) {
            rows = over("Offset", String.valueOf(offset), rows, all -> new Slice(all, offset, Long.MAX_VALUE));
        }
        return over("Limit", most + (limit == null ? " (most rows)" : ""), rows, all -> new Slice(all, 0, most));
    }

    private Step over(String operation, String description, Step input, Step.Over opening) {
        return Step.over(operation, () -> description, input, () -> null, opening, execution);
    }

    private Step combined(IntFunction<Step> operands) {
        Step first = operands.apply(0);
        Step rows = first;
        Supplier<Operator> opened = () -> operand(0, first);
        boolean scored = plans.get(0).searches().scores();
        for (int i = 1; i < plans.size(); i++) {
            int place = i;
            Statement.SetOperator operator = rest.get(i - 1).operator();
            Step right = operands.apply(i);
            scored |= plans.get(i).searches().scores();
            boolean ranked = scored;
            Supplier<Operator> left = opened;
            Step both = Step.of(
                    operation(operator),
                    () -> ranked ? "of all rows, best first" : "row by row",
                    () -> null,
                    List.of(rows, right),
                    () -> new SetOperation(operator, left.get(), () -> operand(place, right), ranked, execution));
            rows = both;
            opened = () -> both.open(execution);
        }
        return rows;
    }

    private static String operation(Statement.SetOperator operator) {
        return switch (operator) {
            case UNION_ALL -> "UnionAll";
            case UNION -> "Union";
            case INTERSECT -> "Intersect";
            case EXCEPT -> "Except";
        };
    }

    private Operator operand(int place, Step select) {
        return new SetOperand(plans.get(place), select, plans.get(0).outputs(), execution);
    }

    /** What bounds one operand: the clauses of the last one govern the whole, and a limit of the first may. */
    private SelectRunner.Bounds bounds(int place) {
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
