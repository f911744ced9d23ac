package io.velesdb.query.exec.select;

import io.velesdb.AccessRequest;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.SortKey;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.LetBindings;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Slice;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Arr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the steps of one SELECT on the rows that are there: the pipeline of section 5. */
public final class SelectSteps {
    private final BoundSelect select;
    private final SelectPlan plan;
    private final Execution execution;
    private final SelectRunner.Bounds bounds;

    /** @param operands bound, or not where the steps are only shown */
    public SelectSteps(SelectPlan plan, SelectRunner.Bounds bounds, Execution execution, Operands operands) {
        select = new BoundSelect(plan, SelectRunner.accessKind(plan), execution, operands);
        this.plan = plan;
        this.execution = execution;
        this.bounds = bounds;
    }

    /**
     * The rows that FROM, JOIN and WHERE find, all of them, for a statement that makes something else of them than a SELECT.
     *
     * @param kind what the observer is asked for
     * @param operands bound, or not where the steps are only shown
     */
    public static Step found(SelectPlan plan, AccessRequest.Kind kind, Execution execution, Operands operands) {
        return new RowSteps(new BoundSelect(plan, kind, execution, operands), SelectRunner.Bounds.NONE).rows();
    }

    /** The last step, which yields the rows of the result. */
    public Step all() {
        Step ordered = plan.aggregating() ? null : new IndexOrder(select, bounds).step();
        Step rows = ordered != null ? ordered : plan.aggregating() ? groups() : rows();
        rows = computed(rows);
        if (ordered == null && !bounds.orderBy().isEmpty() && !arrivesInOrder()) {
            rows = sorted(rows);
        }
        if (bounds.offset() > 0) {
            Step input = rows;
            rows = select.over(
                    "Offset",
                    () -> String.valueOf(bounds.offset()),
                    input,
                    () -> Estimates.skipped(input.estimate(), bounds.offset()),
                    all -> new Slice(all, bounds.offset(), Long.MAX_VALUE));
        }
        Step input = rows;
        return select.over(
                "Limit",
                this::limitText,
                input,
                () -> Estimates.limited(input.estimate(), bounds.limit()),
                all -> new Slice(all, 0, bounds.limit()));
    }

    private Step rows() {
        return new RowSteps(select, bounds).rows();
    }

    private Step groups() {
        GroupSteps groups = new GroupSteps(select);
        Step columnar = groups.ofColumns();
        return columnar != null ? columnar : groups.groups(rows());
    }

    private String limitText() {
        boolean most = bounds.limit() >= execution.limits().maxRows();
        boolean written = plan.select().limit() != null;
        return bounds.limit() + (most ? " (most rows)" : written ? "" : " (default)");
    }

    /** LET, DISTINCT and window functions. */
    private Step computed(Step input) {
        Step rows = input;
        if (!plan.lets().isEmpty()) {
            rows = select.over(
                    "Let",
                    () -> plan.lets().size() + " binding(s)",
                    rows,
                    rows::estimate,
                    all -> new LetBindings(all, select.expressions().bindings(plan.lets())));
        }
        if (plan.select().distinct()) {
            rows = select.over("Distinct", () -> "by the select list", rows, Step.UNKNOWN, this::distinct);
        }
        if (!plan.windows().isEmpty()) {
            rows = select.over(
                    "Window", () -> plan.windows().size() + " function(s)", rows, rows::estimate, this::windows);
        }
        return rows;
    }

    private Step sorted(Step input) {
        boolean all = bounds.depth() == Execution.UNBOUNDED;
        return select.over(
                "Sort",
                () -> bounds.orderBy().size() + " key(s)" + (all ? "" : ", the first " + bounds.depth()),
                input,
                () -> all ? input.estimate() : Estimates.limited(input.estimate(), bounds.depth()),
                rows -> {
                    List<SortKey> keys = select.expressions()
                            .keys(bounds.orderBy(), plan.lets().size());
                    Comparator<Tuple> last = plan.aggregating() ? RowOrder.TIED : RowOrder.BY_IDS;
                    return keys.isEmpty() ? rows : new Sort(rows, keys, last, bounds.depth(), execution);
                });
    }

    /** Whether ORDER BY asks for the order in which ranked rows come anyway. */
    private boolean arrivesInOrder() {
        return plan.ordersByScoreAlone()
                && plan.searches().required().size() > 0
                && plan.searches().rest() == null;
    }

    private Operator distinct(Operator input) {
        List<Output> compared = new ArrayList<>();
        for (Output output : plan.outputs()) {
            if (!(output instanceof Output.Window)) {
                compared.add(output);
            }
        }
        Projection compare = new Projection(plan, compared);
        return new Distinct(
                input, row -> compare.isFixed() ? Arr.of(compare.values(row)) : compare.columns(row), execution);
    }

    private Operator windows(Operator input) {
        int bindings = plan.lets().size();
        List<WindowFunctions.Window> windows = new ArrayList<>();
        for (SelectItem.Window window : plan.windows()) {
            windows.add(new WindowFunctions.Window(
                    window.function(),
                    window.partitionBy().stream()
                            .map(path -> select.expressions().windowPath(path, bindings))
                            .toList(),
                    window.orderBy().stream()
                            .map(key -> select.expressions().key(key, bindings))
                            .toList()));
        }
        return new WindowFunctions(input, windows, execution);
    }
}
