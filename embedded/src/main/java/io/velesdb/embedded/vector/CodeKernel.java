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

    private static final boolean WIDE = VectorApi.PRESENT && VectorApi.preferredFloats() >= 16;

    final CodeLayout layout;
    final long size;

    CodeKernel(CodeLayout layout) {
        this.layout = layout;
        size = 8L * layout.stride();
    }

    /** The kernel for the full estimate. */
    static CodeKernel of(CodeLayout layout) {
        if (!WIDE) {
            return new Scalar(layout, 0);
        }
        if (layout.stride() <= 8) {
            return new CodeKernels512.OneLine(layout);
        }
        return layout.stride() == 16 ? new CodeKernels512.TwoLines(layout) : new CodeKernels512.ManyLines(layout);
    }

    /**
     * The kernel for the coarse estimate.
     *
     * @param planes of the query, 1 to 4
     */
    static CodeKernel coarse(CodeLayout layout, int planes) {
        if (!WIDE) {
            return new Scalar(layout, planes);
        }
        if (layout.factors() > 6 || planes != 2 && planes != QueryCode.PLANES) {
            return new CodeKernels512.CoarseLines(layout, planes);
        }
        return planes == 2 ? new CodeKernels512.CoarsestLine(layout) : new CodeKernels512.CoarseLine(layout);
    }

    /** Takes a prepared query. */
    abstract void query(QueryCode query);

    /** Writes the estimates of {@code slots[0..count)} to {@code out}. */
    abstract void score(MemorySegment codes, int[] slots, int count, float[] out);

    /** Counts bits word by word, for machines without wide registers. */
    static final class Scalar extends CodeKernel {
        private final int planesCounted;
        private QueryCode query;

        /** @param planes of the query for the coarse estimate; 0: the full one */
        Scalar(CodeLayout layout, int planes) {
            super(layout);
            planesCounted = planes;
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
                out[i] = planesCounted > 0 ? coarse(codes, at, planes, words) : full(codes, at, planes, words);
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
            for (int w = 0; w < words; w++) {
                long high = codes.get(LONG, at + 8L * w);
                for (int k = 0; k < planesCounted; k++) {
                    sum += Long.bitCount(high ^ planes[(QueryCode.PLANES - planesCounted + k) * words + w]) << k;
                }
            }
            return TwoBitQuantizer.coarseDistance(
                    query,
                    query.coarseStep(planesCounted),
                    query.coarseMost(planesCounted, layout.bits()),
                    sum,
                    codes.get(LONG, at + 8L * layout.factors() + 8));
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

        /** Of {@link CacheLines}. */
        long touched;

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
            scale(query);
        }

        /** Takes what else the estimate needs. */
        void scale(QueryCode query) {}

        /** Spreads the planes of the query over whole lines, zeros where a row keeps something else. */
        abstract void arrange(long[] from);
    }
}
