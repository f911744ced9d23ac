package io.velesdb.query.exec.search;

import io.velesdb.Fusion;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.plan.FusionPlan;
import io.velesdb.search.FusedRanking;
import io.velesdb.search.FusedRows;
import io.velesdb.search.RankedBranch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the required branches of a statement retrieve, best first: one list as it is, several fused (section 7.5).
 */
public final class Ranking {
    private Ranking() {}

    /**
     * A row of a ranking.
     *
     * @param id of a row of the source that was searched
     */
    public record Ranked(long id, Score score) {}

    /** The ranking of one branch. */
    public static List<Ranked> of(Branch branch, RankedBranch list) {
        List<Ranked> ranked = new ArrayList<>(list.ids().length);
        for (int i = 0; i < list.ids().length; i++) {
            float score = list.scores()[i];
            ranked.add(new Ranked(
                    list.ids()[i],
                    new Score(score, list.higherIsBetter(), part(branch.kind(), score, Score.Parts.NONE))));
        }
        return ranked;
    }

    /**
     * The fusion of several branches.
     *
     * @param branches in the order of their kinds; several vectors are those of NEAR_FUSED
     * @param lists one per branch
     */
    public static List<Ranked> fused(List<Branch> branches, List<RankedBranch> lists, FusionPlan plan, int k) {
        FusedRows fused = FusedRanking.fuse(fusion(branches, plan), lists, k);
        List<Ranked> ranked = new ArrayList<>(fused.size());
        for (int i = 0; i < fused.size(); i++) {
            Score.Parts parts = Score.Parts.NONE;
            for (int b = 0; b < branches.size(); b++) {
                parts = part(branches.get(b).kind(), fused.parts()[b][i], parts);
            }
            ranked.add(new Ranked(fused.ids()[i], new Score(fused.scores()[i], fused.higherIsBetter(), parts)));
        }
        return ranked;
    }

    private static Score.Parts part(Branch.Kind kind, float score, Score.Parts parts) {
        return switch (kind) {
            case VECTOR -> new Score.Parts(parts.vector() + score, parts.text(), parts.sparse());
            case SPARSE -> new Score.Parts(parts.vector(), parts.text(), score);
            case TEXT -> new Score.Parts(parts.vector(), score, parts.sparse());
        };
    }

    private static Fusion fusion(List<Branch> branches, FusionPlan plan) {
        boolean sparse = has(branches, Branch.Kind.SPARSE);
        boolean text = has(branches, Branch.Kind.TEXT);
        boolean vector = has(branches, Branch.Kind.VECTOR);
        boolean vectorAndText = vector && text && !sparse && branches.size() == 2;
        return switch (plan.strategy()) {
            case RRF ->
                vectorAndText
                        ? Fusion.weightedRrf(halves(Math.max(0, Math.min(1, or(plan.vectorWeight(), 0.5)))), plan.k())
                        : Fusion.rrf(plan.k());
            case WEIGHTED -> {
                if (vectorAndText) {
                    double v = or(plan.vectorWeight(), 0.5);
                    double g = or(plan.graphWeight(), 0.5);
                    yield Fusion.weightedRrf(halves(v + g == 0 ? 0.5 : v / (v + g)), plan.k());
                }
                yield Fusion.weightedRrf(
                        branches.size() == 2 ? List.of(plan.dense(), plan.sparse()) : thirds(branches, plan), plan.k());
            }
            case RSF -> Fusion.relativeScore(plan.dense(), plan.sparse());
            case MAXIMUM -> Fusion.maximum();
            case AVERAGE -> Fusion.average();
        };
    }

    private static boolean has(List<Branch> branches, Branch.Kind kind) {
        return branches.stream().anyMatch(branch -> branch.kind() == kind);
    }

    private static List<Double> halves(double first) {
        return List.of(first, 1 - first);
    }

    /** The weights of three and more lists, scaled to the sum 1; all equal where none is given. */
    private static List<Double> thirds(List<Branch> branches, FusionPlan plan) {
        List<Double> weights = new ArrayList<>();
        double sum = 0;
        for (Branch branch : branches) {
            double weight = switch (branch.kind()) {
                case VECTOR -> or(plan.vectorWeight(), 1);
                case SPARSE -> or(plan.sparseWeight(), 1);
                case TEXT -> or(plan.graphWeight(), 1);
            };
            weights.add(weight);
            sum += weight;
        }
        List<Double> scaled = new ArrayList<>();
        for (double weight : weights) {
            scaled.add(sum == 0 ? 1.0 / weights.size() : weight / sum);
        }
        return scaled;
    }

    private static double or(@Nullable Double weight, double otherwise) {
        return weight == null ? otherwise : weight;
    }
}
