package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;

import io.velesdb.vector.ScalarKernels;
import java.lang.foreign.MemorySegment;

/** The definition itself, row by row, for a JVM without the Vector API. */
final class FloatKernelsScalar extends FloatKernels {
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** What a thread's sums are added up in. */
    private static final class Scratch {
        final float[] lanes = new float[ScalarKernels.LANES];
        private float[] row = {};

        /** Room for exactly {@code n} components. */
        float[] row(int n) {
            if (row.length != n) {
                row = new float[n];
            }
            return row;
        }
    }

    @Override
    void dot(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        Scratch scratch = SCRATCH.get();
        float[] row = scratch.row(n);
        float[] lanes = scratch.lanes;
        for (int i = 0; i < count; i++) {
            read(rows, slots[i], row);
            out[i] = ScalarKernels.dot(query, 0, row, 0, n, lanes);
        }
    }

    @Override
    void squaredDistance(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        Scratch scratch = SCRATCH.get();
        float[] row = scratch.row(n);
        float[] lanes = scratch.lanes;
        for (int i = 0; i < count; i++) {
            read(rows, slots[i], row);
            out[i] = ScalarKernels.squaredDistance(query, 0, row, 0, n, lanes);
        }
    }

    @Override
    void jaccard(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] minima, float[] maxima) {
        Scratch scratch = SCRATCH.get();
        float[] row = scratch.row(n);
        float[] lanes = scratch.lanes;
        for (int i = 0; i < count; i++) {
            read(rows, slots[i], row);
            minima[i] = ScalarKernels.sumOfMinima(query, 0, row, 0, n, lanes);
            maxima[i] = ScalarKernels.sumOfMaxima(query, 0, row, 0, n, lanes);
        }
    }

    @Override
    float dot(float[] a, float[] b, int n) {
        return ScalarKernels.dot(a, 0, b, 0, n, SCRATCH.get().lanes);
    }

    @Override
    float sum(float[] v, int n) {
        return ScalarKernels.sum(v, n, SCRATCH.get().lanes);
    }

    @Override
    float sumOfMagnitudesAbove(float threshold, float[] v, int n) {
        return ScalarKernels.sumOfMagnitudesAbove(threshold, v, n, SCRATCH.get().lanes);
    }

    private static void read(MemorySegment rows, int slot, float[] into) {
        MemorySegment.copy(rows, FLOAT, 4L * into.length * slot, into, 0, into.length);
    }
}
