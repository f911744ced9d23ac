package io.velesdb.vector;

/**
 * From the sums of the kernels to scores. A score is a finite float, rounded once: overflow is clamped to the largest
 * float, and a sum that met both infinities counts as 0.
 *
 * <p>A <em>key</em> orders scores of every metric in one direction, smaller is nearer: a distance is its own key, a
 * similarity is negated. Keys are never -0.0, so equal scores have equal bits.
 */
public final class Scores {
    /** The smallest normal float, 2^-126: below it, a product of norms says nothing about an angle. */
    private static final double SMALLEST_NORMS = Float.MIN_NORMAL;

    private Scores() {}

    /** The key of a score. */
    public static float key(Metric metric, float score) {
        return metric.higherIsBetter() ? 0f - score : score;
    }

    /** The score of a key: the inverse of {@link #key}. */
    public static float score(Metric metric, float key) {
        return metric.higherIsBetter() ? 0f - key : key;
    }

    /** Cosine from an inner product and both squared norms, as the kernels sum them. */
    public static float cosine(float dot, float squaredNormA, float squaredNormB) {
        double norms = Math.sqrt((double) squaredNormA * squaredNormB);
        // written so that NaN fails it too
        if (!(norms >= SMALLEST_NORMS && norms <= Float.MAX_VALUE)) {
            return 0f;
        }
        return finite((float) (dot / norms));
    }

    /** Euclidean distance from the sum of squared differences. */
    public static float euclidean(float squaredDistance) {
        return finite((float) Math.sqrt(squaredDistance));
    }

    /** Inner product. */
    public static float dot(float dot) {
        return finite(dot);
    }

    /** Jaccard from the sums of minima and maxima; 1 where the maxima sum up to 0, as they do with both vectors empty. */
    public static float jaccard(float minima, float maxima) {
        return maxima == 0f ? 1f : finite(minima / maxima);
    }

    /** Clamps infinities to the largest float, turns NaN and -0.0 into 0. */
    public static float finite(float x) {
        if (Float.isNaN(x)) {
            return 0f;
        }
        return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x)) + 0f;
    }
}
