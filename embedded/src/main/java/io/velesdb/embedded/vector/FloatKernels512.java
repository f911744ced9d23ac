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
 *
 * <p>No helper methods in the loops: unlike those of the Vector API, ours are not inlined any more when a method has grown
 * beyond a limit, and then every vector that passes through them is boxed.
 */
final class FloatKernels512 extends FloatKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final VectorShuffle<Float> SWAP8 = VectorShuffle.fromOp(S, i -> i ^ 8);
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ 4);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2);
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1);
    private static final VectorShuffle<Float> FIRSTS =
            VectorShuffle.fromArray(S, new int[] {0, 8, 4, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
    private static final VectorMask<Float> FOUR = VectorMask.fromLong(S, 0xF);
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
                a0 = a0.add(FloatVector.fromMemorySegment(S, rows, pa + o, LE).mul(x));
                a1 = a1.add(
                        FloatVector.fromMemorySegment(S, rows, pa + o + 64, LE).mul(y));
                b0 = b0.add(FloatVector.fromMemorySegment(S, rows, pb + o, LE).mul(x));
                b1 = b1.add(
                        FloatVector.fromMemorySegment(S, rows, pb + o + 64, LE).mul(y));
                c0 = c0.add(FloatVector.fromMemorySegment(S, rows, pc + o, LE).mul(x));
                c1 = c1.add(
                        FloatVector.fromMemorySegment(S, rows, pc + o + 64, LE).mul(y));
                d0 = d0.add(FloatVector.fromMemorySegment(S, rows, pd + o, LE).mul(x));
                d1 = d1.add(
                        FloatVector.fromMemorySegment(S, rows, pd + o + 64, LE).mul(y));
            }
            FloatVector a = a0.add(a1);
            FloatVector b = b0.add(b1);
            FloatVector c = c0.add(c1);
            FloatVector d = d0.add(d1);
            FloatVector ab = a.blend(b, HIGH8).add(b.blend(a, HIGH8).rearrange(SWAP8));
            FloatVector cd = c.blend(d, HIGH8).add(d.blend(c, HIGH8).rearrange(SWAP8));
            FloatVector r = ab.blend(cd, HIGH4).add(cd.blend(ab, HIGH4).rearrange(SWAP4));
            r = r.add(r.rearrange(SWAP2));
            r = r.add(r.rearrange(SWAP1));
            r.rearrange(FIRSTS).intoArray(out, i, FOUR);
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
                FloatVector ax =
                        FloatVector.fromMemorySegment(S, rows, pa + o, LE).sub(x);
                a0 = a0.add(ax.mul(ax));
                FloatVector ay =
                        FloatVector.fromMemorySegment(S, rows, pa + o + 64, LE).sub(y);
                a1 = a1.add(ay.mul(ay));
                FloatVector bx =
                        FloatVector.fromMemorySegment(S, rows, pb + o, LE).sub(x);
                b0 = b0.add(bx.mul(bx));
                FloatVector by =
                        FloatVector.fromMemorySegment(S, rows, pb + o + 64, LE).sub(y);
                b1 = b1.add(by.mul(by));
                FloatVector cx =
                        FloatVector.fromMemorySegment(S, rows, pc + o, LE).sub(x);
                c0 = c0.add(cx.mul(cx));
                FloatVector cy =
                        FloatVector.fromMemorySegment(S, rows, pc + o + 64, LE).sub(y);
                c1 = c1.add(cy.mul(cy));
                FloatVector dx =
                        FloatVector.fromMemorySegment(S, rows, pd + o, LE).sub(x);
                d0 = d0.add(dx.mul(dx));
                FloatVector dy =
                        FloatVector.fromMemorySegment(S, rows, pd + o + 64, LE).sub(y);
                d1 = d1.add(dy.mul(dy));
            }
            FloatVector a = a0.add(a1);
            FloatVector b = b0.add(b1);
            FloatVector c = c0.add(c1);
            FloatVector d = d0.add(d1);
            FloatVector ab = a.blend(b, HIGH8).add(b.blend(a, HIGH8).rearrange(SWAP8));
            FloatVector cd = c.blend(d, HIGH8).add(d.blend(c, HIGH8).rearrange(SWAP8));
            FloatVector r = ab.blend(cd, HIGH4).add(cd.blend(ab, HIGH4).rearrange(SWAP4));
            r = r.add(r.rearrange(SWAP2));
            r = r.add(r.rearrange(SWAP1));
            r.rearrange(FIRSTS).intoArray(out, i, FOUR);
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
                FloatVector u = FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE);
                VectorMask<Float> less = x.compare(VectorOperators.LT, u);
                a0 = a0.add(u.blend(x, less));
                b0 = b0.add(x.blend(u, less));
                FloatVector y = FloatVector.fromArray(S, query, j + 16);
                FloatVector v = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE);
                VectorMask<Float> fewer = y.compare(VectorOperators.LT, v);
                a1 = a1.add(v.blend(y, fewer));
                b1 = b1.add(y.blend(v, fewer));
            }
            FloatVector a = a0.add(a1);
            FloatVector b = b0.add(b1);
            FloatVector r = a.blend(b, HIGH8).add(b.blend(a, HIGH8).rearrange(SWAP8));
            r = r.add(r.rearrange(SWAP4));
            r = r.add(r.rearrange(SWAP2));
            r = r.add(r.rearrange(SWAP1));
            minima[i] = r.lane(0);
            maxima[i] = r.lane(8);
        }
        jaccardTail(rows, query, n, slots, count, minima, maxima);
    }

    @Override
    float dot(float[] a, float[] b, int n) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        int whole = n & -32;
        for (int j = 0; j < whole; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, a, j).mul(FloatVector.fromArray(S, b, j)));
            s1 = s1.add(FloatVector.fromArray(S, a, j + 16).mul(FloatVector.fromArray(S, b, j + 16)));
        }
        float sum = fold(s0.add(s1));
        for (int j = whole; j < n; j++) {
            sum += a[j] * b[j];
        }
        return sum;
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
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        for (int j = 0; j < n; j += 32) {
            FloatVector x = FloatVector.fromArray(S, v, j).abs();
            s0 = s0.add(z.blend(x, x.compare(VectorOperators.GT, threshold)));
            FloatVector y = FloatVector.fromArray(S, v, j + 16).abs();
            s1 = s1.add(z.blend(y, y.compare(VectorOperators.GT, threshold)));
        }
        return fold(s0.add(s1));
    }

    /** The tree within the sum of both registers, once per sum over arrays. */
    private static float fold(FloatVector v) {
        FloatVector r = v.add(v.rearrange(SWAP8));
        r = r.add(r.rearrange(SWAP4));
        r = r.add(r.rearrange(SWAP2));
        r = r.add(r.rearrange(SWAP1));
        return r.lane(0);
    }
}
