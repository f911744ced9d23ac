package io.velesdb;

import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;

/**
 * Whether the vector index of a collection should be rebuilt in another shape.
 *
 * @param shouldReindex whether it is worth it
 * @param currentM links per row that it has
 * @param optimalM links per row that were measured to be best
 * @param ratio of the larger of both to the smaller
 * @param reason why, in a sentence
 */
public record ReindexAdvice(boolean shouldReindex, int currentM, int optimalM, double ratio, String reason) {
    /** A ratio from which on it is worth it. */
    public static final double DIVERGENCE_THRESHOLD = 1.5;

    /** Below so many vectors a search is quick in any shape. */
    public static final int MIN_SIZE = 10_000;

    /** Seconds after a rebuild in which no other one is advised. */
    public static final long COOLDOWN_SECONDS = 3_600;

    /** What a rebuild that nobody asked for may lose of the recall of the ten nearest, as a share of all; else it is taken back. */
    public static final double MAX_RECALL_REGRESSION = 0.02;

    /** How much more, as a share, a search may cost after such a rebuild for the same recall. */
    public static final double MAX_LATENCY_REGRESSION = 0.1;

    /** The same with a reason that speaks against it. */
    public ReindexAdvice against(String why) {
        return new ReindexAdvice(false, currentM, optimalM, ratio, reason + ", but " + why);
    }

    /** As an object: {@code should_reindex}, {@code current_m}, {@code optimal_m}, {@code ratio} and {@code reason}. */
    public Obj toJson() {
        return Obj.of(
                "should_reindex",
                shouldReindex,
                "current_m",
                currentM,
                "optimal_m",
                optimalM,
                "ratio",
                ratio,
                "reason",
                reason);
    }

    /**
     * What to do about an index.
     *
     * @param vectors in it
     * @param current its shape
     * @param reindexedMillis when it was rebuilt, in milliseconds since the Unix epoch; 0 for never
     * @param nowMillis the time
     */
    public static ReindexAdvice of(
            long vectors, HnswParameters current, int dimension, long reindexedMillis, long nowMillis) {
        int optimal = HnswParameters.forDimension(dimension).m();
        double ratio = (double) Math.max(current.m(), optimal) / Math.min(current.m(), optimal);
        String shape = "M is " + current.m() + ", " + optimal + " is best for " + dimension + " dimensions: a ratio of "
                + Json.text((long) (ratio * 100 + 0.5) / 100.0);
        String against = null;
        if (ratio < DIVERGENCE_THRESHOLD) {
            against = "below " + Json.text(DIVERGENCE_THRESHOLD);
        } else if (vectors < MIN_SIZE) {
            against = "but " + vectors + " vectors are fewer than " + MIN_SIZE;
        } else if (reindexedMillis > 0 && nowMillis - reindexedMillis < COOLDOWN_SECONDS * 1_000) {
            against = "but the index was rebuilt less than " + COOLDOWN_SECONDS + " seconds ago";
        }
        return new ReindexAdvice(
                against == null,
                current.m(),
                optimal,
                ratio,
                shape + ", " + (against == null ? "at least " + Json.text(DIVERGENCE_THRESHOLD) : against));
    }
}
