package io.velesdb.embedded.vector;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Scorer;
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

    static final boolean WIDE = VectorApi.PRESENT && VectorApi.preferredFloats() >= 16;

    final CodeLayout layout;
    final long size;

    CodeKernel(CodeLayout layout) {
        this.layout = layout;
        size = 8L * layout.stride();
    }

    /** The kernel for the full estimate. */
    static CodeKernel of(CodeLayout layout) {
        if (!WIDE) {
            return new CodeKernelsScalar.Full(layout);
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
            return new CodeKernelsScalar.Coarse(layout, planes);
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

    /**
     * As {@link #score}, then moves the slots whose estimates are at most {@code bound}, or no number, to the front, in their
     * order. What {@code out} holds then is not said.
     *
     * @return how many that are
     */
    int within(float bound, MemorySegment codes, int[] slots, int count, float[] out) {
        score(codes, slots, count, out);
        return Scorer.within(bound, slots, count, out);
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
