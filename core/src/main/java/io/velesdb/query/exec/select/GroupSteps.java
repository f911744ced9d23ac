package io.velesdb.query.exec.select;

import io.velesdb.filter.Filter;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.group.ColumnGroups;
import io.velesdb.query.exec.group.GroupBy;
import io.velesdb.query.exec.group.Having;
import io.velesdb.query.exec.join.JoinCount;
import io.velesdb.query.exec.join.JoinSteps;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.JoinPlan;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the steps of GROUP BY, aggregates and HAVING. */
final class GroupSteps {
    private final BoundSelect select;
    private final SelectPlan plan;
    private final Execution execution;
    private final SourceScans scans;

    GroupSteps(BoundSelect select) {
        this.select = select;
        plan = select.plan();
        execution = select.execution();
        scans = new SourceScans(select);
    }

    /** Groups that columns alone can tell: no row is looked at. Null for any other plan. */
    @Nullable
    Step ofColumns() {
        List<Condition> rest = Conditions.conjuncts(plan.searches().rest());
        boolean counts = plan.groupBy().isEmpty()
                && plan.aggregates().values().stream()
                        .allMatch(aggregate -> aggregate.function() == Aggregate.Function.COUNT
                                && aggregate.field() == null
                                && !aggregate.ofScore());
        if (!plan.searches().required().isEmpty()) {
            return null;
        }
        if (!plan.joins().isEmpty()) {
            return counts
                            && plan.joins().size() == 1
                            && JoinCount.canCount(plan.joins().get(0))
                    ? joinCount(rest)
                    : null;
        }
        List<Filter> filters = scans.filters(rest, 0);
        if (filters == null) {
            return null;
        }
        if (!counts && !ColumnGroups.canGroup(plan.groupBy(), plan.aggregates().values())) {
            return null;
        }
        Step scan = scans.scan(0, filters);
        if (counts) {
            return Step.of(
                    "Aggregate",
                    () -> "counted by columns",
                    GroupSteps::one,
                    List.of(scan),
                    () -> countOf(scan.openRows(execution).count()));
        }
        return having(Step.of(
                groupLabel(),
                () -> groupText() + ", read from columns",
                () -> groupEstimate(scan),
                List.of(scan),
                () -> new ColumnGroups(
                        scan.openRows(execution),
                        plan.groupBy(),
                        List.copyOf(plan.aggregates().values()),
                        maxGroups(),
                        execution)));
    }

    /** The groups of the rows of a step. */
    Step groups(Step input) {
        boolean ranked = plan.searches().ranks();
        Step rows = !plan.searches().scores()
                ? input
                : select.over(
                        "Sort",
                        () -> "by id",
                        input,
                        input::estimate,
                        unsorted -> new Sort(unsorted, List.of(), RowOrder.BY_IDS, Execution.UNBOUNDED, execution));
        return having(select.over(
                groupLabel(),
                this::groupText,
                rows,
                () -> groupEstimate(rows),
                ordered -> new GroupBy(
                        ordered, plan.groupBy(), List.copyOf(plan.aggregates().values()), ranked, maxGroups())));
    }

    private static RowEstimate one() {
        return new RowEstimate(1, RowEstimate.Method.CARDINALITY);
    }

    private @Nullable RowEstimate groupEstimate(Step input) {
        if (plan.groupBy().isEmpty()) {
            return one();
        }
        return plan.joins().isEmpty() ? Estimates.groups(select.visible(0), plan.groupBy(), input.estimate()) : null;
    }

    /** The rows of a join, counted; null where a condition has to look at them. */
    private @Nullable Step joinCount(List<Condition> rest) {
        List<List<Filter>> pushed = List.of(new ArrayList<>(), new ArrayList<>());
        for (Condition term : rest) {
            int source = scans.pushable(term);
            Filter filter = source < 0 ? null : select.conditions().filter(term, source);
            if (filter == null) {
                return null;
            }
            pushed.get(source).add(filter);
        }
        JoinPlan join = plan.joins().get(0);
        Step left = scans.scan(0, pushed.get(0));
        Step right = scans.scan(1, pushed.get(1));
        return Step.of(
                "Aggregate",
                () -> JoinSteps.label(join.kind()) + " counted by the keys of columns",
                GroupSteps::one,
                List.of(left, right),
                () -> countOf(
                        new JoinCount(left.openRows(execution), right.openRows(execution), join, execution).run()));
    }

    /** One group in which every aggregate is this count. */
    private Operator countOf(long count) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < plan.aggregates().size(); i++) {
            values.add(Value.of(count));
        }
        return Operator.of(List.of(Tuple.of(new GroupEntity(List.of(), values))));
    }

    private String groupLabel() {
        return plan.groupBy().isEmpty() ? "Aggregate" : "GroupBy";
    }

    private String groupText() {
        return plan.aggregates().size() + " aggregate(s) over " + plan.groupBy().size() + " key(s)";
    }

    private int maxGroups() {
        Integer asked = plan.options().maxGroups();
        return asked == null ? execution.limits().maxGroups() : asked;
    }

    private Step having(Step grouped) {
        Select.Having having = plan.select().having();
        return having == null
                ? grouped
                : select.over(
                        "Filter", () -> "HAVING", grouped, Step.UNKNOWN, groups -> new Having(groups, terms(having)));
    }

    private List<Having.Term> terms(Select.Having having) {
        List<Having.Term> terms = new ArrayList<>();
        terms.add(term(false, having.first()));
        for (Select.HavingStep step : having.steps()) {
            terms.add(term(Having.isOr(step), step.term()));
        }
        return terms;
    }

    private Having.Term term(boolean or, Select.HavingTerm term) {
        int aggregate = List.copyOf(plan.aggregates().keySet()).indexOf(term.aggregate());
        return new Having.Term(or, aggregate, term.operator(), select.operands().scalar(term.value()));
    }
}
