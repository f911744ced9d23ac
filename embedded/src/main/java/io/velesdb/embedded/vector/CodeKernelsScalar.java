package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.TwoBitQuantizer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Estimates by bit counts of single words, for machines without registers of 512 bits. */
final class CodeKernelsScalar {
    private CodeKernelsScalar() {}

    private abstract static class Counting extends CodeKernel {
        final long factors;
        QueryCode query;
        int[] sums = {};

        /** Of {@link CacheLines}. */
        @SuppressWarnings("UnusedVariable") // written so that no compiler leaves the reads out
        long touched;

        Counting(CodeLayout layout) {
            super(layout);
            factors = 8L * layout.factors();
            query = new QueryCode(layout);
        }

        @Override
        final void query(QueryCode query) {
            this.query = query;
        }

        final void clear(int count) {
            sums = BitSums.room(sums, count);
            Arrays.fill(sums, 0, count, 0);
        }
    }

    /** The full estimate. */
    static final class Full extends Counting {
        private final long low;

        Full(CodeLayout layout) {
            super(layout);
            low = 8L * layout.low();
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            touched = layout.stride() <= 8
                    ? CacheLines.touch(codes, slots, count, size)
                    : CacheLines.touchTwo(codes, slots, count, size);
            clear(count);
            int words = layout.words();
            long[] q = query.planes;
            for (int w = 0; w < words; w++) {
                BitSums.commonTwo(
                        codes,
                        slots,
                        count,
                        size,
                        8L * w,
                        low + 8L * w,
                        q[w],
                        q[words + w],
                        q[2 * words + w],
                        q[3 * words + w],
                        sums);
            }
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size + factors;
                out[i] = TwoBitQuantizer.distance(query, sums[i], codes.get(LONG, at), codes.get(LONG, at + 8));
            }
        }
    }

    /** The estimate from the high bits and the heaviest planes of the query. */
    static final class Coarse extends Counting {
        private static final int THREE = 3;

        private final int counted;

        /** @param counted planes of the query, 1 to 4 */
        Coarse(CodeLayout layout, int counted) {
            super(layout);
            this.counted = counted;
        }

        @Override
        void score(MemorySegment codes, int[] slots, int count, float[] out) {
            touched = CacheLines.touch(codes, slots, count, size);
            clear(count);
            int plane = QueryCode.PLANES - counted;
            int shift = 0;
            if (counted % 2 == 1) {
                onePlane(codes, slots, count, plane, shift, 0);
                plane++;
                shift++;
            }
            for (; plane < QueryCode.PLANES; plane += 2, shift += 2) {
                twoPlanes(codes, slots, count, plane, shift);
            }
            float step = query.coarseStep(counted);
            float most = query.coarseMost(counted, layout.bits());
            for (int i = 0; i < count; i++) {
                out[i] = TwoBitQuantizer.coarseDistance(
                        query, step, most, sums[i], codes.get(LONG, slots[i] * size + factors + 8));
            }
        }

        private void twoPlanes(MemorySegment codes, int[] slots, int count, int plane, int shift) {
            int words = layout.words();
            int w = 0;
            for (; w + THREE <= words; w += THREE) {
                int first = plane * words + w;
                BitSums.differingThree(
                        codes, slots, count, size, 8L * w, shift, query.planes, first, first + words, sums);
            }
            onePlane(codes, slots, count, plane, shift, w);
            onePlane(codes, slots, count, plane + 1, shift + 1, w);
        }

        /** The words from {@code from} on. */
        private void onePlane(MemorySegment codes, int[] slots, int count, int plane, int shift, int from) {
            int words = layout.words();
            for (int w = from; w < words; w++) {
                BitSums.differing(codes, slots, count, size, 8L * w, shift, query.planes[plane * words + w], sums);
            }
        }
    }
}
