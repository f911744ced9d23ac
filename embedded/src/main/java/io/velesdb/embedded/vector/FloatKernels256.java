package io.velesdb.embedded.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * 32 lanes in four registers of eight. Inner products and distances take two rows per pass, which hide each other's latency
 * and share the loads of the query; {@code a.blend(b, HIGH4).add(b.blend(a, HIGH4).rearrange(SWAP4))} adds the halves of a
 * and of b, and leaves a's in the low lanes and b's in the high ones. No helper methods around the loops, for the reason that
 * {@link FloatKernels512} gives.
 */
final class FloatKernels256 extends FloatKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final VectorMask<Float> HIGH4 = VectorMask.fromLong(S, 0xF0);
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ 4);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2);
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1);

    @Override
    void dot(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        if (count == 0) {
            return;
        }
        pad(slots, count);
        int whole = n & -32;
        long size = 4L * n;
        for (int i = 0; i < count; i += 2) {
            long pa = slots[i] * size;
            long pb = slots[i + 1] * size;
            FloatVector z = FloatVector.zero(S);
            FloatVector a0 = z;
            FloatVector a1 = z;
            FloatVector a2 = z;
            FloatVector a3 = z;
            FloatVector b0 = z;
            FloatVector b1 = z;
            FloatVector b2 = z;
            FloatVector b3 = z;
            for (int j = 0; j < whole; j += 32) {
                long o = 4L * j;
                FloatVector x = FloatVector.fromArray(S, query, j);
                a0 = a0.add(FloatVector.fromMemorySegment(S, rows, pa + o, LE).mul(x));
                b0 = b0.add(FloatVector.fromMemorySegment(S, rows, pb + o, LE).mul(x));
                FloatVector y = FloatVector.fromArray(S, query, j + 8);
                a1 = a1.add(
                        FloatVector.fromMemorySegment(S, rows, pa + o + 32, LE).mul(y));
                b1 = b1.add(
                        FloatVector.fromMemorySegment(S, rows, pb + o + 32, LE).mul(y));
                FloatVector v = FloatVector.fromArray(S, query, j + 16);
                a2 = a2.add(
                        FloatVector.fromMemorySegment(S, rows, pa + o + 64, LE).mul(v));
                b2 = b2.add(
                        FloatVector.fromMemorySegment(S, rows, pb + o + 64, LE).mul(v));
                FloatVector w = FloatVector.fromArray(S, query, j + 24);
                a3 = a3.add(
                        FloatVector.fromMemorySegment(S, rows, pa + o + 96, LE).mul(w));
                b3 = b3.add(
                        FloatVector.fromMemorySegment(S, rows, pb + o + 96, LE).mul(w));
            }
            FloatVector a = a0.add(a2).add(a1.add(a3));
            FloatVector b = b0.add(b2).add(b1.add(b3));
            FloatVector r = a.blend(b, HIGH4).add(b.blend(a, HIGH4).rearrange(SWAP4));
            r = r.add(r.rearrange(SWAP2));
            r = r.add(r.rearrange(SWAP1));
            out[i] = r.lane(0);
            out[i + 1] = r.lane(4);
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
        for (int i = 0; i < count; i += 2) {
            long pa = slots[i] * size;
            long pb = slots[i + 1] * size;
            FloatVector z = FloatVector.zero(S);
            FloatVector a0 = z;
            FloatVector a1 = z;
            FloatVector a2 = z;
            FloatVector a3 = z;
            FloatVector b0 = z;
            FloatVector b1 = z;
            FloatVector b2 = z;
            FloatVector b3 = z;
            for (int j = 0; j < whole; j += 32) {
                long o = 4L * j;
                FloatVector x = FloatVector.fromArray(S, query, j);
                FloatVector da0 =
                        FloatVector.fromMemorySegment(S, rows, pa + o, LE).sub(x);
                a0 = a0.add(da0.mul(da0));
                FloatVector db0 =
                        FloatVector.fromMemorySegment(S, rows, pb + o, LE).sub(x);
                b0 = b0.add(db0.mul(db0));
                FloatVector y = FloatVector.fromArray(S, query, j + 8);
                FloatVector da1 =
                        FloatVector.fromMemorySegment(S, rows, pa + o + 32, LE).sub(y);
                a1 = a1.add(da1.mul(da1));
                FloatVector db1 =
                        FloatVector.fromMemorySegment(S, rows, pb + o + 32, LE).sub(y);
                b1 = b1.add(db1.mul(db1));
                FloatVector v = FloatVector.fromArray(S, query, j + 16);
                FloatVector da2 =
                        FloatVector.fromMemorySegment(S, rows, pa + o + 64, LE).sub(v);
                a2 = a2.add(da2.mul(da2));
                FloatVector db2 =
                        FloatVector.fromMemorySegment(S, rows, pb + o + 64, LE).sub(v);
                b2 = b2.add(db2.mul(db2));
                FloatVector w = FloatVector.fromArray(S, query, j + 24);
                FloatVector da3 =
                        FloatVector.fromMemorySegment(S, rows, pa + o + 96, LE).sub(w);
                a3 = a3.add(da3.mul(da3));
                FloatVector db3 =
                        FloatVector.fromMemorySegment(S, rows, pb + o + 96, LE).sub(w);
                b3 = b3.add(db3.mul(db3));
            }
            FloatVector a = a0.add(a2).add(a1.add(a3));
            FloatVector b = b0.add(b2).add(b1.add(b3));
            FloatVector r = a.blend(b, HIGH4).add(b.blend(a, HIGH4).rearrange(SWAP4));
            r = r.add(r.rearrange(SWAP2));
            r = r.add(r.rearrange(SWAP1));
            out[i] = r.lane(0);
            out[i + 1] = r.lane(4);
        }
        squaredDistanceTail(rows, query, n, slots, count, out);
    }

    @Override
    void jaccard(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] minima, float[] maxima) {
        for (int i = 0; i < count; i++) {
            minima[i] = sumOfMinima(rows, 4L * n * slots[i], query, n & -32);
            maxima[i] = sumOfMaxima(rows, 4L * n * slots[i], query, n & -32);
        }
        jaccardTail(rows, query, n, slots, count, minima, maxima);
    }

    private static float sumOfMinima(MemorySegment rows, long p, float[] query, int whole) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        for (int j = 0; j < whole; j += 32) {
            FloatVector x0 = FloatVector.fromArray(S, query, j);
            FloatVector u0 = FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE);
            s0 = s0.add(u0.blend(x0, x0.compare(VectorOperators.LT, u0)));
            FloatVector x1 = FloatVector.fromArray(S, query, j + 8);
            FloatVector u1 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE);
            s1 = s1.add(u1.blend(x1, x1.compare(VectorOperators.LT, u1)));
            FloatVector x2 = FloatVector.fromArray(S, query, j + 16);
            FloatVector u2 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE);
            s2 = s2.add(u2.blend(x2, x2.compare(VectorOperators.LT, u2)));
            FloatVector x3 = FloatVector.fromArray(S, query, j + 24);
            FloatVector u3 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE);
            s3 = s3.add(u3.blend(x3, x3.compare(VectorOperators.LT, u3)));
        }
        return fold(s0, s1, s2, s3);
    }

    private static float sumOfMaxima(MemorySegment rows, long p, float[] query, int whole) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        for (int j = 0; j < whole; j += 32) {
            FloatVector x0 = FloatVector.fromArray(S, query, j);
            FloatVector u0 = FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE);
            s0 = s0.add(x0.blend(u0, x0.compare(VectorOperators.LT, u0)));
            FloatVector x1 = FloatVector.fromArray(S, query, j + 8);
            FloatVector u1 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE);
            s1 = s1.add(x1.blend(u1, x1.compare(VectorOperators.LT, u1)));
            FloatVector x2 = FloatVector.fromArray(S, query, j + 16);
            FloatVector u2 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE);
            s2 = s2.add(x2.blend(u2, x2.compare(VectorOperators.LT, u2)));
            FloatVector x3 = FloatVector.fromArray(S, query, j + 24);
            FloatVector u3 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE);
            s3 = s3.add(x3.blend(u3, x3.compare(VectorOperators.LT, u3)));
        }
        return fold(s0, s1, s2, s3);
    }

    @Override
    float dot(float[] a, float[] b, int n) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        int whole = n & -32;
        for (int j = 0; j < whole; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, a, j).mul(FloatVector.fromArray(S, b, j)));
            s1 = s1.add(FloatVector.fromArray(S, a, j + 8).mul(FloatVector.fromArray(S, b, j + 8)));
            s2 = s2.add(FloatVector.fromArray(S, a, j + 16).mul(FloatVector.fromArray(S, b, j + 16)));
            s3 = s3.add(FloatVector.fromArray(S, a, j + 24).mul(FloatVector.fromArray(S, b, j + 24)));
        }
        float sum = fold(s0, s1, s2, s3);
        for (int j = whole; j < n; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    @Override
    float sum(float[] v, int n) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        for (int j = 0; j < n; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, v, j));
            s1 = s1.add(FloatVector.fromArray(S, v, j + 8));
            s2 = s2.add(FloatVector.fromArray(S, v, j + 16));
            s3 = s3.add(FloatVector.fromArray(S, v, j + 24));
        }
        return fold(s0, s1, s2, s3);
    }

    @Override
    float sumOfMagnitudesAbove(float threshold, float[] v, int n) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        for (int j = 0; j < n; j += 32) {
            FloatVector x0 = FloatVector.fromArray(S, v, j).abs();
            s0 = s0.add(z.blend(x0, x0.compare(VectorOperators.GT, threshold)));
            FloatVector x1 = FloatVector.fromArray(S, v, j + 8).abs();
            s1 = s1.add(z.blend(x1, x1.compare(VectorOperators.GT, threshold)));
            FloatVector x2 = FloatVector.fromArray(S, v, j + 16).abs();
            s2 = s2.add(z.blend(x2, x2.compare(VectorOperators.GT, threshold)));
            FloatVector x3 = FloatVector.fromArray(S, v, j + 24).abs();
            s3 = s3.add(z.blend(x3, x3.compare(VectorOperators.GT, threshold)));
        }
        return fold(s0, s1, s2, s3);
    }

    /** The tree of additions: whole registers first, then the halves of one. */
    private static float fold(FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3) {
        FloatVector r = v0.add(v2).add(v1.add(v3));
        r = r.add(r.rearrange(SWAP4));
        r = r.add(r.rearrange(SWAP2));
        r = r.add(r.rearrange(SWAP1));
        return r.lane(0);
    }
}
