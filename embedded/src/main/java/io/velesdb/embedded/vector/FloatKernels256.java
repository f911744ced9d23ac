package io.velesdb.embedded.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** 32 lanes in four registers of eight, one row at a time. */
final class FloatKernels256 extends FloatKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ 4);
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
            for (int j = 0; j < whole; j += 32) {
                s0 = s0.add(
                        FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE).mul(FloatVector.fromArray(S, query, j)));
                s1 = s1.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE)
                        .mul(FloatVector.fromArray(S, query, j + 8)));
                s2 = s2.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE)
                        .mul(FloatVector.fromArray(S, query, j + 16)));
                s3 = s3.add(FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE)
                        .mul(FloatVector.fromArray(S, query, j + 24)));
            }
            out[i] = fold(s0, s1, s2, s3);
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
            for (int j = 0; j < whole; j += 32) {
                FloatVector d0 =
                        FloatVector.fromMemorySegment(S, rows, p + 4L * j, LE).sub(FloatVector.fromArray(S, query, j));
                s0 = s0.add(d0.mul(d0));
                FloatVector d1 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 32, LE)
                        .sub(FloatVector.fromArray(S, query, j + 8));
                s1 = s1.add(d1.mul(d1));
                FloatVector d2 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 64, LE)
                        .sub(FloatVector.fromArray(S, query, j + 16));
                s2 = s2.add(d2.mul(d2));
                FloatVector d3 = FloatVector.fromMemorySegment(S, rows, p + 4L * j + 96, LE)
                        .sub(FloatVector.fromArray(S, query, j + 24));
                s3 = s3.add(d3.mul(d3));
            }
            out[i] = fold(s0, s1, s2, s3);
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
