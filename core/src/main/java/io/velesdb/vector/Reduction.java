package io.velesdb.vector;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;

/**
 * Turns a metric into half the squared Euclidean distance between points, less a centre that the data taught.
 *
 * <ul>
 *   <li>cosine: the point is x/|x|; the distance is 1 - cosine. A vector without direction is the origin, at distance 1
 *       of everything.
 *   <li>euclidean: the point is x.
 *   <li>dot: every vector gets one more component, sqrt(M^2 - |x|^2), M being the largest norm when the centre was
 *       learned, and a query is scaled to norm M: then all points have norm M, and the nearest is the one with the largest
 *       inner product (Bachrach et al., RecSys 2014). A later, longer vector counts as if its extra component were 0.
 * </ul>
 *
 * <p>Immutable. Sums follow {@link ScalarKernels}.
 */
public final class Reduction {
    private final Metric metric;
    private final int dimension;
    private final float[] centre;
    private final float squaredRadius;

    private Reduction(Metric metric, int dimension, float[] centre, float squaredRadius) {
        this.metric = metric;
        this.dimension = dimension;
        this.centre = centre;
        this.squaredRadius = squaredRadius;
    }

    /** True for the metrics that have a reduction. */
    public static boolean covers(Metric metric) {
        return metric == Metric.COSINE || metric == Metric.EUCLIDEAN || metric == Metric.DOT;
    }

    /** Components of a point: the dimension, and one more for dot. */
    public static int length(Metric metric, int dimension) {
        return metric == Metric.DOT ? dimension + 1 : dimension;
    }

    /** Learns the radius and the centre, the mean of the points, from the first {@code slots} vectors of a space. */
    public static Reduction learn(VectorSpace space, int slots) {
        int[] all = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            all[slot] = slot;
        }
        return learn(space, all);
    }

    /** Learns from some of the vectors of a space, in the order given. */
    public static Reduction learn(VectorSpace space, int[] slots) {
        Metric metric = space.metric();
        int dimension = space.dimension();
        int length = length(metric, dimension);
        float[] vector = new float[dimension];
        float[] lanes = new float[ScalarKernels.LANES];
        float radius = 0;
        if (metric == Metric.DOT) {
            for (int slot : slots) {
                space.read(slot, vector, 0);
                float norm = ScalarKernels.dot(vector, 0, vector, 0, dimension, lanes);
                radius = norm <= Float.MAX_VALUE ? Math.max(radius, norm) : radius;
            }
        }
        Reduction origin = new Reduction(metric, dimension, new float[length], radius);
        double[] sums = new double[length];
        for (int slot : slots) {
            space.read(slot, vector, 0);
            float norm = ScalarKernels.dot(vector, 0, vector, 0, dimension, lanes);
            float factor = origin.rowFactor(norm);
            for (int j = 0; j < dimension; j++) {
                sums[j] += vector[j] * factor;
            }
            if (length > dimension) {
                sums[dimension] += origin.rowExtra(norm);
            }
        }
        float[] centre = new float[length];
        for (int j = 0; j < length; j++) {
            // a centre beyond the floats cannot help; 0 is as good as any
            float mean = (float) (sums[j] / Math.max(1, slots.length));
            centre[j] = Math.abs(mean) <= Float.MAX_VALUE ? mean : 0f;
        }
        return new Reduction(metric, dimension, centre, radius);
    }

    /** The same reduction with the origin as its centre. */
    public Reduction uncentred() {
        return new Reduction(metric, dimension, new float[centre.length], squaredRadius);
    }

    public Metric metric() {
        return metric;
    }

    /** Components of a vector. */
    public int dimension() {
        return dimension;
    }

    /** Components of a point. */
    public int length() {
        return centre.length;
    }

    /** M^2 of the dot reduction, else 0. */
    public float squaredRadius() {
        return squaredRadius;
    }

    /** What a stored vector is multiplied by. */
    public float rowFactor(float squaredNorm) {
        if (metric != Metric.COSINE) {
            return 1f;
        }
        return hasDirection(squaredNorm) ? (float) (1 / Math.sqrt(squaredNorm)) : 0f;
    }

    /** The extra component of a stored vector under the dot metric, before it is centred. */
    public float rowExtra(float squaredNorm) {
        return (float) Math.sqrt(Math.max(0f, squaredRadius - squaredNorm));
    }

    /** What a query is multiplied by. Under the dot metric, where its extra component is 0: M/|q|. */
    public float queryFactor(float squaredNorm) {
        if (metric != Metric.DOT) {
            return rowFactor(squaredNorm);
        }
        return hasDirection(squaredNorm) ? (float) Math.sqrt((double) squaredRadius / squaredNorm) : 0f;
    }

    /**
     * The distance of two rows under the dot metric, written so that copies are at exactly 0.
     *
     * @param dot their inner product
     */
    public float rowDistance(float dot, float squaredNormA, float squaredNormB) {
        float extra = rowExtra(squaredNormA) - rowExtra(squaredNormB);
        return 0.5f * (squaredNormA + squaredNormB) - dot + 0.5f * (extra * extra);
    }

    /** Subtracted from every point; shared, not to be written. */
    public float[] centre() {
        return centre;
    }

    /**
     * The distance of a query and a row from their public key.
     *
     * @param queryFactor {@link #queryFactor} of the query
     */
    public float distance(float key, float queryFactor) {
        return switch (metric) {
            case COSINE -> 1f + key;
            case DOT -> squaredRadius + key * queryFactor;
            default -> 0.5f * key * key;
        };
    }

    /** The public key of a distance: the inverse of {@link #distance}, and finite whatever an estimate came to. */
    public float key(float distance, float queryFactor) {
        return Scores.finite(
                switch (metric) {
                    case COSINE -> distance - 1f;
                    case DOT -> queryFactor > 0f ? (distance - squaredRadius) / queryFactor : 0f;
                    default -> (float) Math.sqrt(2f * Math.max(0f, distance));
                });
    }

    /** What is missing to a constant norm, to be added to half the squared distance of a row to any query. */
    public float correction(float squaredNorm) {
        return switch (metric) {
            case COSINE -> hasDirection(squaredNorm) ? 0f : 0.5f;
            case DOT -> Math.min(0f, (squaredRadius - squaredNorm) * 0.5f);
            default -> 0f;
        };
    }

    private static boolean hasDirection(float squaredNorm) {
        return squaredNorm > 0f && squaredNorm <= Float.MAX_VALUE;
    }

    /** Writes what {@link #read} gets back. */
    public void write(BinaryWriter out) {
        out.writeFloat(squaredRadius);
        for (float c : centre) {
            out.writeFloat(c);
        }
    }

    /** Reads what {@link #write} wrote for this metric and dimension. */
    public static Reduction read(BinaryReader in, Metric metric, int dimension) {
        float squaredRadius = in.readFloat();
        return new Reduction(metric, dimension, in.readFloats(length(metric, dimension)), squaredRadius);
    }
}
