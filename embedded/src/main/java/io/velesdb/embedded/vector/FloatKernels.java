package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;

import io.velesdb.vector.ScalarKernels;
import java.lang.foreign.MemorySegment;

/**
 * Sums over rows of floats in memory, in the shape of {@link io.velesdb.vector.ScalarKernels} and with its bits. Rows are
 * little-endian, row s starts at byte {@code 4 * n * s}. Implementations have no state.
 */
abstract class FloatKernels {
    /** The widest that this machine prefers. */
    static final FloatKernels BEST = best();

    private static FloatKernels best() {
        if (!VectorApi.PRESENT) {
            return new FloatKernelsScalar();
        }
        return switch (VectorApi.preferredFloats()) {
            case 16 -> new FloatKernels512();
            case 8 -> new FloatKernels256();
            case 4 -> new FloatKernels128();
            default -> new FloatKernelsScalar();
        };
    }

    /**
     * Inner products of {@code query[0..n)} with rows. The query is an array although half of its loads straddle cache
     * lines: from memory, whose bounds are checked in every step, they take longer.
     *
     * @param slots rows to take; three places behind {@code count} are overwritten
     * @param out receives {@code count} sums; three places behind them are overwritten
     */
    abstract void dot(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out);

    /** Sums of squared differences; otherwise as {@link #dot}. */
    abstract void squaredDistance(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out);

    /** Sums of minima, and of maxima into {@code maxima}; otherwise as {@link #dot}. */
    abstract void jaccard(
            MemorySegment rows, float[] query, int n, int[] slots, int count, float[] minima, float[] maxima);

    /** Inner product of {@code a[0..n)} and {@code b[0..n)}. */
    abstract float dot(float[] a, float[] b, int n);

    /** Sum of an array; {@code n} is a multiple of 64. */
    abstract float sum(float[] v, int n);

    /** Sum of the magnitudes above a threshold; {@code n} is a multiple of 64. */
    abstract float sumOfMagnitudesAbove(float threshold, float[] v, int n);

    /** Fills the places behind the last slot, so that four rows can always be taken. */
    static void pad(int[] slots, int count) {
        int last = slots[count - 1];
        slots[count] = last;
        slots[count + 1] = last;
        slots[count + 2] = last;
    }

    /** Adds the last {@code n % 32} products to each sum. */
    static void dotTail(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        int whole = n & -32;
        if (whole == n) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long row = 4L * n * slots[i];
            float sum = out[i];
            for (int j = whole; j < n; j++) {
                sum += query[j] * rows.get(FLOAT, row + 4L * j);
            }
            out[i] = sum;
        }
    }

    /** Adds the last {@code n % 32} squared differences to each sum. */
    static void squaredDistanceTail(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        int whole = n & -32;
        if (whole == n) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long row = 4L * n * slots[i];
            float sum = out[i];
            for (int j = whole; j < n; j++) {
                float d = query[j] - rows.get(FLOAT, row + 4L * j);
                sum += d * d;
            }
            out[i] = sum;
        }
    }

    /** Adds the last {@code n % 32} minima and maxima to each sum. */
    static void jaccardTail(
            MemorySegment rows, float[] query, int n, int[] slots, int count, float[] minima, float[] maxima) {
        int whole = n & -32;
        if (whole == n) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long row = 4L * n * slots[i];
            float least = minima[i];
            float most = maxima[i];
            for (int j = whole; j < n; j++) {
                float x = rows.get(FLOAT, row + 4L * j);
                least += ScalarKernels.smaller(query[j], x);
                most += ScalarKernels.larger(query[j], x);
            }
            minima[i] = least;
            maxima[i] = most;
        }
    }
}
