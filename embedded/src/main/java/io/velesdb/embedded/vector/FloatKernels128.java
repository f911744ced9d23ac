package io.velesdb.embedded.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** 32 lanes in eight registers of four, one row at a time. */
final class FloatKernels128 extends FloatKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2);
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1);

    @Override
    void dot(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        int whole = n & -32;
        for (int i = 0; i < count; i++) {
            long p = 4L * n * slots[i];
            FloatVector z = FloatVector.zero(S);
            FloatVector s0 = z;
            FloatVector s1 = z;
            FloatVector s2 = z;
            FloatVector s3 = z;
            FloatVector s4 = z;
            FloatVector s5 = z;
            FloatVector s6 = z;
            FloatVector s7 = z;
            for (int j = 0; j < whole; j += 32) {
                s0 = s0.add(
                        FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE).mul(FloatVector.fromArray(S, query, j)));
                s1 = s1.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 16, LE)
                        .mul(FloatVector.fromArray(S, query, j + 4)));
                s2 = s2.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE)
                        .mul(FloatVector.fromArray(S, query, j + 8)));
                s3 = s3.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 48, LE)
                        .mul(FloatVector.fromArray(S, query, j + 12)));
                s4 = s4.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE)
                        .mul(FloatVector.fromArray(S, query, j + 16)));
                s5 = s5.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 80, LE)
                        .mul(FloatVector.fromArray(S, query, j + 20)));
                s6 = s6.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE)
                        .mul(FloatVector.fromArray(S, query, j + 24)));
                s7 = s7.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 112, LE)
                        .mul(FloatVector.fromArray(S, query, j + 28)));
            }
            out[i] = fold(s0, s1, s2, s3, s4, s5, s6, s7);
        }
        dotTail(rows, query, n, slots, count, out);
    }

    @Override
    void squaredDistance(MemorySegment rows, float[] query, int n, int[] slots, int count, float[] out) {
        int whole = n & -32;
        for (int i = 0; i < count; i++) {
            long p = 4L * n * slots[i];
            FloatVector z = FloatVector.zero(S);
            FloatVector s0 = z;
            FloatVector s1 = z;
            FloatVector s2 = z;
            FloatVector s3 = z;
            FloatVector s4 = z;
            FloatVector s5 = z;
            FloatVector s6 = z;
            FloatVector s7 = z;
            for (int j = 0; j < whole; j += 32) {
                FloatVector d0 =
                        FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE).sub(FloatVector.fromArray(S, query, j));
                s0 = s0.add(d0.mul(d0));
                FloatVector d1 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 16, LE)
                        .sub(FloatVector.fromArray(S, query, j + 4));
                s1 = s1.add(d1.mul(d1));
                FloatVector d2 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE)
                        .sub(FloatVector.fromArray(S, query, j + 8));
                s2 = s2.add(d2.mul(d2));
                FloatVector d3 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 48, LE)
                        .sub(FloatVector.fromArray(S, query, j + 12));
                s3 = s3.add(d3.mul(d3));
                FloatVector d4 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE)
                        .sub(FloatVector.fromArray(S, query, j + 16));
                s4 = s4.add(d4.mul(d4));
                FloatVector d5 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 80, LE)
                        .sub(FloatVector.fromArray(S, query, j + 20));
                s5 = s5.add(d5.mul(d5));
                FloatVector d6 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE)
                        .sub(FloatVector.fromArray(S, query, j + 24));
                s6 = s6.add(d6.mul(d6));
                FloatVector d7 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 112, LE)
                        .sub(FloatVector.fromArray(S, query, j + 28));
                s7 = s7.add(d7.mul(d7));
            }
            out[i] = fold(s0, s1, s2, s3, s4, s5, s6, s7);
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
        FloatVector s4 = z;
        FloatVector s5 = z;
        FloatVector s6 = z;
        FloatVector s7 = z;
        for (int j = 0; j < whole; j += 32) {
            FloatVector x0 = FloatVector.fromArray(S, query, j);
            FloatVector u0 = FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE);
            s0 = s0.add(u0.blend(x0, x0.compare(VectorOperators.LT, u0)));
            FloatVector x1 = FloatVector.fromArray(S, query, j + 4);
            FloatVector u1 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 16, LE);
            s1 = s1.add(u1.blend(x1, x1.compare(VectorOperators.LT, u1)));
            FloatVector x2 = FloatVector.fromArray(S, query, j + 8);
            FloatVector u2 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE);
            s2 = s2.add(u2.blend(x2, x2.compare(VectorOperators.LT, u2)));
            FloatVector x3 = FloatVector.fromArray(S, query, j + 12);
            FloatVector u3 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 48, LE);
            s3 = s3.add(u3.blend(x3, x3.compare(VectorOperators.LT, u3)));
            FloatVector x4 = FloatVector.fromArray(S, query, j + 16);
            FloatVector u4 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE);
            s4 = s4.add(u4.blend(x4, x4.compare(VectorOperators.LT, u4)));
            FloatVector x5 = FloatVector.fromArray(S, query, j + 20);
            FloatVector u5 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 80, LE);
            s5 = s5.add(u5.blend(x5, x5.compare(VectorOperators.LT, u5)));
            FloatVector x6 = FloatVector.fromArray(S, query, j + 24);
            FloatVector u6 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE);
            s6 = s6.add(u6.blend(x6, x6.compare(VectorOperators.LT, u6)));
            FloatVector x7 = FloatVector.fromArray(S, query, j + 28);
            FloatVector u7 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 112, LE);
            s7 = s7.add(u7.blend(x7, x7.compare(VectorOperators.LT, u7)));
        }
        return fold(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    private static float sumOfMaxima(MemorySegment rows, long p, float[] query, int whole) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        FloatVector s4 = z;
        FloatVector s5 = z;
        FloatVector s6 = z;
        FloatVector s7 = z;
        for (int j = 0; j < whole; j += 32) {
            FloatVector x0 = FloatVector.fromArray(S, query, j);
            FloatVector u0 = FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE);
            s0 = s0.add(x0.blend(u0, x0.compare(VectorOperators.LT, u0)));
            FloatVector x1 = FloatVector.fromArray(S, query, j + 4);
            FloatVector u1 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 16, LE);
            s1 = s1.add(x1.blend(u1, x1.compare(VectorOperators.LT, u1)));
            FloatVector x2 = FloatVector.fromArray(S, query, j + 8);
            FloatVector u2 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE);
            s2 = s2.add(x2.blend(u2, x2.compare(VectorOperators.LT, u2)));
            FloatVector x3 = FloatVector.fromArray(S, query, j + 12);
            FloatVector u3 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 48, LE);
            s3 = s3.add(x3.blend(u3, x3.compare(VectorOperators.LT, u3)));
            FloatVector x4 = FloatVector.fromArray(S, query, j + 16);
            FloatVector u4 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE);
            s4 = s4.add(x4.blend(u4, x4.compare(VectorOperators.LT, u4)));
            FloatVector x5 = FloatVector.fromArray(S, query, j + 20);
            FloatVector u5 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 80, LE);
            s5 = s5.add(x5.blend(u5, x5.compare(VectorOperators.LT, u5)));
            FloatVector x6 = FloatVector.fromArray(S, query, j + 24);
            FloatVector u6 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE);
            s6 = s6.add(x6.blend(u6, x6.compare(VectorOperators.LT, u6)));
            FloatVector x7 = FloatVector.fromArray(S, query, j + 28);
            FloatVector u7 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 112, LE);
            s7 = s7.add(x7.blend(u7, x7.compare(VectorOperators.LT, u7)));
        }
        return fold(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    @Override
    float dot(float[] a, float[] b, int n) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        FloatVector s4 = z;
        FloatVector s5 = z;
        FloatVector s6 = z;
        FloatVector s7 = z;
        int whole = n & -32;
        for (int j = 0; j < whole; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, a, j).mul(FloatVector.fromArray(S, b, j)));
            s1 = s1.add(FloatVector.fromArray(S, a, j + 4).mul(FloatVector.fromArray(S, b, j + 4)));
            s2 = s2.add(FloatVector.fromArray(S, a, j + 8).mul(FloatVector.fromArray(S, b, j + 8)));
            s3 = s3.add(FloatVector.fromArray(S, a, j + 12).mul(FloatVector.fromArray(S, b, j + 12)));
            s4 = s4.add(FloatVector.fromArray(S, a, j + 16).mul(FloatVector.fromArray(S, b, j + 16)));
            s5 = s5.add(FloatVector.fromArray(S, a, j + 20).mul(FloatVector.fromArray(S, b, j + 20)));
            s6 = s6.add(FloatVector.fromArray(S, a, j + 24).mul(FloatVector.fromArray(S, b, j + 24)));
            s7 = s7.add(FloatVector.fromArray(S, a, j + 28).mul(FloatVector.fromArray(S, b, j + 28)));
        }
        float sum = fold(s0, s1, s2, s3, s4, s5, s6, s7);
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
        FloatVector s4 = z;
        FloatVector s5 = z;
        FloatVector s6 = z;
        FloatVector s7 = z;
        for (int j = 0; j < n; j += 32) {
            s0 = s0.add(FloatVector.fromArray(S, v, j));
            s1 = s1.add(FloatVector.fromArray(S, v, j + 4));
            s2 = s2.add(FloatVector.fromArray(S, v, j + 8));
            s3 = s3.add(FloatVector.fromArray(S, v, j + 12));
            s4 = s4.add(FloatVector.fromArray(S, v, j + 16));
            s5 = s5.add(FloatVector.fromArray(S, v, j + 20));
            s6 = s6.add(FloatVector.fromArray(S, v, j + 24));
            s7 = s7.add(FloatVector.fromArray(S, v, j + 28));
        }
        return fold(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    @Override
    float sumOfMagnitudesAbove(float threshold, float[] v, int n) {
        FloatVector z = FloatVector.zero(S);
        FloatVector s0 = z;
        FloatVector s1 = z;
        FloatVector s2 = z;
        FloatVector s3 = z;
        FloatVector s4 = z;
        FloatVector s5 = z;
        FloatVector s6 = z;
        FloatVector s7 = z;
        for (int j = 0; j < n; j += 32) {
            FloatVector x0 = FloatVector.fromArray(S, v, j).abs();
            s0 = s0.add(z.blend(x0, x0.compare(VectorOperators.GT, threshold)));
            FloatVector x1 = FloatVector.fromArray(S, v, j + 4).abs();
            s1 = s1.add(z.blend(x1, x1.compare(VectorOperators.GT, threshold)));
            FloatVector x2 = FloatVector.fromArray(S, v, j + 8).abs();
            s2 = s2.add(z.blend(x2, x2.compare(VectorOperators.GT, threshold)));
            FloatVector x3 = FloatVector.fromArray(S, v, j + 12).abs();
            s3 = s3.add(z.blend(x3, x3.compare(VectorOperators.GT, threshold)));
            FloatVector x4 = FloatVector.fromArray(S, v, j + 16).abs();
            s4 = s4.add(z.blend(x4, x4.compare(VectorOperators.GT, threshold)));
            FloatVector x5 = FloatVector.fromArray(S, v, j + 20).abs();
            s5 = s5.add(z.blend(x5, x5.compare(VectorOperators.GT, threshold)));
            FloatVector x6 = FloatVector.fromArray(S, v, j + 24).abs();
            s6 = s6.add(z.blend(x6, x6.compare(VectorOperators.GT, threshold)));
            FloatVector x7 = FloatVector.fromArray(S, v, j + 28).abs();
            s7 = s7.add(z.blend(x7, x7.compare(VectorOperators.GT, threshold)));
        }
        return fold(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /** The tree of additions: whole registers first, then the halves of one. */
    private static float fold(
            FloatVector v0,
            FloatVector v1,
            FloatVector v2,
            FloatVector v3,
            FloatVector v4,
            FloatVector v5,
            FloatVector v6,
            FloatVector v7) {
        FloatVector r = v0.add(v4).add(v2.add(v6)).add(v1.add(v5).add(v3.add(v7)));
        r = r.add(r.rearrange(SWAP2));
        r = r.add(r.rearrange(SWAP1));
        return r.lane(0);
    }
}
