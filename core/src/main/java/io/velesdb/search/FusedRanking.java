package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.Fusion;
import io.velesdb.VelesException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one implementation of every {@link Fusion}: a pure function of ranked lists. Sums are in doubles in the order of the
 * branches and rounded once; rows are ordered by the rounded score.
 */
public final class FusedRanking {
    /** Scores of a branch that are closer together than this count as the same. */
    private static final double CONSTANT = 0x1p-23;

    private final List<RankedBranch> branches;

    /** All ids in the order of their first appearance. */
    private final long[] ids;

    /** By branch and row: the rank from 1, or 0 where the branch does not hold the row. */
    private final int[][] ranks;

    private int rows;

    private FusedRanking(List<RankedBranch> branches) {
        this.branches = branches;
        int total = 0;
        for (RankedBranch branch : branches) {
            total = Math.addExact(total, branch.ids().length);
        }
        ids = new long[total];
        ranks = new int[branches.size()][total];
        Map<Long, Integer> rowOf = new HashMap<>();
        for (int b = 0; b < ranks.length; b++) {
            long[] found = branches.get(b).ids();
            for (int i = 0; i < found.length; i++) {
                Integer known = rowOf.putIfAbsent(found[i], rows);
                int row = known == null ? rows++ : known;
                if (ranks[b][row] != 0) {
                    throw new IllegalArgumentException("branch " + b + " holds id " + found[i] + " twice");
                }
                ids[row] = found[i];
                ranks[b][row] = i + 1;
            }
        }
    }

    /**
     * The best {@code k} rows of the branches.
     *
     * @param branches lists as {@link RankedBranch} says; the dense one first, then the sparse one, then text
     * @throws VelesException VELES-010 when the fusion is for another number of branches
     */
    public static FusedRows fuse(Fusion fusion, List<RankedBranch> branches, int k) {
        FusedRanking ranking = new FusedRanking(branches);
        return switch (fusion) {
            case Fusion.Rrf rrf -> ranking.reciprocal(equalWeights(branches.size()), rrf.rankConstant(), k);
            case Fusion.WeightedRrf rrf -> {
                double[] weights = new double[branches.size()];
                checkBranches(
                        "weighted rrf with " + rrf.weights().size() + " weights",
                        rrf.weights().size(),
                        weights.length);
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = rrf.weights().get(i);
                }
                yield ranking.reciprocal(weights, rrf.rankConstant(), k);
            }
            case Fusion.Average average -> ranking.raw(false, k);
            case Fusion.Maximum maximum -> ranking.raw(true, k);
            case Fusion.Weighted weighted -> ranking.weighted(weighted, k);
            case Fusion.RelativeScore relative -> {
                checkBranches("rsf", 2, branches.size());
                yield ranking.relative(relative, k);
            }
        };
    }

    private static void checkBranches(String what, int wanted, int given) {
        if (wanted != given) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "fusion " + what + " is for " + wanted + " branches, the search has " + given
                            + ": use rrf, or change the branches");
        }
    }

    private static double[] equalWeights(int branches) {
        double[] weights = new double[branches];
        Arrays.fill(weights, 1);
        return weights;
    }

    private FusedRows reciprocal(double[] weights, int rankConstant, int k) {
        double[] sums = new double[rows];
        float[][] parts = new float[ranks.length][rows];
        for (int b = 0; b < ranks.length; b++) {
            for (int row = 0; row < rows; row++) {
                if (ranks[b][row] != 0) {
                    double part = weights[b] / ((double) rankConstant + ranks[b][row]);
                    sums[row] += part;
                    parts[b][row] = round(part);
                }
            }
        }
        return best(sums, true, parts, k);
    }

    private FusedRows relative(Fusion.RelativeScore fusion, int k) {
        double[] sums = new double[rows];
        float[][] parts = new float[2][rows];
        for (int b = 0; b < 2; b++) {
            RankedBranch branch = branches.get(b);
            double weight = b == 0 ? fusion.first() : fusion.second();
            double least = Double.MAX_VALUE;
            double greatest = -Double.MAX_VALUE;
            for (float score : branch.scores()) {
                least = Math.min(least, score);
                greatest = Math.max(greatest, score);
            }
            double range = greatest - least;
            for (int row = 0; row < rows; row++) {
                if (ranks[b][row] != 0) {
                    double score = branch.scores()[ranks[b][row] - 1];
                    double scaled = range < CONSTANT
                            ? 0.5
                            : (branch.higherIsBetter() ? score - least : greatest - score) / range;
                    sums[row] += weight * scaled;
                    parts[b][row] = round(weight * scaled);
                }
            }
        }
        return best(sums, true, parts, k);
    }

    /** Average or maximum of raw scores; where the directions differ, distances are negated. */
    private FusedRows raw(boolean maximum, int k) {
        boolean anyHigher = false;
        boolean anyLower = false;
        for (RankedBranch branch : branches) {
            anyHigher |= branch.higherIsBetter();
            anyLower |= !branch.higherIsBetter();
        }
        boolean higherIsBetter = anyHigher || !anyLower;
        double[] values = new double[rows];
        int[] hits = new int[rows];
        float[][] parts = new float[ranks.length][rows];
        for (int b = 0; b < ranks.length; b++) {
            RankedBranch branch = branches.get(b);
            boolean negated = anyHigher && !branch.higherIsBetter();
            for (int row = 0; row < rows; row++) {
                if (ranks[b][row] != 0) {
                    float raw = branch.scores()[ranks[b][row] - 1];
                    double score = negated ? 0.0 - raw : raw;
                    parts[b][row] = raw;
                    if (!maximum) {
                        values[row] += score;
                    } else if (hits[row] == 0) {
                        values[row] = score;
                    } else {
                        values[row] = higherIsBetter ? Math.max(values[row], score) : Math.min(values[row], score);
                    }
                    hits[row]++;
                }
            }
        }
        if (!maximum) {
            for (int row = 0; row < rows; row++) {
                values[row] /= hits[row];
            }
        }
        return best(values, higherIsBetter, parts, k);
    }

    private FusedRows weighted(Fusion.Weighted fusion, int k) {
        double[] sums = new double[rows];
        double[] greatest = new double[rows];
        int[] hits = new int[rows];
        float[][] parts = new float[ranks.length][rows];
        for (int b = 0; b < ranks.length; b++) {
            RankedBranch branch = branches.get(b);
            for (int row = 0; row < rows; row++) {
                if (ranks[b][row] != 0) {
                    float raw = branch.scores()[ranks[b][row] - 1];
                    double score = branch.higherIsBetter() ? raw : 1 / (1 + (double) raw);
                    parts[b][row] = raw;
                    sums[row] += score;
                    greatest[row] = hits[row] == 0 ? score : Math.max(greatest[row], score);
                    hits[row]++;
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            sums[row] = fusion.average() * (sums[row] / hits[row])
                    + fusion.maximum() * greatest[row]
                    + fusion.hits() * ((double) hits[row] / ranks.length);
        }
        return best(sums, true, parts, k);
    }

    private FusedRows best(double[] values, boolean higherIsBetter, float[][] parts, int k) {
        float[] rounded = new float[rows];
        Integer[] order = new Integer[rows];
        for (int row = 0; row < rows; row++) {
            rounded[row] = round(values[row]);
            order[row] = row;
        }
        Arrays.sort(order, (a, b) -> {
            int byScore =
                    higherIsBetter ? Float.compare(rounded[b], rounded[a]) : Float.compare(rounded[a], rounded[b]);
            return byScore != 0 ? byScore : Long.compareUnsigned(ids[a], ids[b]);
        });
        int size = Math.min(k, rows);
        long[] bestIds = new long[size];
        float[] scores = new float[size];
        float[][] bestParts = new float[ranks.length][size];
        for (int i = 0; i < size; i++) {
            int row = order[i];
            bestIds[i] = ids[row];
            scores[i] = rounded[row];
            for (int b = 0; b < ranks.length; b++) {
                bestParts[b][i] = parts[b][row];
            }
        }
        return new FusedRows(bestIds, scores, higherIsBetter, bestParts);
    }

    /** To the nearest float, within the finite ones; zero has no sign, so that it ties with zero. */
    private static float round(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)) + 0f;
    }
}
