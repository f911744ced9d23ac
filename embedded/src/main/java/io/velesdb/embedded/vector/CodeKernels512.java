package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Estimates from one cache line of code per register. The loop bodies are as small as they are on purpose: unrolled by
 * hand over four rows, the same code ran 25 times slower, as the compiler gave up inlining and boxed every vector.
 */
final class CodeKernels512 {
    private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final int LINE = 8;

    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final IntVector IOTA = IntVector.broadcast(I, 0).addIndex(1);

    private CodeKernels512() {}

    /** {@link io.velesdb.vector.Scorer#list}, a quarter of a word at a time. */
    static int list(long word, int first, int[] slots, int n) {
        int at = n;
        for (int bit = 0; bit < Long.SIZE; bit += 16) {
            long part = word >>> bit & 0xFFFF;
            IOTA.add(first + bit).compress(VectorMask.fromLong(I, part)).intoArray(slots, at);
            at += Long.bitCount(part);
        }
        return at;
    }

    /** Up to 192 dimensions: high bits, factors and low bits in one line. */
    static final class OneLine extends CodeKernel.Prepared {
        private final LongVector weights;

        OneLine(CodeLayout layout) {
            super(layout, 1);
            long[] shifts = new long[LINE];
            for (int w = 0; w < layout.words(); w++) {
                shifts[w] = 1;
            }
            weights = LongVector.fromArray(L, shifts, 0);
        }

        @Override
        void arrange(long[] from) {
            int words = layout.words();
            for (int k = 0; k < QueryCode.PLANES; k++) {
                for (int w = 0; w < words; w++) {
                    planes[k * LINE + w] = from[k * words + w];
                    planes[k * LINE + layout.low() + w] = from[k * words + w];
                }
            }
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            touched = CacheLines.touch(codes, slots, count, size);
            LongVector q0 = LongVector.fromArray(L, planes, 0);
            LongVector q1 = LongVector.fromArray(L, planes, LINE);
            LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
            LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
            LongVector shifts = weights;
            float step = this.step;
            float all = 1.5f * sum;
            float low = this.low;
            float half = this.half;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                LongVector v = LongVector.fromMemorySegment(L, codes, at, LE);
                LongVector r = v.and(q3).lanewise(VectorOperators.BIT_COUNT);
                r = r.add(r).add(v.and(q2).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(q1).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(q0).lanewise(VectorOperators.BIT_COUNT));
                int s = (int) r.lanewise(VectorOperators.LSHL, shifts).reduceLanes(VectorOperators.ADD);
                out[i] = codes.get(FLOAT, at + aux)
                        + half
                        - (codes.get(FLOAT, at + f1) * (step * s - all) + codes.get(FLOAT, at + f2) * low);
            }
        }
    }

    /** 193 to 384 dimensions: a line of high bits and factors, a line of low bits. */
    static final class TwoLines extends CodeKernel.Prepared {
        TwoLines(CodeLayout layout) {
            super(layout, 1);
        }

        @Override
        void arrange(long[] from) {
            copyPlanes(from, layout.words(), planes, 1);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            touched = CacheLines.touchTwo(codes, slots, count, size);
            LongVector q0 = LongVector.fromArray(L, planes, 0);
            LongVector q1 = LongVector.fromArray(L, planes, LINE);
            LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
            LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
            float step = this.step;
            float all = 1.5f * sum;
            float low = this.low;
            float half = this.half;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * 128L;
                LongVector v = LongVector.fromMemorySegment(L, codes, at, LE);
                LongVector u = LongVector.fromMemorySegment(L, codes, at + 64, LE);
                LongVector r = v.and(q3).lanewise(VectorOperators.BIT_COUNT);
                LongVector t = u.and(q3).lanewise(VectorOperators.BIT_COUNT);
                r = r.add(r).add(v.and(q2).lanewise(VectorOperators.BIT_COUNT));
                t = t.add(t).add(u.and(q2).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(q1).lanewise(VectorOperators.BIT_COUNT));
                t = t.add(t).add(u.and(q1).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(q0).lanewise(VectorOperators.BIT_COUNT));
                t = t.add(t).add(u.and(q0).lanewise(VectorOperators.BIT_COUNT));
                int s = (int) r.add(r).add(t).reduceLanes(VectorOperators.ADD);
                out[i] = codes.get(FLOAT, at + aux)
                        + half
                        - (codes.get(FLOAT, at + f1) * (step * s - all) + codes.get(FLOAT, at + f2) * low);
            }
        }
    }

    /** More than 384 dimensions: several lines each of high and low bits. */
    static final class ManyLines extends CodeKernel.Prepared {
        private final int lines;
        private final long lowAt;

        ManyLines(CodeLayout layout) {
            super(layout, lines(layout));
            lines = lines(layout);
            lowAt = 8L * layout.low();
        }

        @Override
        void arrange(long[] from) {
            copyPlanes(from, layout.words(), planes, lines);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            float all = 1.5f * sum;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                int s = sum(codes, at, at + lowAt, planes, lines);
                out[i] = codes.get(FLOAT, at + aux)
                        + half
                        - (codes.get(FLOAT, at + f1) * (step * s - all) + codes.get(FLOAT, at + f2) * low);
            }
        }

        private static int sum(MemorySegment codes, long highAt, long lowAt, long[] planes, int lines) {
            LongVector total = LongVector.zero(L);
            for (int j = 0; j < lines; j++) {
                LongVector v = LongVector.fromMemorySegment(L, codes, highAt + 64L * j, LE);
                LongVector u = LongVector.fromMemorySegment(L, codes, lowAt + 64L * j, LE);
                int p = j * QueryCode.PLANES * LINE;
                LongVector q = LongVector.fromArray(L, planes, p + 3 * LINE);
                LongVector r = v.and(q).lanewise(VectorOperators.BIT_COUNT);
                LongVector t = u.and(q).lanewise(VectorOperators.BIT_COUNT);
                q = LongVector.fromArray(L, planes, p + 2 * LINE);
                r = r.add(r).add(v.and(q).lanewise(VectorOperators.BIT_COUNT));
                t = t.add(t).add(u.and(q).lanewise(VectorOperators.BIT_COUNT));
                q = LongVector.fromArray(L, planes, p + LINE);
                r = r.add(r).add(v.and(q).lanewise(VectorOperators.BIT_COUNT));
                t = t.add(t).add(u.and(q).lanewise(VectorOperators.BIT_COUNT));
                q = LongVector.fromArray(L, planes, p);
                r = r.add(r).add(v.and(q).lanewise(VectorOperators.BIT_COUNT));
                t = t.add(t).add(u.and(q).lanewise(VectorOperators.BIT_COUNT));
                total = total.add(r.add(r).add(t));
            }
            return (int) total.reduceLanes(VectorOperators.ADD);
        }
    }

    /** What the coarse kernels share: bits that differ are counted among the high bits alone. */
    private abstract static class Coarse extends CodeKernel.Prepared {
        final int counted;
        final int lines;
        final long[] masks;
        float most;

        Coarse(CodeLayout layout, int counted) {
            super(layout, lines(layout));
            this.counted = counted;
            lines = lines(layout);
            masks = new long[lines * LINE];
            Arrays.fill(masks, 0, layout.words(), -1L);
        }

        @Override
        void arrange(long[] from) {
            copyPlanes(from, layout.words(), planes, lines);
        }

        @Override
        void scale(QueryCode query) {
            step = query.coarseStep(counted);
            most = query.coarseMost(counted, layout.bits());
        }
    }

    /** The coarse estimate from all planes where the first line holds all high bits and the factors: up to 384 dimensions. */
    static final class CoarseLine extends Coarse {
        CoarseLine(CodeLayout layout) {
            super(layout, QueryCode.PLANES);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            touched = CacheLines.touch(codes, slots, count, size);
            LongVector q0 = LongVector.fromArray(L, planes, 0);
            LongVector q1 = LongVector.fromArray(L, planes, LINE);
            LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
            LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
            LongVector high = LongVector.fromArray(L, masks, 0);
            float step = this.step;
            float most = this.most;
            float half = this.half;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                LongVector v = LongVector.fromMemorySegment(L, codes, at, LE).and(high);
                LongVector r = v.lanewise(VectorOperators.XOR, q3).lanewise(VectorOperators.BIT_COUNT);
                r = r.add(r).add(v.lanewise(VectorOperators.XOR, q2).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.lanewise(VectorOperators.XOR, q1).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT));
                int s = (int) r.reduceLanes(VectorOperators.ADD);
                out[i] = codes.get(FLOAT, at + aux) + half - codes.get(FLOAT, at + g1) * (most - step * s);
            }
        }
    }

    /**
     * The same from the two heaviest planes, for scans. Three short loops instead of one: the first does so little for a row
     * that the lines of many rows are on their way at a time, the second adds up the lanes of four rows at once, the third
     * has sixteen estimates in a register.
     */
    static final class CoarsestLine extends Coarse {
        private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
        private static final int FLOATS = 16;

        /** Rows whose counts are added up in one register: each takes 16 bits of every lane. */
        private static final int ADDED = 4;

        private long[] lanes = {};
        private int[] sums = {};
        private float[] g1s = {};
        private float[] auxs = {};

        CoarsestLine(CodeLayout layout) {
            super(layout, 2);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            count(codes, slots, count);
            for (int i = 0; i < count; i++) {
                out[i] = auxs[i] + half - g1s[i] * (most - step * sums[i]);
            }
        }

        @Override
        int within(float bound, MemorySegment codes, int[] slots, int count, float[] out) {
            count(codes, slots, count);
            float step = this.step;
            float most = this.most;
            float half = this.half;
            int near = 0;
            for (int i = 0; i < count; i += FLOATS) {
                FloatVector sum = (FloatVector) IntVector.fromArray(I, sums, i).convert(VectorOperators.I2F, 0);
                FloatVector estimate = FloatVector.fromArray(F, auxs, i)
                        .add(half)
                        .sub(FloatVector.fromArray(F, g1s, i)
                                .mul(sum.mul(step).neg().add(most)));
                VectorMask<Integer> kept = estimate.compare(VectorOperators.GT, bound)
                        .not()
                        .cast(I)
                        .and(I.indexInRange(i, count));
                IntVector.fromArray(I, slots, i).compress(kept).intoArray(slots, near);
                near += kept.trueCount();
            }
            return near;
        }

        /** Counts the bits of each row, and takes its factors with them. */
        private void count(MemorySegment codes, int[] slots, int count) {
            int room = count + FLOATS;
            if (sums.length < room) {
                lanes = new long[room * LINE];
                sums = new int[room];
                g1s = new float[room];
                auxs = new float[room];
            }
            countLanes(codes, slots, count, lanes, g1s, auxs);
            addLanes(lanes, count, sums);
        }

        private void countLanes(MemorySegment codes, int[] slots, int count, long[] lanes, float[] g1s, float[] auxs) {
            LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
            LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
            LongVector high = LongVector.fromArray(L, masks, 0);
            long size = this.size;
            long g1 = this.g1;
            long aux = this.aux;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                LongVector v = LongVector.fromMemorySegment(L, codes, at, LE).and(high);
                LongVector r = v.lanewise(VectorOperators.XOR, q3).lanewise(VectorOperators.BIT_COUNT);
                r = r.add(r).add(v.lanewise(VectorOperators.XOR, q2).lanewise(VectorOperators.BIT_COUNT));
                r.intoArray(lanes, i * LINE);
                g1s[i] = codes.get(FLOAT, at + g1);
                auxs[i] = codes.get(FLOAT, at + aux);
            }
        }

        private static void addLanes(long[] lanes, int count, int[] sums) {
            for (int i = 0; i < count; i += ADDED) {
                int at = i * LINE;
                LongVector a = LongVector.fromArray(L, lanes, at)
                        .add(LongVector.fromArray(L, lanes, at + LINE).lanewise(VectorOperators.LSHL, 16));
                LongVector b = LongVector.fromArray(L, lanes, at + 2 * LINE)
                        .add(LongVector.fromArray(L, lanes, at + 3 * LINE).lanewise(VectorOperators.LSHL, 16));
                long four = a.add(b.lanewise(VectorOperators.LSHL, 32)).reduceLanes(VectorOperators.ADD);
                sums[i] = (int) (four & 0xFFFF);
                sums[i + 1] = (int) (four >>> 16 & 0xFFFF);
                sums[i + 2] = (int) (four >>> 32 & 0xFFFF);
                sums[i + 3] = (int) (four >>> 48);
            }
        }
    }

    /** The coarse estimate over several lines. */
    static final class CoarseLines extends Coarse {
        CoarseLines(CodeLayout layout, int counted) {
            super(layout, counted);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            int lightest = QueryCode.PLANES - counted;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                int s = sum(codes, at, planes, masks, lines, lightest);
                out[i] = codes.get(FLOAT, at + aux) + half - codes.get(FLOAT, at + g1) * (most - step * s);
            }
        }

        private static int sum(MemorySegment codes, long at, long[] planes, long[] masks, int lines, int lightest) {
            LongVector total = LongVector.zero(L);
            for (int j = 0; j < lines; j++) {
                LongVector v = LongVector.fromMemorySegment(L, codes, at + 64L * j, LE)
                        .and(LongVector.fromArray(L, masks, j * LINE));
                int p = j * QueryCode.PLANES * LINE;
                LongVector r = LongVector.zero(L);
                for (int k = QueryCode.PLANES - 1; k >= lightest; k--) {
                    LongVector q = LongVector.fromArray(L, planes, p + k * LINE);
                    r = r.add(r).add(v.lanewise(VectorOperators.XOR, q).lanewise(VectorOperators.BIT_COUNT));
                }
                total = total.add(r);
            }
            return (int) total.reduceLanes(VectorOperators.ADD);
        }
    }

    private static int lines(CodeLayout layout) {
        return (layout.words() + LINE - 1) / LINE;
    }

    /** Line j of plane k goes to {@code (j * PLANES + k) * LINE}. */
    private static void copyPlanes(long[] from, int words, long[] into, int lines) {
        for (int k = 0; k < QueryCode.PLANES; k++) {
            for (int j = 0; j < lines; j++) {
                System.arraycopy(
                        from,
                        k * words + j * LINE,
                        into,
                        (j * QueryCode.PLANES + k) * LINE,
                        Math.min(LINE, words - j * LINE));
            }
        }
    }
}
