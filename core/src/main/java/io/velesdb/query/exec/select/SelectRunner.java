package io.velesdb.query.exec.select;

import io.velesdb.AccessRequest;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.plan.SelectPlan;
import java.util.List;

/** Runs one SELECT: builds the operators of its plan on the rows that are there, and pulls. */
public final class SelectRunner {
    /**
     * What of a SELECT is governed by the statement around it.
     *
     * @param orderBy the order of the result
     * @param limit rows of the result
     */
    public record Bounds(List<OrderItem> orderBy, long offset, long limit) {
        /** All rows, in the order in which they come. */
        static final Bounds NONE = new Bounds(List.of(), 0, Long.MAX_VALUE);

        /** The clauses of a SELECT that stands alone. */
        public static Bounds of(SelectPlan plan, int maxRows) {
            Select select = plan.select();
            long offset = select.offset() == null ? 0 : select.offset().rows();
            boolean bounded = !plan.aggregating() || plan.searches().ranks();
            long limit = select.limit() != null
                    ? Math.min(maxRows, select.limit().rows())
                    : bounded ? DEFAULT_LIMIT : maxRows;
            return new Bounds(select.orderBy(), offset, limit);
        }

        /** Rows that must be found before OFFSET and LIMIT act. */
        int depth() {
            return (int) Math.min(Execution.UNBOUNDED, offset + limit < 0 ? Long.MAX_VALUE : offset + limit);
        }
    }

    static final int DEFAULT_LIMIT = 10;

    private final SelectPlan plan;
    private final Bounds bounds;
    private final Execution execution;
    private final Operands operands;
    private final Projection projection;

    /** @param operands bound */
    public SelectRunner(SelectPlan plan, Bounds bounds, Execution execution, Operands operands) {
        this.plan = plan;
        this.bounds = bounds;
        this.execution = execution;
        this.operands = operands;
        projection = new Projection(plan, plan.outputs());
    }

    private Operator output() {
        return new SelectSteps(plan, bounds, execution, operands).all().open(execution);
    }

    /** The rows of the result. */
    public List<ResultRow> run() {
        return ResultRow.all(
                output(), row -> new ResultRow(projection.columns(row), row.id(), row.score, null), execution);
    }

    /** What kind of access the statement is. */
    public static AccessRequest.Kind accessKind(SelectPlan plan) {
        boolean vector = false;
        boolean text = false;
        for (Condition branch : plan.searches().all()) {
            if (branch instanceof Condition.Near || branch instanceof Condition.NearFused) {
                vector = true;
            } else {
                text = true;
            }
        }
        vector |= !plan.searches().similarities().isEmpty();
        return vector && text
                ? AccessRequest.Kind.HYBRID_SEARCH
                : vector
                        ? AccessRequest.Kind.VECTOR_SEARCH
                        : text ? AccessRequest.Kind.TEXT_SEARCH : AccessRequest.Kind.SELECT;
    }
}
