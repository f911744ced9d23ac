package io.velesdb.query.exec.select;

import io.velesdb.Fusion;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.search.Branch;
import io.velesdb.query.exec.search.RankedRows;
import io.velesdb.query.exec.search.Ranking;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.search.RankedBranch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps that rank rows by the searches of WHERE. */
final class RankingSteps {
    private final BoundSelect select;
    private final SelectPlan plan;
    private final Execution execution;
    private final SelectRunner.Bounds bounds;

    RankingSteps(BoundSelect select, SelectRunner.Bounds bounds) {
        this.select = select;
        plan = select.plan();
        execution = select.execution();
        this.bounds = bounds;
    }

    /** The best rows among those of a step over FROM alone. */
    Step best(Step among, int depth) {
        return Step.of(
                "VectorSearch",
                this::searchText,
                () -> depth == Execution.UNBOUNDED ? among.estimate() : Estimates.limited(among.estimate(), depth),
                List.of(among),
                () -> nearest(among, depth));
    }

    /** The rows of a join that a search found, with its scores. */
    Step found(Step joined) {
        return select.over(
                "VectorSearch", this::searchText, joined, joined::estimate, rows -> Operator.of(rankJoined(rows)));
    }

    /** Rows that have scores, best first. */
    Step bestFirst(Step input) {
        int bound = plan.ordersByScoreAlone() ? bounds.depth() : Execution.UNBOUNDED;
        return select.over(
                "Sort",
                () -> "best first" + (bound == Execution.UNBOUNDED ? "" : ", the first " + bound),
                input,
                () -> bound == Execution.UNBOUNDED ? input.estimate() : Estimates.limited(input.estimate(), bound),
                rows -> new Sort(rows, List.of(), RowOrder.BEST_FIRST, bound, execution));
    }

    private String searchText() {
        return plan.searches().required().size() + " ranked branch(es) within the rows of its input, effort "
                + plan.options().effort().kind();
    }

    /** The best rows of a step. */
    private Operator nearest(Step input, int depth) {
        Map<Long, Float> graphScores = new HashMap<>();
        RowSet among = input.isSet() ? input.openRows(execution) : collected(input, graphScores);
        return new RankedRows(among.collection(), rank(List.of(among), depth), graphScores);
    }

    private RowSet collected(Step input, Map<Long, Float> graphScores) {
        RowSet.Builder kept = new RowSet.Builder(select.visible(0));
        Operator rows = input.open(execution);
        for (List<Tuple> batch = rows.next(); batch != null; batch = rows.next()) {
            for (Tuple row : batch) {
                if (row.entity(0) instanceof RowEntity entity) {
                    kept.add(entity.slot());
                    if (row.graphScore > 0) {
                        graphScores.put(entity.id(), row.graphScore);
                    }
                }
            }
        }
        return kept.build();
    }

    /**
     * The ranking of the required branches.
     *
     * @param among the rows to consider, by source; one set serves all sources of a single collection
     * @param depth rows wanted
     */
    private List<Ranking.Ranked> rank(List<RowSet> among, int depth) {
        List<Branch> branches = select.searching().required();
        if (depth == 0) {
            return List.of();
        }
        boolean all = depth == Execution.UNBOUNDED;
        // NEAR_FUSED fuses even the list of one vector
        if (branches.size() == 1 && plan.searches().nearFused() == null) {
            Branch branch = branches.get(0);
            RowSet rows = among.get(branch.source());
            return Ranking.of(branch, branch.retrieve(rows, Math.min(depth, rows.count()), all));
        }
        int cut = all ? execution.limits().maxRows() : Fusion.depth(depth);
        List<RankedBranch> lists = new ArrayList<>();
        for (Branch branch : branches) {
            lists.add(branch.retrieve(among.get(branch.source()), cut, all));
        }
        return Ranking.fused(branches, lists, plan.fusion(), depth);
    }

    /** The joined rows with the scores of the rows that were searched; those that were not retrieved are left out. */
    private List<Tuple> rankJoined(Operator input) {
        List<Tuple> rows = Operator.drain(input, execution);
        List<RowSet> among = new ArrayList<>();
        for (int source = 0; source < plan.scope().size(); source++) {
            RowSet.Builder present = new RowSet.Builder(select.visible(source));
            for (Tuple row : rows) {
                if (row.entity(source) instanceof RowEntity entity) {
                    present.add(entity.slot());
                }
            }
            among.add(present.build());
        }
        int source = select.searching().required().get(0).source();
        for (Branch branch : select.searching().required()) {
            if (branch.source() != source) {
                throw Refusal.unrunnable(
                        plan.select().position(),
                        "the searches of the statement are over different collections and cannot be fused:"
                                + " search one of them, or use UNION");
            }
        }
        Map<Long, Score> scores = new HashMap<>();
        for (Ranking.Ranked ranked : rank(among, Execution.UNBOUNDED)) {
            scores.put(ranked.id(), ranked.score());
        }
        List<Tuple> kept = new ArrayList<>(rows.size());
        for (Tuple row : rows) {
            Entity entity = row.entity(source);
            Score score = entity == null ? null : scores.get(entity.id());
            if (score != null) {
                row.score = score;
                kept.add(row);
            }
        }
        return kept;
    }
}
