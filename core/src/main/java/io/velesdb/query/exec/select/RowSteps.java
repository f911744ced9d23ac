package io.velesdb.query.exec.select;

import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.join.Join;
import io.velesdb.query.exec.join.JoinSteps;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.SelectPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the steps of FROM, JOIN and WHERE: the rows that a statement is about, before anything is made of them. */
final class RowSteps {
    private final BoundSelect select;
    private final SelectPlan plan;
    private final Execution execution;
    private final SelectRunner.Bounds bounds;
    private final SourceScans scans;
    private final RankingSteps ranking;

    RowSteps(BoundSelect select, SelectRunner.Bounds bounds) {
        this.select = select;
        plan = select.plan();
        execution = select.execution();
        this.bounds = bounds;
        scans = new SourceScans(select);
        ranking = new RankingSteps(select, bounds);
    }

    /** The last step of FROM, JOIN and WHERE. */
    Step rows() {
        List<Condition> rest = Conditions.conjuncts(plan.searches().rest());
        return plan.joins().isEmpty() ? single(rest) : joined(rest);
    }

    private Step single(List<Condition> rest) {
        List<Filter> filters = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        List<Condition> after = new ArrayList<>();
        boolean ranks = !plan.searches().required().isEmpty();
        for (Condition term : rest) {
            Filter filter = select.conditions().filter(term, 0);
            if (filter != null) {
                filters.add(filter);
            } else {
                (ranks && select.conditions().readsScore(term) ? after : before).add(term);
            }
        }
        Step kept = scans.filtered(scans.scan(0, filters), before, false);
        if (!ranks) {
            return !before.isEmpty() && plan.searches().scores() ? ranking.bestFirst(kept) : kept;
        }
        int depth = after.isEmpty() && plan.ordersByScoreAlone() ? bounds.depth() : Execution.UNBOUNDED;
        return scans.filtered(ranking.best(kept, depth), after, true);
    }

    private Step joined(List<Condition> rest) {
        int sources = plan.scope().size();
        List<List<Filter>> pushed = new ArrayList<>();
        for (int i = 0; i < sources; i++) {
            pushed.add(new ArrayList<>());
        }
        List<Condition> before = new ArrayList<>();
        List<Condition> after = new ArrayList<>();
        boolean ranks = !plan.searches().required().isEmpty();
        for (Condition term : rest) {
            int source = scans.pushable(term);
            Filter filter = source < 0 ? null : select.conditions().filter(term, source);
            if (filter != null) {
                pushed.get(source).add(filter);
            } else {
                (ranks && select.conditions().readsScore(term) ? after : before).add(term);
            }
        }
        List<@Nullable Filter> filters = new ArrayList<>();
        pushed.forEach(terms -> filters.add(Conditions.conjunction(terms)));
        JoinSteps joins = new JoinSteps(plan.joins(), filters, select.operands().guessed(), select::visible, execution);
        JoinSteps.Scans narrowed = (source, narrowing) -> scans.scan(source, pushed.get(source), narrowing);
        if (ranks && ranksFirst(before, after)) {
            boolean keepsAll = before.isEmpty() && plan.joins().stream().allMatch(join -> Join.keepsLeft(join.kind()));
            Step among = keepsAll ? scans.scan(0, pushed.get(0)) : scans.filtered(joins.over(narrowed), before, false);
            Step ranked = ranking.best(among, bounds.depth());
            return scans.filtered(joins.over(ranked, narrowed), before, true);
        }
        Step rows = scans.filtered(joins.over(narrowed), before, false);
        if (ranks) {
            return ranking.bestFirst(scans.filtered(ranking.found(rows), after, true));
        }
        return plan.searches().scores() ? ranking.bestFirst(rows) : rows;
    }

    /**
     * Whether the best rows of FROM are found first, among those that join something, and only they are joined: the result
     * is the same where every row of it has the score of a row of FROM, and no more than the best are wanted.
     */
    private boolean ranksFirst(List<Condition> before, List<Condition> after) {
        List<Condition> required = plan.searches().required();
        return bounds.depth() != Execution.UNBOUNDED
                && plan.ordersByScoreAlone()
                && after.isEmpty()
                && required.size() == 1
                && plan.searches().nearFused() == null
                && (!(required.get(0) instanceof Condition.TextMatch match)
                        || plan.scope().resolve(match.path()).source() <= 0)
                && before.stream()
                        .noneMatch(term -> SourceScans.mentionsPattern(term)
                                || select.conditions().readsScore(term))
                && plan.joins().stream().noneMatch(join -> Join.keepsRight(join.kind()));
    }
}
