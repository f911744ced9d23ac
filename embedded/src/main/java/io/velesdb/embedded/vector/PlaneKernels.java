package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;
import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.vector.QueryCode;
import io.velesdb.vector.quantize.CodeRows;
import io.velesdb.vector.quantize.PlaneKernel;
import io.velesdb.vector.quantize.PlaneLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Estimates from bit planes. The loop bodies are small on purpose, as those of {@link CodeKernels512}. */
final class PlaneKernels {
    private PlaneKernels() {}

    /** The fastest kernel here for rows of this layout. */
    static PlaneKernel of(PlaneLayout layout) {
        if (!VectorApi.PRESENT || VectorApi.preferredFloats() < 16) {
            return new Scalar(layout);
        }
        if (layout.words() > Wide.LINE) {
            return new Wide.Lines(layout);
        }
        return layout.planes() == 1 ? new Wide.OnePlane(layout) : new Wide.Planes(layout);
    }

    /** The sum of a row's levels. */
    private static int levels(MemorySegment codes, long at, PlaneLayout layout) {
        int levels = 0;
        for (int b = 0; b < layout.planes(); b++) {
            levels *= 2;
            for (int w = 0; w < layout.words(); w++) {
                levels += Long.bitCount(codes.get(LONG, at + 8L * (layout.plane(b) + w)));
            }
        }
        return levels;
    }

    /** Counts bits word by word. */
    static final class Scalar extends PlaneKernel {
        private final long size;
        private long[] planes;
        private int total;
        private float step;
        private float sum;
        private float low;
        private float half;
        private int[] sums = {};

        /** Of {@link CacheLines}. */
        @SuppressWarnings("UnusedVariable") // written so that no compiler leaves the reads out
        private long touched;

        Scalar(PlaneLayout layout) {
            super(layout);
            size = 8L * layout.stride();
            planes = new long[QueryCode.PLANES * layout.words()];
        }

        @Override
        public void query(QueryCode query) {
            planes = query.planes;
            total = layout.total(query);
            step = query.step;
            sum = layout.sum(query, total);
            low = query.low;
            half = query.half;
        }

        @Override
        public void score(CodeRows.View codes, int[] slots, int count, float[] out) {
            score(NativeCodes.NativeView.rows(codes, slots, count, size), slots, count, out, layout.walked());
        }

        @Override
        public void scoreAll(CodeRows.View codes, int[] slots, int count, float[] out) {
            score(NativeCodes.NativeView.rows(codes, slots, count, size), slots, count, out, layout.planes());
        }

        private void score(MemorySegment segment, int[] slots, int count, float[] out, int most) {
            boolean walk = most == layout.walked();
            touched = CacheLines.touch(segment, slots, count, size);
            sums = BitSums.room(sums, count);
            Arrays.fill(sums, 0, count, 0);
            int words = layout.words();
            long[] q = planes;
            for (int b = 0; b < most; b++) {
                for (int w = 0; w < words; w++) {
                    BitSums.common(
                            segment,
                            slots,
                            count,
                            size,
                            8L * (layout.plane(b) + w),
                            most - 1 - b,
                            q[w],
                            q[words + w],
                            q[2 * words + w],
                            q[3 * words + w],
                            sums);
                }
            }
            for (int i = 0; i < count; i++) {
                long at = slots[i] * size;
                int s = walk ? layout.completed(sums[i], total) : sums[i];
                long factors = at + 8L * layout.factors();
                float f1 = segment.get(FLOAT, factors);
                float f2 = walk ? segment.get(FLOAT, factors + 4) : f1 * levels(segment, at, layout);
                out[i] = segment.get(FLOAT, factors + 12)
                        + half
                        - (f1 * (step * s) + segment.get(FLOAT, factors + 8) * sum + f2 * low);
            }
        }
    }

    /** A class of its own, so that a JVM without the Vector API never loads it. */
    private static final class Wide {
        static final int LINE = 8;
        private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
        private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

        /** What all wide kernels keep of a query: its planes in whole lines, zeros where a row keeps something else. */
        abstract static class Prepared extends PlaneKernel {
            final long size;
            final int lines;
            final long[] planes;
            final long f1;
            final long f2;
            final long g;
            final long aux;
            int total;
            float step;
            float sum;
            float low;
            float half;

            /** Of {@link CacheLines}. */
            @SuppressWarnings("UnusedVariable") // written so that no compiler leaves the reads out
            long touched;

            Prepared(PlaneLayout layout) {
                super(layout);
                size = 8L * layout.stride();
                lines = (layout.words() + LINE - 1) / LINE;
                planes = new long[QueryCode.PLANES * LINE * lines];
                f1 = 8L * layout.factors();
                f2 = f1 + 4;
                g = f1 + 8;
                aux = f1 + 12;
            }

            /** Line j of plane k goes to {@code (j * PLANES + k) * LINE}. */
            @Override
            public final void query(QueryCode query) {
                int words = layout.words();
                for (int k = 0; k < QueryCode.PLANES; k++) {
                    for (int j = 0; j < lines; j++) {
                        System.arraycopy(
                                query.planes,
                                k * words + j * LINE,
                                planes,
                                (j * QueryCode.PLANES + k) * LINE,
                                Math.min(LINE, words - j * LINE));
                    }
                }
                total = layout.total(query);
                step = query.step;
                sum = layout.sum(query, total);
                low = query.low;
                half = query.half;
            }

            final void allPlanes(MemorySegment codes, int[] slots, int count, float[] out) {
                boolean walk = layout.walked() == layout.planes();
                for (int i = 0; i < count; i++) {
                    long at = slots[i] * size;
                    int s = 0;
                    for (int b = 0; b < layout.planes(); b++) {
                        s = 2 * s + count(codes, at + 8L * layout.plane(b), planes, lines);
                    }
                    float own = codes.get(FLOAT, at + f1);
                    float levels = walk ? codes.get(FLOAT, at + f2) : own * levels(codes, at, layout);
                    out[i] = codes.get(FLOAT, at + aux)
                            + half
                            - (own * (step * s) + codes.get(FLOAT, at + g) * sum + levels * low);
                }
            }

            final float distance(MemorySegment codes, long at, int s) {
                return codes.get(FLOAT, at + aux)
                        + half
                        - (codes.get(FLOAT, at + f1) * (step * s)
                                + codes.get(FLOAT, at + g) * sum
                                + codes.get(FLOAT, at + f2) * low);
            }
        }

        /** One plane of at most 512 components. */
        static final class OnePlane extends Prepared {
            OnePlane(PlaneLayout layout) {
                super(layout);
            }

            @Override
            public void score(CodeRows.View view, int[] slots, int count, float[] out) {
                MemorySegment codes = NativeCodes.NativeView.rows(view, slots, count, size);
                touched = CacheLines.touch(codes, slots, count, size);
                LongVector q0 = LongVector.fromArray(L, planes, 0);
                LongVector q1 = LongVector.fromArray(L, planes, LINE);
                LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
                LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
                for (int i = 0; i < count; i++) {
                    long at = slots[i] * size;
                    LongVector v = LongVector.fromMemorySegment(L, codes, at, LE);
                    LongVector r = v.and(q3).lanewise(VectorOperators.BIT_COUNT);
                    r = r.add(r).add(v.and(q2).lanewise(VectorOperators.BIT_COUNT));
                    r = r.add(r).add(v.and(q1).lanewise(VectorOperators.BIT_COUNT));
                    r = r.add(r).add(v.and(q0).lanewise(VectorOperators.BIT_COUNT));
                    out[i] = distance(codes, at, (int) r.reduceLanes(VectorOperators.ADD));
                }
            }

            @Override
            public void scoreAll(CodeRows.View view, int[] slots, int count, float[] out) {
                score(view, slots, count, out);
            }
        }

        /** A walk on the two highest planes of at most 512 components each. */
        static final class Planes extends Prepared {
            /** Bytes of the factors, which stand behind the planes of a walk. */
            private static final int FACTORS = 16;

            private final long second;

            /** Ones where a line that begins with a plane is of that plane. */
            private final long[] ofPlane = new long[LINE];

            Planes(PlaneLayout layout) {
                super(layout);
                second = 8L * layout.words();
                Arrays.fill(ofPlane, 0, layout.words(), -1L);
            }

            @Override
            public void score(CodeRows.View view, int[] slots, int count, float[] out) {
                MemorySegment codes = NativeCodes.NativeView.rows(view, slots, count, size);
                touched = CacheLines.touchTwo(codes, slots, count, size);
                LongVector q0 = LongVector.fromArray(L, planes, 0);
                LongVector q1 = LongVector.fromArray(L, planes, LINE);
                LongVector q2 = LongVector.fromArray(L, planes, 2 * LINE);
                LongVector q3 = LongVector.fromArray(L, planes, 3 * LINE);
                int open = layout.planes() - layout.walked();
                int middle = layout.completed(0, total);
                for (int i = 0; i < count; i++) {
                    long at = slots[i] * size;
                    LongVector v = LongVector.fromMemorySegment(L, codes, at, LE);
                    LongVector u = LongVector.fromMemorySegment(L, codes, at + second, LE);
                    LongVector r = v.and(q3).lanewise(VectorOperators.BIT_COUNT);
                    LongVector t = u.and(q3).lanewise(VectorOperators.BIT_COUNT);
                    r = r.add(r).add(v.and(q2).lanewise(VectorOperators.BIT_COUNT));
                    t = t.add(t).add(u.and(q2).lanewise(VectorOperators.BIT_COUNT));
                    r = r.add(r).add(v.and(q1).lanewise(VectorOperators.BIT_COUNT));
                    t = t.add(t).add(u.and(q1).lanewise(VectorOperators.BIT_COUNT));
                    r = r.add(r).add(v.and(q0).lanewise(VectorOperators.BIT_COUNT));
                    t = t.add(t).add(u.and(q0).lanewise(VectorOperators.BIT_COUNT));
                    int s = (int) r.add(r).add(t).reduceLanes(VectorOperators.ADD);
                    out[i] = distance(codes, at, (s << open) + middle);
                }
            }

            /** Adds up the lanes of all planes at once: the weighted bits below, the levels above. */
            @Override
            public void scoreAll(CodeRows.View view, int[] slots, int count, float[] out) {
                MemorySegment codes = NativeCodes.NativeView.rows(view, slots, count, size);
                touched = CacheLines.touchAll(codes, slots, count, size);
                boolean walk = layout.walked() == layout.planes();
                for (int i = 0; i < count; i++) {
                    long at = slots[i] * size;
                    long sums = sums(codes, at, layout.planes(), 8L * layout.words(), planes, ofPlane);
                    float own = codes.get(FLOAT, at + f1);
                    float levels = walk ? codes.get(FLOAT, at + f2) : own * (int) (sums >>> 32);
                    out[i] = codes.get(FLOAT, at + aux)
                            + half
                            - (own * (step * (int) sums) + codes.get(FLOAT, at + g) * sum + levels * low);
                }
            }

            /** @param plane bytes of a plane; behind the second one stand the factors */
            private static long sums(
                    MemorySegment codes, long at, int planes, long plane, long[] query, long[] ofPlane) {
                LongVector q0 = LongVector.fromArray(L, query, 0);
                LongVector q1 = LongVector.fromArray(L, query, LINE);
                LongVector q2 = LongVector.fromArray(L, query, 2 * LINE);
                LongVector q3 = LongVector.fromArray(L, query, 3 * LINE);
                LongVector mask = LongVector.fromArray(L, ofPlane, 0);
                LongVector sums = LongVector.zero(L);
                LongVector levels = LongVector.zero(L);
                for (int b = 0; b < planes; b++) {
                    long from = at + b * plane + (b < 2 ? 0 : FACTORS);
                    LongVector v = LongVector.fromMemorySegment(L, codes, from, LE);
                    LongVector r = v.and(q3).lanewise(VectorOperators.BIT_COUNT);
                    r = r.add(r).add(v.and(q2).lanewise(VectorOperators.BIT_COUNT));
                    r = r.add(r).add(v.and(q1).lanewise(VectorOperators.BIT_COUNT));
                    r = r.add(r).add(v.and(q0).lanewise(VectorOperators.BIT_COUNT));
                    sums = sums.add(sums).add(r);
                    levels = levels.add(levels).add(v.and(mask).lanewise(VectorOperators.BIT_COUNT));
                }
                return sums.add(levels.lanewise(VectorOperators.LSHL, 32)).reduceLanes(VectorOperators.ADD);
            }
        }

        /** Any number of planes and components. */
        static final class Lines extends Prepared {
            Lines(PlaneLayout layout) {
                super(layout);
            }

            @Override
            public void score(CodeRows.View view, int[] slots, int count, float[] out) {
                MemorySegment codes = NativeCodes.NativeView.rows(view, slots, count, size);
                for (int i = 0; i < count; i++) {
                    long at = slots[i] * size;
                    int s = 0;
                    for (int b = 0; b < layout.walked(); b++) {
                        s = 2 * s + count(codes, at + 8L * layout.plane(b), planes, lines);
                    }
                    out[i] = distance(codes, at, layout.completed(s, total));
                }
            }

            @Override
            public void scoreAll(CodeRows.View view, int[] slots, int count, float[] out) {
                allPlanes(NativeCodes.NativeView.rows(view, slots, count, size), slots, count, out);
            }
        }

        /** The bits that one plane has in common with the query, weighted. */
        private static int count(MemorySegment codes, long at, long[] planes, int lines) {
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
                total = total.add(r);
            }
            return (int) total.reduceLanes(VectorOperators.ADD);
        }
    }
}
