package io.velesdb.query.exec.select;

import io.velesdb.engine.OrderedScan;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowScan;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.SelectPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ORDER BY … LIMIT answered by walking an index in its order. */
final class IndexOrder {
    /** An index is walked in its order where it leads to so many times the rows that are wanted. */
    private static final int ORDERED_SHARE = 16;

    private final BoundSelect select;
    private final SelectPlan plan;
    private final Execution execution;
    private final SelectRunner.Bounds bounds;
    private final SourceScans scans;

    IndexOrder(BoundSelect select, SelectRunner.Bounds bounds) {
        this.select = select;
        plan = select.plan();
        execution = select.execution();
        this.bounds = bounds;
        scans = new SourceScans(select);
    }

    /** The first rows in the order of an index on the one key of ORDER BY; null where that cannot be had or does not pay. */
    @Nullable
    Step step() {
        if (bounds.orderBy().size() != 1
                || bounds.depth() == Execution.UNBOUNDED
                || !plan.joins().isEmpty()
                || plan.searches().scores()
                || plan.select().distinct()
                || !plan.windows().isEmpty()
                || !plan.lets().isEmpty()) {
            return null;
        }
        OrderItem item = bounds.orderBy().get(0);
        if (!(item.key() instanceof Path path)
                || !(select.expressions().bind(path, 0) instanceof FieldKey key)
                || key.field().source() != 0
                || key.field().kind() != FieldRef.Kind.MEMBER) {
            return null;
        }
        List<Filter> filters =
                scans.filters(Conditions.conjuncts(plan.searches().rest()), 0);
        if (filters == null) {
            return null;
        }
        VisibleRows visible = select.visible(0);
        // the index is walked past rows that the filter leaves out: with few left, sorting them is quicker
        RowEstimate estimate =
                select.operands().guessed() ? null : Estimates.scan(visible, Conditions.conjunction(filters));
        long left = estimate == null ? visible.state().rows() : estimate.rows();
        if (!visible.state().isOrdered(key.field().requirePath()) || left < (long) ORDERED_SHARE * bounds.depth()) {
            return null;
        }
        boolean ascending = item.direction() != OrderItem.Direction.DESC;
        Step.Estimate yielded = () -> Estimates.limited(estimate, bounds.depth());
        return Step.of(
                "IndexLookup",
                () -> scans.scanned(0, filters.size()) + ", in the order of the index on "
                        + key.field().text() + (ascending ? "" : ", descending") + ", the first " + bounds.depth(),
                yielded,
                List.of(),
                () -> {
                    RowSet rows = RowSet.of(visible, Conditions.conjunction(filters), execution);
                    OrderedScan scan =
                            visible.state().orderedScan(key.field().requirePath(), ascending, rows.words(), execution);
                    return scan == null
                            ? new Sort(
                                    new RowScan(rows, execution),
                                    select.expressions().keys(bounds.orderBy(), 0),
                                    RowOrder.BY_IDS,
                                    bounds.depth(),
                                    execution)
                            : new OrderedRows(visible.state(), scan, bounds.depth(), execution);
                });
    }
}
