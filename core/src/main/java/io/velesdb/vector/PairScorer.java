package io.velesdb.vector;

/**
 * Scores pairs of vectors that lie in no {@link VectorSpace}: the same numbers, to the bit, that a space gives. Holds
 * scratch space, so it belongs to one thread at a time.
 */
public final class PairScorer {
    private final Metric metric;
    private final float[] lanes = new float[ScalarKernels.LANES];

    public PairScorer(Metric metric) {
        this.metric = metric;
    }

    /**
     * The score of two vectors of one length.
     *
     * @throws IllegalArgumentException when the lengths differ
     */
    public float score(float[] a, float[] b) {
        int n = a.length;
        if (b.length != n) {
            throw new IllegalArgumentException(n + " and " + b.length + " components");
        }
        return switch (metric) {
            case COSINE ->
                Scores.cosine(
                        ScalarKernels.dot(a, 0, b, 0, n, lanes),
                        ScalarKernels.dot(a, 0, a, 0, n, lanes),
                        ScalarKernels.dot(b, 0, b, 0, n, lanes));
            case DOT -> Scores.dot(ScalarKernels.dot(a, 0, b, 0, n, lanes));
            case EUCLIDEAN -> Scores.euclidean(ScalarKernels.squaredDistance(a, 0, b, 0, n, lanes));
            case JACCARD ->
                Scores.jaccard(
                        ScalarKernels.sumOfMinima(a, 0, b, 0, n, lanes),
                        ScalarKernels.sumOfMaxima(a, 0, b, 0, n, lanes));
            case HAMMING -> hamming(a, b);
        };
    }

    private static float hamming(float[] a, float[] b) {
        int differing = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > 0.5f != b[i] > 0.5f) {
                differing++;
            }
        }
        return differing;
    }
}
