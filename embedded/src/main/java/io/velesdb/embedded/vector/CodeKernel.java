package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.TwoBitQuantizer;
import java.lang.foreign.MemorySegment;

/**
 * Estimates the distances of one prepared query to rows of codes: the sums of {@link TwoBitQuantizer}, bit for bit. Row s
 * starts at byte {@code 8 * stride * s}; {@link #SLACK} bytes behind the last row must exist. Holds the query; belongs to
 * one thread.
 */
abstract class CodeKernel {
    /** Bytes that a kernel may read behind the last row. */
    static final int SLACK = 64;

    final CodeLayout layout;
    final long size;

    CodeKernel(CodeLayout layout) {
        this.layout = layout;
        size = 8L * layout.stride();
    }

    /** The kernel for the full estimate, or for the coarse one from the high bits. */
    static CodeKernel of(CodeLayout layout, boolean coarse) {
        if (!VectorApi.PRESENT || VectorApi.preferredFloats() < 16) {
            return new Scalar(layout, coarse);
        }
        boolean factorsInFirstLine = layout.factors() <= 6;
        if (coarse) {
            return factorsInFirstLine ? new CodeKernels512.CoarseLine(layout) : new CodeKernels512.CoarseLines(layout);
        }
        if (layout.stride() <= 8) {
            return new CodeKernels512.OneLine(layout);
        }
        return layout.stride() == 16 ? new CodeKernels512.TwoLines(layout) : new CodeKernels512.ManyLines(layout);
    }

    /** Takes a prepared query. */
    abstract void query(QueryCode query);

    /** Writes the estimates of {@code slots[0..count)} to {@code out}. */
    abstract void score(MemorySegment codes, int[] slots, int count, float[] out);

    /** Counts bits word by word, for machines without wide registers. */
    static final class Scalar extends CodeKernel {
        private final boolean coarse;
        private QueryCode query;

        Scalar(CodeLayout layout, boolean coarse) {
            super(layout);
            this.coarse = coarse;
            query = new QueryCode(layout);
        }

        @Override
        void query(QueryCode query) {
            this.query = query;
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            int words = layout.words();
            long[] planes = query.planes;
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                out[i] = coarse ? coarse(codes, at, planes, words) : full(codes, at, planes, words);
            }
        }

        private float full(MemorySegment codes, long at, long[] planes, int words) {
            long lowAt = at + 8L * layout.low();
            int sum = 0;
            for (int w = 0; w < words; w++) {
                sum += 2 * weigh(codes.get(LONG, at + 8L * w), planes, w, words)
                        + weigh(codes.get(LONG, lowAt + 8L * w), planes, w, words);
            }
            long factors = at + 8L * layout.factors();
            return TwoBitQuantizer.distance(query, sum, codes.get(LONG, factors), codes.get(LONG, factors + 8));
        }

        private float coarse(MemorySegment codes, long at, long[] planes, int words) {
            int sum = 0;
            int ones = 0;
            for (int w = 0; w < words; w++) {
                long high = codes.get(LONG, at + 8L * w);
                ones += Long.bitCount(high);
                sum += weigh(high, planes, w, words);
            }
            return TwoBitQuantizer.coarseDistance(query, sum, ones, codes.get(LONG, at + 8L * layout.factors() + 8));
        }

        private static int weigh(long bits, long[] planes, int w, int words) {
            return Long.bitCount(bits & planes[w])
                    + (Long.bitCount(bits & planes[words + w]) << 1)
                    + (Long.bitCount(bits & planes[2 * words + w]) << 2)
                    + (Long.bitCount(bits & planes[3 * words + w]) << 3);
        }
    }

    /** The numbers of a query that every estimate needs, and where a row keeps its own. */
    abstract static class Prepared extends CodeKernel {
        final long f1;
        final long f2;
        final long g1;
        final long aux;
        final long[] planes;
        float step;
        float sum;
        float low;
        float half;

        /** @param lines lines of eight words per plane */
        Prepared(CodeLayout layout, int lines) {
            super(layout);
            f1 = 8L * layout.factors();
            f2 = f1 + 4;
            g1 = f1 + 8;
            aux = f1 + 12;
            planes = new long[QueryCode.PLANES * 8 * lines];
        }

        @Override
        final void query(QueryCode query) {
            arrange(query.planes);
            step = query.step;
            sum = query.sum;
            low = query.low;
            half = query.half;
        }

        /** Spreads the planes of the query over whole lines, zeros where a row keeps something else. */
        abstract void arrange(long[] from);
    }
}
