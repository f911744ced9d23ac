package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
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

    private CodeKernels512() {}

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

    /** The coarse estimate where the first line holds all high bits and the factors: up to 384 dimensions. */
    static final class CoarseLine extends CodeKernel.Prepared {
        private final LongVector mask;

        CoarseLine(CodeLayout layout) {
            super(layout, 1);
            long[] high = new long[LINE];
            for (int w = 0; w < layout.words(); w++) {
                high[w] = -1L;
            }
            mask = LongVector.fromArray(L, high, 0);
        }

        @Override
        void arrange(long[] from) {
            copyPlanes(from, layout.words(), planes, 1);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            LongVector q0 = LongVector.fromArray(L, planes, 0);
            LongVector q1 = LongVector.fromArray(L, planes, LINE);
            LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
            LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
            LongVector high = mask;
            float step2 = 2f * step;
            float low2 = 2f * low;
            float sum = this.sum;
            float half = this.half;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                LongVector v = LongVector.fromMemorySegment(L, codes, at, LE);
                LongVector r = v.and(q3).lanewise(VectorOperators.BIT_COUNT);
                r = r.add(r).add(v.and(q2).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(q1).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(q0).lanewise(VectorOperators.BIT_COUNT));
                // both sums in one reduction: the weighted one above, the plain one below
                long both = r.lanewise(VectorOperators.LSHL, 32)
                        .add(v.and(high).lanewise(VectorOperators.BIT_COUNT))
                        .reduceLanes(VectorOperators.ADD);
                out[i] = codes.get(FLOAT, at + aux)
                        + half
                        - codes.get(FLOAT, at + g1) * (step2 * (int) (both >> 32) + low2 * (int) both - sum);
            }
        }
    }

    /** The coarse estimate over several lines. */
    static final class CoarseLines extends CodeKernel.Prepared {
        private final int lines;
        private final long[] masks;

        CoarseLines(CodeLayout layout) {
            super(layout, lines(layout));
            lines = lines(layout);
            masks = new long[lines * LINE];
            for (int w = 0; w < layout.words(); w++) {
                masks[w] = -1L;
            }
        }

        @Override
        void arrange(long[] from) {
            copyPlanes(from, layout.words(), planes, lines);
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                long both = sums(codes, at, planes, masks, lines);
                out[i] = codes.get(FLOAT, at + aux)
                        + half
                        - codes.get(FLOAT, at + g1) * (2f * step * (int) (both >> 32) + 2f * low * (int) both - sum);
            }
        }

        private static long sums(MemorySegment codes, long at, long[] planes, long[] masks, int lines) {
            LongVector total = LongVector.zero(L);
            for (int j = 0; j < lines; j++) {
                LongVector v = LongVector.fromMemorySegment(L, codes, at + 64L * j, LE);
                int p = j * QueryCode.PLANES * LINE;
                LongVector r =
                        v.and(LongVector.fromArray(L, planes, p + 3 * LINE)).lanewise(VectorOperators.BIT_COUNT);
                r = r.add(r)
                        .add(v.and(LongVector.fromArray(L, planes, p + 2 * LINE))
                                .lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r)
                        .add(v.and(LongVector.fromArray(L, planes, p + LINE)).lanewise(VectorOperators.BIT_COUNT));
                r = r.add(r).add(v.and(LongVector.fromArray(L, planes, p)).lanewise(VectorOperators.BIT_COUNT));
                total = total.add(r.lanewise(VectorOperators.LSHL, 32))
                        .add(v.and(LongVector.fromArray(L, masks, j * LINE)).lanewise(VectorOperators.BIT_COUNT));
            }
            return total.reduceLanes(VectorOperators.ADD);
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
