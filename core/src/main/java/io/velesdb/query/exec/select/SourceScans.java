package io.velesdb.query.exec.select;

import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.join.Narrowing;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Restrict;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.SelectPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps that read the rows of FROM and JOIN, and those that keep what conditions leave of them. */
final class SourceScans {
    private final BoundSelect select;
    private final SelectPlan plan;
    private final Execution execution;

    SourceScans(BoundSelect select) {
        this.select = select;
        plan = select.plan();
        execution = select.execution();
    }

    /** All of the terms as filters on one source; null where one of them takes more than its columns. */
    @Nullable
    List<Filter> filters(List<Condition> terms, int source) {
        List<Filter> filters = new ArrayList<>();
        for (Condition term : terms) {
            Filter filter = select.conditions().filter(term, source);
            if (filter == null) {
                return null;
            }
            filters.add(filter);
        }
        return filters;
    }

    Step scan(int source, List<Filter> filters) {
        return scan(source, filters, Narrowing.NONE);
    }

    /** @param narrowing asked when the scan is opened */
    Step scan(int source, List<Filter> filters, Narrowing narrowing) {
        Filter filter = Conditions.conjunction(filters);
        boolean guessed = select.operands().guessed();
        return Step.ofRows(
                filters.isEmpty() ? "FullScan" : "IndexLookup",
                () -> scanned(source, filters.size()),
                () -> filter != null && guessed ? null : Estimates.scan(select.visible(source), filter),
                () -> RowSet.of(select.visible(source), narrowing.of(source, filter), execution),
                execution);
    }

    String scanned(int source, int conditions) {
        String collection = "'" + select.collection(source) + "'";
        return conditions == 0 ? collection : collection + ", " + conditions + " condition(s) on columns";
    }

    /** The rows of a step that meet conditions which are tested row by row. */
    Step filtered(Step input, List<Condition> terms, boolean keepsScore) {
        if (terms.isEmpty()) {
            return input;
        }
        boolean pattern = terms.stream().anyMatch(SourceScans::mentionsPattern);
        return select.over(
                pattern ? "MatchTraversal" : "Filter",
                () -> terms.size() + " condition(s) tested row by row"
                        + (pattern ? ", some of them by walking edges" : ""),
                input,
                Step.UNKNOWN,
                rows -> new Restrict(rows, select.conditions().require(terms), keepsScore, execution));
    }

    static boolean mentionsPattern(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(SourceScans::mentionsPattern);
            case Condition.Or or -> or.terms().stream().anyMatch(SourceScans::mentionsPattern);
            case Condition.Not not -> mentionsPattern(not.term());
            case Condition.GraphMatch match -> true;
            default -> false;
        };
    }

    /** The one source that a condition reads and that may be filtered before the joins with the same result; else -1. */
    int pushable(Condition term) {
        for (int source = 0; source < plan.scope().size(); source++) {
            if (staysSame(source) && select.conditions().filter(term, source) != null) {
                return source;
            }
        }
        return -1;
    }

    private boolean staysSame(int source) {
        for (int i = Math.max(0, source - 1); i < plan.joins().size(); i++) {
            Select.JoinKind kind = plan.joins().get(i).kind();
            boolean own = i == source - 1;
            if (own
                    ? kind != Select.JoinKind.INNER && kind != Select.JoinKind.RIGHT
                    : kind != Select.JoinKind.INNER && kind != Select.JoinKind.LEFT) {
                return false;
            }
        }
        return true;
    }
}
