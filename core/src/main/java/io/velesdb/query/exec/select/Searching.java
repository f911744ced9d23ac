package io.velesdb.query.exec.select;

import io.velesdb.SparseVector;
import io.velesdb.engine.VisibleRows;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.RowCondition;
import io.velesdb.query.exec.match.RowPatternTest;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.search.Branch;
import io.velesdb.query.exec.search.Ranking;
import io.velesdb.query.exec.search.SparseBranch;
import io.velesdb.query.exec.search.SparseColumn;
import io.velesdb.query.exec.search.TextBranch;
import io.velesdb.query.exec.search.VectorBranch;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SearchOptions;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.search.RankedBranch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The searches of a SELECT, with their parameters bound: as branches that rank, and as conditions of single rows. */
final class Searching {
    private final SelectPlan plan;
    private final Operands operands;
    private final Execution execution;
    private final IntFunction<VisibleRows> visible;
    private @Nullable List<Branch> required;

    /** @param visible the rows of a source */
    Searching(SelectPlan plan, Operands operands, Execution execution, IntFunction<VisibleRows> visible) {
        this.plan = plan;
        this.operands = operands;
        this.execution = execution;
        this.visible = visible;
    }

    /** The required branches: the dense ones first, then the sparse one, then text. */
    List<Branch> required() {
        List<Branch> bound = required;
        if (bound == null) {
            bound = new ArrayList<>();
            for (Condition condition : plan.searches().required()) {
                bound.addAll(branches(condition));
            }
            bound.sort(Comparator.comparing(Branch::kind));
            required = bound;
        }
        return bound;
    }

    private List<Branch> branches(Condition condition) {
        SearchOptions options = plan.options();
        return switch (condition) {
            case Condition.Near near ->
                List.of(new VectorBranch(near.position(), 0, operands.vector(near.vector()), options, execution));
            case Condition.NearFused near -> {
                int most = execution.limits().maxFusedVectors();
                if (near.vectors().size() > most) {
                    throw Refusal.overBudget(
                            near.position(),
                            "NEAR_FUSED has " + near.vectors().size() + " vectors, query.max_fused_vectors is " + most
                                    + ": use fewer");
                }
                List<Branch> vectors = new ArrayList<>();
                for (Operand.VectorOperand vector : near.vectors()) {
                    vectors.add(new VectorBranch(near.position(), 0, operands.vector(vector), options, execution));
                }
                yield vectors;
            }
            case Condition.SparseNear near -> {
                SparseVector vector = SparseColumn.vector(near.position(), operands.any(near.vector()));
                String index = near.index();
                yield List.of(new SparseBranch(0, vector, index == null ? "" : index, execution));
            }
            case Condition.TextMatch match -> {
                FieldRef field = plan.scope().resolve(match.path());
                if (field.kind() == FieldRef.Kind.VECTOR) {
                    throw Refusal.unrunnable(match.position(), "vector MATCH: a vector has no text, name a text field");
                }
                yield List.of(
                        new TextBranch(Math.max(0, field.source()), field.requirePath(), match.text(), execution));
            }
            default -> throw new IllegalStateException("no branch: " + condition);
        };
    }

    /** A search or pattern that is no required branch, as a condition of a row. */
    RowCondition bind(Condition condition) {
        if (condition instanceof Condition.GraphMatch match) {
            return pattern(match.pattern());
        }
        Branch branch = branches(condition).get(0);
        RowSet all = RowSet.of(visible.apply(branch.source()), null, execution);
        RankedBranch list = branch.retrieve(all, all.count(), true);
        Map<Long, Score> scores = new HashMap<>();
        for (Ranking.Ranked ranked : Ranking.of(branch, list)) {
            scores.put(ranked.id(), ranked.score());
        }
        int source = branch.source();
        return (row, finding) -> {
            Entity entity = row.entity(source);
            Score score = entity == null ? null : scores.get(entity.id());
            if (score == null) {
                return false;
            }
            finding.score = score;
            return true;
        };
    }

    /** The first node is the row of the source that its alias names, of FROM where it names none. */
    private RowCondition pattern(Pattern pattern) {
        Name anchor = pattern.nodes().get(0).alias();
        int source = anchor == null ? 0 : Math.max(0, plan.scope().find(anchor.text()));
        return new RowPatternTest(pattern, source, visible.apply(source), operands, execution);
    }
}
