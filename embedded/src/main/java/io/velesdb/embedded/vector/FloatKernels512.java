package io.velesdb.embedded.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * 32 lanes in two registers, four rows per pass: the rows hide each other's latency, and their four trees of additions
 * are folded as one. {@code a.blend(b, m).add(b.blend(a, m).rearrange(swap))} adds the halves of a and of b, and leaves
 * the one in the lanes outside m, the other inside.
 */
final class FloatKernels512 extends FloatKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final VectorShuffle<Float> SWAP8 = VectorShuffle.fromOp(S, i -> i ^ 8);
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ 4);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2);
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1);
    private static final VectorMask<Float> HIGH8 = VectorMask.fromLong(S, 0xFF00);
    private static final VectorMask<Float> HIGH4 = VectorMask.fromLong(S, 0xF0F0);

    @Override
    void dot(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        if (count == 0) {
            return;
        }
        pad(slots, count);
        int whole = n & -32;
        long size = 4L * n;
        for (int i = 0; i < count; i += 4) {
            long pa = slots[i] * size;
            long pb = slots[i + 1] * size;
            long pc = slots[i + 2] * size;
            long pd = slots[i + 3] * size;
            FloatVector z = FloatVector.zero(S);
            FloatVector a0 = z;
            FloatVector a1 = z;
            FloatVector b0 = z;
            FloatVector b1 = z;
            FloatVector c0 = z;
            FloatVector c1 = z;
            FloatVector d0 = z;
            FloatVector d1 = z;
            for (int j = 0; j < whole; j += 32) {
                FloatVector x = FloatVector.fromArray(S, query, j);
                FloatVector y = FloatVector.fromArray(S, query, j + 16);
                long o = 4L * j;
                a0 = a0.add(at(rows, pa + o).mul(x));
                a1 = a1.add(at(rows, pa + o + 64).mul(y));
                b0 = b0.add(at(rows, pb + o).mul(x));
                b1 = b1.add(at(rows, pb + o + 64).mul(y));
                c0 = c0.add(at(rows, pc + o).mul(x));
                c1 = c1.add(at(rows, pc + o + 64).mul(y));
                d0 = d0.add(at(rows, pd + o).mul(x));
                d1 = d1.add(at(rows, pd + o + 64).mul(y));
            }
            fold(a0.add(a1), b0.add(b1), c0.add(c1), d0.add(d1), out, i);
        }
        dotTail(rows, query, n, slots, count, out);
    }

    @Override
    void squaredDistance(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        if (count == 0) {
            return;
        }
        pad(slots, count);
        int whole = n & -32;
        long size = 4L * n;
        for (int i = 0; i < count; i += 4) {
            long pa = slots[i] * size;
            long pb = slots[i + 1] * size;
            long pc = slots[i + 2] * size;
            long pd = slots[i + 3] * size;
            FloatVector z = FloatVector.zero(S);
            FloatVector a0 = z;
            FloatVector a1 = z;
            FloatVector b0 = z;
            FloatVector b1 = z;
            FloatVector c0 = z;
            FloatVector c1 = z;
            FloatVector d0 = z;
            FloatVector d1 = z;
            for (int j = 0; j < whole; j += 32) {
                FloatVector x = FloatVector.fromArray(S, query, j);
                FloatVector y = FloatVector.fromArray(S, query, j + 16);
                long o = 4L * j;
                a0 = a0.add(square(at(rows, pa + o).sub(x)));
                a1 = a1.add(square(at(rows, pa + o + 64).sub(y)));
                b0 = b0.add(square(at(rows, pb + o).sub(x)));
                b1 = b1.add(square(at(rows, pb + o + 64).sub(y)));
                c0 = c0.add(square(at(rows, pc + o).sub(x)));
                c1 = c1.add(square(at(rows, pc + o + 64).sub(y)));
                d0 = d0.add(square(at(rows, pd + o).sub(x)));
                d1 = d1.add(square(at(rows, pd + o + 64).sub(y)));
            }
            fold(a0.add(a1), b0.add(b1), c0.add(c1), d0.add(d1), out, i);
        }
        squaredDistanceTail(rows, query, n, slots, count, out);
    }

    @Override
    void jaccard(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] minima, float[] maxima) {
        int whole = n & -32;
        long size = 4L * n;
        for (int i = 0; i < count; i++) {
            long p = slots[i] * size;
            FloatVector z = FloatVector.zero(S);
            FloatVector a0 = z;
            FloatVector a1 = z;
            FloatVector b0 = z;
            FloatVector b1 = z;
            for (int j = 0; j < whole; j += 32) {
                FloatVector x = FloatVector.fromArray(S, query, j);
                FloatVector y = FloatVector.fromArray(S, query, j + 16);
                FloatVector u = at(rows, p + 4L * j);
                FloatVector v = at(rows, p + 4L * j + 64);
                a0 = a0.add(x.min(u));
                a1 = a1.add(y.min(v));
                b0 = b0.add(x.max(u));
                b1 = b1.add(y.max(v));
            }
            minima[i] = fold(a0.add(a1));
            maxima[i] = fold(b0.add(b1));
        }
        jaccardTail(rows, query, n, slots, count, minima, maxima);
    }

    @Override
    float dot(float[] a, float[] b, int n) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        for (int j = 0; j < n; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, a, j).mul(FloatVector.fromArray(S, b, j)));
            s1 = s1.add(FloatVector.fromArray(S, a, j + 16).mul(FloatVector.fromArray(S, b, j + 16)));
        }
        return fold(s0.add(s1));
    }

    @Override
    float sum(float[] v, int n) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        for (int j = 0; j < n; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, v, j));
            s1 = s1.add(FloatVector.fromArray(S, v, j + 16));
        }
        return fold(s0.add(s1));
    }

    @Override
    float sumOfMagnitudesAbove(float threshold, float[] v, int n) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        for (int j = 0; j < n; j += 32) {
            s0 = s0.add(above(threshold, FloatVector.fromArray(S, v, j).abs()));
            s1 = s1.add(above(threshold, FloatVector.fromArray(S, v, j + 16).abs()));
        }
        return fold(s0.add(s1));
    }

    private static FloatVector above(float threshold, FloatVector magnitudes) {
        return FloatVector.zero(S).blend(magnitudes, magnitudes.compare(VectorOperators.GT, threshold));
    }

    private static FloatVector at(MemorySegment rows, long offset) {
        return FloatVector.fromMemorySegment(S, rows, offset, LE);
    }

    private static FloatVector square(FloatVector v) {
        return v.mul(v);
    }

    private static void fold(FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] out, int i) {
        FloatVector ab = a.blend(b, HIGH8).add(b.blend(a, HIGH8).rearrange(SWAP8));
        FloatVector cd = c.blend(d, HIGH8).add(d.blend(c, HIGH8).rearrange(SWAP8));
        FloatVector r = ab.blend(cd, HIGH4).add(cd.blend(ab, HIGH4).rearrange(SWAP4));
        r = r.add(r.rearrange(SWAP2));
        r = r.add(r.rearrange(SWAP1));
        out[i] = r.lane(0);
        out[i + 1] = r.lane(8);
        out[i + 2] = r.lane(4);
        out[i + 3] = r.lane(12);
    }

    private static float fold(FloatVector v) {
        FloatVector r = v.add(v.rearrange(SWAP8));
        r = r.add(r.rearrange(SWAP4));
        r = r.add(r.rearrange(SWAP2));
        r = r.add(r.rearrange(SWAP1));
        return r.lane(0);
    }
}
