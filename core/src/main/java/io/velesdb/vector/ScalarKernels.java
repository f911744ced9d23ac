package io.velesdb.vector;

/**
 * The definition of every sum over vector components; faster kernels must return the same bits.
 *
 * <p>The shape of a float sum over {@code n} terms: 32 lanes, lane l sums the terms l, l + 32, l + 64, ... below
 * {@code n - n % 32} in that order; then lane i takes lane i + w for w = 16, 8, 4, 2, 1; then the last {@code n % 32}
 * terms are added one by one. Multiply, then add: never fused. 512-bit hosts hold the lanes in two registers, 256-bit
 * ones in four, 128-bit ones in eight.
 *
 * <p>{@code lanes} is scratch space of {@link #LANES} floats.
 */
public final class ScalarKernels {
    /** The number of partial sums. */
    public static final int LANES = 32;

    private ScalarKernels() {}

    /** Inner product of {@code a[ao..ao+n)} and {@code b[bo..bo+n)}. */
    public static float dot(float[] a, int ao, float[] b, int bo, int n, float[] lanes) {
        int whole = n & -LANES;
        clear(lanes);
        for (int j = 0; j < whole; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] += a[ao + j + l] * b[bo + j + l];
            }
        }
        float sum = tree(lanes);
        for (int j = whole; j < n; j++) {
            sum += a[ao + j] * b[bo + j];
        }
        return sum;
    }

    /** Sum of squared differences of {@code a[ao..ao+n)} and {@code b[bo..bo+n)}. */
    public static float squaredDistance(float[] a, int ao, float[] b, int bo, int n, float[] lanes) {
        int whole = n & -LANES;
        clear(lanes);
        for (int j = 0; j < whole; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                float d = a[ao + j + l] - b[bo + j + l];
                lanes[l] += d * d;
            }
        }
        float sum = tree(lanes);
        for (int j = whole; j < n; j++) {
            float d = a[ao + j] - b[bo + j];
            sum += d * d;
        }
        return sum;
    }

    /** Sum of the smaller ones of each pair. */
    public static float sumOfMinima(float[] a, int ao, float[] b, int bo, int n, float[] lanes) {
        int whole = n & -LANES;
        clear(lanes);
        for (int j = 0; j < whole; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] += smaller(a[ao + j + l], b[bo + j + l]);
            }
        }
        float sum = tree(lanes);
        for (int j = whole; j < n; j++) {
            sum += smaller(a[ao + j], b[bo + j]);
        }
        return sum;
    }

    /** Sum of the larger ones of each pair. */
    public static float sumOfMaxima(float[] a, int ao, float[] b, int bo, int n, float[] lanes) {
        int whole = n & -LANES;
        clear(lanes);
        for (int j = 0; j < whole; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] += larger(a[ao + j + l], b[bo + j + l]);
            }
        }
        float sum = tree(lanes);
        for (int j = whole; j < n; j++) {
            sum += larger(a[ao + j], b[bo + j]);
        }
        return sum;
    }

    /** Sum of {@code v[0..n)}. */
    public static float sum(float[] v, int n, float[] lanes) {
        int whole = n & -LANES;
        clear(lanes);
        for (int j = 0; j < whole; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] += v[j + l];
            }
        }
        float sum = tree(lanes);
        for (int j = whole; j < n; j++) {
            sum += v[j];
        }
        return sum;
    }

    /** Sum of those magnitudes in {@code v[0..n)} that are above {@code threshold}. */
    public static float sumOfMagnitudesAbove(float threshold, float[] v, int n, float[] lanes) {
        int whole = n & -LANES;
        clear(lanes);
        for (int j = 0; j < whole; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                float m = Math.abs(v[j + l]);
                lanes[l] += m > threshold ? m : 0f;
            }
        }
        float sum = tree(lanes);
        for (int j = whole; j < n; j++) {
            float m = Math.abs(v[j]);
            sum += m > threshold ? m : 0f;
        }
        return sum;
    }

    /** The bits x > 0.5 of {@code from[offset..offset+n)}; unused bits of the last word are 0. */
    public static void binarise(float[] from, int offset, int n, long[] into, int at) {
        for (int w = 0; w * 64 < n; w++) {
            long bits = 0;
            for (int i = Math.min(64, n - w * 64) - 1; i >= 0; i--) {
                bits = bits << 1 | (from[offset + w * 64 + i] > 0.5f ? 1 : 0);
            }
            into[at + w] = bits;
        }
    }

    /** Number of bits in which {@code words} words differ. */
    public static int hamming(long[] a, int ao, long[] b, int bo, int words) {
        int sum = 0;
        for (int w = 0; w < words; w++) {
            sum += Long.bitCount(a[ao + w] ^ b[bo + w]);
        }
        return sum;
    }

    /** Of equal numbers, 0 and -0 among them, the second is the smaller one and the first the larger: one comparison for both. */
    public static float smaller(float a, float b) {
        return a < b ? a : b;
    }

    /** The one that {@link #smaller} does not return. */
    public static float larger(float a, float b) {
        return a < b ? b : a;
    }

    private static void clear(float[] lanes) {
        for (int l = 0; l < LANES; l++) {
            lanes[l] = 0f;
        }
    }

    private static float tree(float[] lanes) {
        for (int w = LANES / 2; w > 0; w >>= 1) {
            for (int i = 0; i < w; i++) {
                lanes[i] += lanes[i + w];
            }
        }
        return lanes[0];
    }
}
