package io.velesdb.embedded.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Distances to centroids, sixteen of them per register, with the sums of the definition. The compiler cannot turn the plain
 * loop into this by itself: it does not know that the arrays are not the same.
 */
final class CentroidKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
    private static final int LANES = 16;

    private CentroidKernel() {}

    static float distances(float[] points, int at, int from, int to, float[] book, int k, float[] out) {
        FloatVector least = FloatVector.broadcast(F, Float.POSITIVE_INFINITY);
        int c = 0;
        for (; c <= k - LANES; c += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = from; j < to; j++) {
                FloatVector d = FloatVector.broadcast(F, points[at + j]).sub(FloatVector.fromArray(F, book, j * k + c));
                sum = sum.add(d.mul(d));
            }
            sum.intoArray(out, c);
            least = least.min(sum);
        }
        float smallest = least.reduceLanes(VectorOperators.MIN);
        for (; c < k; c++) {
            float sum = 0f;
            for (int j = from; j < to; j++) {
                float d = points[at + j] - book[j * k + c];
                sum += d * d;
            }
            out[c] = sum;
            smallest = Math.min(smallest, sum);
        }
        return smallest;
    }

    /** The plain loop waits for each comparison before the next. */
    static float greatest(float[] values, int from, int count) {
        float greatest = values[from];
        int i = 0;
        if (count >= LANES) {
            FloatVector most = FloatVector.fromArray(F, values, from);
            for (i = LANES; i <= count - LANES; i += LANES) {
                most = most.max(FloatVector.fromArray(F, values, from + i));
            }
            greatest = most.reduceLanes(VectorOperators.MAX);
        }
        for (; i < count; i++) {
            greatest = Math.max(greatest, values[from + i]);
        }
        return greatest;
    }

    static void quantise(float[] values, int from, int count, float least, float scale, byte[] out, int to) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            IntVector whole = (IntVector) FloatVector.fromArray(F, values, from + i)
                    .sub(least)
                    .mul(scale)
                    .add(0.5f)
                    .convert(VectorOperators.F2I, 0);
            ((ByteVector) whole.convertShape(VectorOperators.I2B, B, 0)).intoArray(out, to + i);
        }
        for (; i < count; i++) {
            out[to + i] = (byte) (int) ((values[from + i] - least) * scale + 0.5f);
        }
    }
}
