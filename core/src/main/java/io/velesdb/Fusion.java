package io.velesdb;

import io.velesdb.value.Json;
import java.util.List;

/**
 * How the ranked lists of several branches become one: of a vector and a text search, say, or of several query vectors.
 * Each branch is a list of rows with scores, best first; a rank counts from 1. An immutable value; {@code
 * io.velesdb.search.FusedRanking} does it.
 *
 * <pre>{@code
 * Fusion plain = Fusion.rrf();                                     // sum of 1 / (60 + rank)
 * Fusion hybrid = Fusion.weightedRrf(List.of(0.7, 0.3), 60);       // the vector counts more than the text
 * Fusion scaled = Fusion.relativeScore(0.6, 0.4);                  // scores scaled to 0..1, then weighted
 * }</pre>
 *
 * <p>{@link Average} and {@link Maximum} mix the raw scores of the branches: BM25, whose range is open, then outweighs a
 * cosine. Use ranks or {@link RelativeScore} for branches of different scales.
 */
public sealed interface Fusion {
    /** The rank constant unless said otherwise. */
    int DEFAULT_RANK_CONSTANT = 60;

    /** What the weights that must sum to 1 may miss it by. */
    double WEIGHT_TOLERANCE = 0.001;

    /**
     * Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): the sum of 1 / (k + rank) over the branches that
     * hold the row. Higher is better.
     *
     * @param rankConstant k, at least 1
     */
    record Rrf(int rankConstant) implements Fusion {
        /** @throws VelesException VELES-010 for a rank constant below 1 */
        public Rrf {
            checkRankConstant(rankConstant);
        }
    }

    /**
     * Reciprocal rank fusion with a weight per branch: the sum of weight / (k + rank). Higher is better.
     *
     * @param weights one per branch, each finite and not negative
     * @param rankConstant k, at least 1
     */
    record WeightedRrf(List<Double> weights, int rankConstant) implements Fusion {
        /** @throws VelesException VELES-010 for a rank constant below 1 or a weight that is negative or not finite */
        public WeightedRrf {
            weights = List.copyOf(weights);
            checkRankConstant(rankConstant);
            for (int i = 0; i < weights.size(); i++) {
                checkWeight("weight " + i, weights.get(i));
            }
        }
    }

    /** The mean of the raw scores over the branches that hold the row, best first by the direction of the scores. */
    record Average() implements Fusion {}

    /** The best raw score by the direction of the scores. */
    record Maximum() implements Fusion {}

    /**
     * For several query vectors: average·a + maximum·m + hits·h, where hits is the share of branches that hold the row. A
     * distance d enters as 1 / (1 + d). Higher is better.
     *
     * <p>A hybrid search with a text or a sparse vector has scores that do not mix. There the usual weights mean {@link
     * WeightedRrf} with the same weight for each branch, 1 together, and others are refused with VELES-010.
     *
     * @param average weight of the mean over the branches that hold the row
     * @param maximum weight of the best
     * @param hits weight of the share
     */
    record Weighted(double average, double maximum, double hits) implements Fusion {
        /** @throws VelesException VELES-010 for a weight that is negative or not finite, or when they do not sum to 1 */
        public Weighted {
            checkWeight("average weight", average);
            checkWeight("maximum weight", maximum);
            checkWeight("hit weight", hits);
            checkSum("average, maximum and hit weight", average + maximum + hits);
        }
    }

    /**
     * For exactly two branches: their scores scaled to 0..1 by the least and the greatest of the branch, a distance
     * turned round, 0.5 where all are the same, 0 where the row is missing; then first·d + second·s. Higher is better.
     *
     * @param first weight of the first branch, the dense one
     * @param second weight of the second branch
     */
    record RelativeScore(double first, double second) implements Fusion {
        /** @throws VelesException VELES-010 for a weight that is negative or not finite, or when they do not sum to 1 */
        public RelativeScore {
            checkWeight("dense_weight", first);
            checkWeight("sparse_weight", second);
            checkSum("dense_weight and sparse_weight", first + second);
        }
    }

    /** {@link Rrf} with the default rank constant. */
    static Fusion rrf() {
        return new Rrf(DEFAULT_RANK_CONSTANT);
    }

    /** {@link Rrf}. */
    static Fusion rrf(int rankConstant) {
        return new Rrf(rankConstant);
    }

    /** {@link WeightedRrf}. */
    static Fusion weightedRrf(List<Double> weights, int rankConstant) {
        return new WeightedRrf(weights, rankConstant);
    }

    /** {@link Average}. */
    static Fusion average() {
        return new Average();
    }

    /** {@link Maximum}. */
    static Fusion maximum() {
        return new Maximum();
    }

    /** {@link Weighted} by 0.6, 0.3 and 0.1. */
    static Fusion weighted() {
        return new Weighted(0.6, 0.3, 0.1);
    }

    /** {@link Weighted}. */
    static Fusion weighted(double average, double maximum, double hits) {
        return new Weighted(average, maximum, hits);
    }

    /** {@link RelativeScore} by halves. */
    static Fusion relativeScore() {
        return new RelativeScore(0.5, 0.5);
    }

    /** {@link RelativeScore}. */
    static Fusion relativeScore(double first, double second) {
        return new RelativeScore(first, second);
    }

    /**
     * The strategy of a name in any case, with its defaults: {@code rrf}, {@code average}, {@code maximum}, {@code
     * weighted}, {@code rsf} or {@code relative_score}.
     *
     * @throws VelesException VELES-010 for any other name
     */
    static Fusion named(String strategy) {
        if (strategy.equalsIgnoreCase("rrf")) {
            return rrf();
        }
        if (strategy.equalsIgnoreCase("average")) {
            return average();
        }
        if (strategy.equalsIgnoreCase("maximum")) {
            return maximum();
        }
        if (strategy.equalsIgnoreCase("weighted")) {
            return weighted();
        }
        if (strategy.equalsIgnoreCase("rsf") || strategy.equalsIgnoreCase("relative_score")) {
            return relativeScore();
        }
        throw bad("fusion strategy '" + strategy
                + "' is unknown: use rrf, average, maximum, weighted, rsf or relative_score");
    }

    /** How many rows of each branch are fused when the best {@code k} are asked for: max(2k, k + 10). */
    static int depth(int k) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(2L * k, k + 10L));
    }

    private static void checkRankConstant(int k) {
        if (k < 1) {
            throw bad("fusion k is " + k + ": use a whole number from 1 on, 60 is usual");
        }
    }

    private static void checkWeight(String what, double weight) {
        if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
            throw bad("fusion " + what + " is " + Json.text(weight) + ": use a finite number that is not negative");
        }
    }

    private static void checkSum(String what, double sum) {
        if (!(Math.abs(sum - 1) <= WEIGHT_TOLERANCE)) {
            throw bad("fusion " + what + " sum to " + Json.text(sum) + ": they must sum to 1");
        }
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.QUERY, text);
    }
}
