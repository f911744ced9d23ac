package io.velesdb.embedded.vector;

import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Rotation;
import io.velesdb.vector.TwoBitQuantizer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** The steps of {@link TwoBitQuantizer} on registers of any width, with the same bits. */
final class SimdQuantizer extends TwoBitQuantizer {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final VectorShuffle<Float> SWAP1 = swap(1);
    private static final VectorShuffle<Float> SWAP2 = swap(2);
    private static final VectorShuffle<Float> SWAP4 = swap(4);
    private static final VectorShuffle<Float> SWAP8 = swap(8);
    private static final FloatVector SIGN1 = signs(1);
    private static final FloatVector SIGN2 = signs(2);
    private static final FloatVector SIGN4 = signs(4);
    private static final FloatVector SIGN8 = signs(8);

    SimdQuantizer(Reduction reduction, @Nullable Rotation rotation) {
        super(reduction, rotation);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(S, i -> (i ^ distance) & LANES - 1);
    }

    private static FloatVector signs(int distance) {
        float[] signs = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            signs[i] = (i & distance) != 0 ? -1f : 1f;
        }
        return FloatVector.fromArray(S, signs, 0);
    }

    @Override
    protected void rotate(float[] v) {
        Rotation rotation = this.rotation;
        if (rotation == null || rotation.power() < LANES) {
            super.rotate(v);
            return;
        }
        int length = rotation.length();
        int power = rotation.power();
        float[] factors = rotation.factors();
        for (int r = 0; r < Rotation.ROUNDS; r++) {
            multiply(v, factors, r * length, length);
            hadamard(v, 0, power, 1f);
            if (power < length) {
                hadamard(v, length - power, power, rotation.scale());
            }
        }
    }

    private static void multiply(float[] v, float[] factors, int at, int length) {
        int j = 0;
        for (; j <= length - LANES; j += LANES) {
            FloatVector.fromArray(S, v, j)
                    .mul(FloatVector.fromArray(S, factors, at + j))
                    .intoArray(v, j);
        }
        for (; j < length; j++) {
            v[j] *= factors[at + j];
        }
    }

    /** Scales, then transforms: the steps inside a register first, then register by register. */
    private static void hadamard(float[] v, int from, int count, float scale) {
        for (int j = from; j < from + count; j += LANES) {
            FloatVector x = FloatVector.fromArray(S, v, j).mul(scale);
            x = x.mul(SIGN1).add(x.rearrange(SWAP1));
            x = x.mul(SIGN2).add(x.rearrange(SWAP2));
            if (LANES > 4) {
                x = x.mul(SIGN4).add(x.rearrange(SWAP4));
            }
            if (LANES > 8) {
                x = x.mul(SIGN8).add(x.rearrange(SWAP8));
            }
            x.intoArray(v, j);
        }
        int h = LANES;
        for (; 2 * h < count; h <<= 2) {
            for (int a = from; a < from + count; a += 4 * h) {
                twoSteps(v, a, h);
            }
        }
        if (h < count) {
            step(v, from, h);
        }
    }

    /** The steps over h and over 2h at once: half the loads and stores of one after the other, the same sums. */
    private static void twoSteps(float[] v, int a, int h) {
        for (int j = a; j < a + h; j += LANES) {
            FloatVector w = FloatVector.fromArray(S, v, j);
            FloatVector x = FloatVector.fromArray(S, v, j + h);
            FloatVector y = FloatVector.fromArray(S, v, j + 2 * h);
            FloatVector z = FloatVector.fromArray(S, v, j + 3 * h);
            FloatVector p = w.add(x);
            FloatVector q = w.sub(x);
            FloatVector r = y.add(z);
            FloatVector s = y.sub(z);
            p.add(r).intoArray(v, j);
            q.add(s).intoArray(v, j + h);
            p.sub(r).intoArray(v, j + 2 * h);
            q.sub(s).intoArray(v, j + 3 * h);
        }
    }

    private static void step(float[] v, int a, int h) {
        for (int j = a; j < a + h; j += LANES) {
            FloatVector x = FloatVector.fromArray(S, v, j);
            FloatVector y = FloatVector.fromArray(S, v, j + h);
            x.add(y).intoArray(v, j);
            x.sub(y).intoArray(v, j + h);
        }
    }

    @Override
    protected void centre(float[] from, int offset, float factor, float[] point) {
        float[] centre = reduction().centre();
        int n = dimension();
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            FloatVector.fromArray(S, from, offset + j)
                    .mul(factor)
                    .sub(FloatVector.fromArray(S, centre, j))
                    .intoArray(point, j);
        }
        for (; j < n; j++) {
            point[j] = from[offset + j] * factor - centre[j];
        }
    }

    @Override
    protected void quantiseRow(QueryCode scratch, float correction, long[] row) {
        FloatKernels kernels = FloatKernels.BEST;
        float[] p = scratch.point;
        int n = p.length;
        float squared = kernels.dot(p, p, n);
        float magnitudes = kernels.sumOfMagnitudesAbove(0f, p, n);
        float deviation = (float) Math.sqrt(squared / layout.bits());
        float best = -1f;
        float threshold = 0f;
        float bestDot = 0f;
        for (float candidate : THRESHOLDS) {
            float t = candidate * deviation;
            float dot = rowDot(magnitudes, kernels.sumOfMagnitudesAbove(t, p, n));
            float direction = direction(dot, countAbove(t, p, n));
            if (direction > best) {
                best = direction;
                threshold = t;
                bestDot = dot;
            }
        }
        int sum = 0;
        for (int w = 0; w < layout.words(); w++) {
            long valid = valid(w);
            long positive = positive(p, w * 64);
            long large = above(threshold, p, w * 64);
            long high = positive & valid;
            // the inner value of a positive component is 2, of a negative one 1; the outer ones 3 and 0
            long low = ~(positive ^ large) & valid;
            sum += 2 * Long.bitCount(high) + Long.bitCount(low);
            row[w] = high;
            row[layout.low() + w] = low;
        }
        writeFactors(row, squared, magnitudes, bestDot, sum, correction);
    }

    /** The bits of a word that stand for a component. */
    private long valid(int word) {
        int rest = layout.bits() - word * 64;
        return rest >= 64 ? -1L : (1L << rest) - 1;
    }

    private static int countAbove(float t, float[] p, int n) {
        int count = 0;
        for (int j = 0; j < n; j += LANES) {
            count += FloatVector.fromArray(S, p, j)
                    .abs()
                    .compare(VectorOperators.GT, t)
                    .trueCount();
        }
        return count;
    }

    private static long positive(float[] p, int at) {
        long bits = 0;
        for (int k = 0; k < 64; k += LANES) {
            bits |= FloatVector.fromArray(S, p, at + k)
                            .compare(VectorOperators.GT, 0f)
                            .toLong()
                    << k;
        }
        return bits;
    }

    private static long above(float t, float[] p, int at) {
        long bits = 0;
        for (int k = 0; k < 64; k += LANES) {
            bits |= FloatVector.fromArray(S, p, at + k)
                            .abs()
                            .compare(VectorOperators.GT, t)
                            .toLong()
                    << k;
        }
        return bits;
    }

    @Override
    protected void quantiseQuery(QueryCode query) {
        FloatKernels kernels = FloatKernels.BEST;
        float[] p = query.point;
        int n = p.length;
        FloatVector most = FloatVector.zero(S);
        for (int j = 0; j < n; j += LANES) {
            most = most.max(FloatVector.fromArray(S, p, j).abs());
        }
        float largest = most.reduceLanes(VectorOperators.MAX);
        finishQuery(query, largest, kernels.sum(p, n), kernels.dot(p, p, n));
        float inverse = inverseStep(largest);
        int words = layout.words();
        long[] planes = query.planes;
        for (int w = 0; w < words; w++) {
            plane(p, w, largest, inverse, valid(w), planes, words);
        }
    }

    private static void plane(float[] p, int w, float largest, float inverse, long valid, long[] planes, int words) {
        long p0 = 0;
        long p1 = 0;
        long p2 = 0;
        long p3 = 0;
        for (int k = 0; k < 64; k += LANES) {
            IntVector v = FloatVector.fromArray(S, p, w * 64 + k)
                    .add(largest)
                    .mul(inverse)
                    .add(ROUNDER)
                    .reinterpretAsInts();
            p0 |= bit(v, 31) << k;
            p1 |= bit(v, 30) << k;
            p2 |= bit(v, 29) << k;
            p3 |= bit(v, 28) << k;
        }
        planes[w] = p0 & valid;
        planes[words + w] = p1 & valid;
        planes[2 * words + w] = p2 & valid;
        planes[3 * words + w] = p3 & valid;
    }

    /** One bit of each lane: moved to the sign, then compared. */
    private static long bit(IntVector v, int shift) {
        VectorMask<Integer> set = v.lanewise(VectorOperators.LSHL, shift).compare(VectorOperators.LT, 0);
        return set.toLong();
    }
}
