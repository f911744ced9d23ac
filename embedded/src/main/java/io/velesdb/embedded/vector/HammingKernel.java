package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Counts differing bits between one row of bits and many. */
final class HammingKernel {
    private static final int LINE = 8;
    private static final int FEW = LINE / 2;
    private static final boolean WIDE = VectorApi.PRESENT && VectorApi.preferredFloats() >= 16;

    private HammingKernel() {}

    /** Words per row: so many that no row straddles a cache line needlessly, the rest of them 0. */
    static int stride(int dimension) {
        int words = (dimension + 63) >> 6;
        if (words <= 2) {
            return words;
        }
        return words <= LINE / 2 ? LINE / 2 : (words + LINE - 1) & -LINE;
    }

    /** Writes the numbers of bits in which rows differ from {@code query}, one row of {@code stride} words, to out. */
    static void score(MemorySegment rows, long[] query, int stride, int[] slots, int count, float[] out) {
        if (WIDE && stride >= LINE) {
            Wide.score(rows, query, stride, slots, count, out);
            return;
        }
        if (stride % FEW == 0) {
            fours(rows, query, stride, slots, count, out);
            return;
        }
        for (int i = 0; i < count; i++) {
            long at = 8L * stride * slots[i];
            int sum = 0;
            for (int w = 0; w < stride; w++) {
                sum += Long.bitCount(query[w] ^ rows.get(LONG, at + 8L * w));
            }
            out[i] = sum;
        }
    }

    /** One pass over all rows for four words of the query, as in {@link BitSums}; whole numbers below 2^24 are exact. */
    private static void fours(MemorySegment rows, long[] query, int stride, int[] slots, int count, float[] out) {
        Arrays.fill(out, 0, count, 0f);
        for (int w = 0; w < stride; w += FEW) {
            long q0 = query[w];
            long q1 = query[w + 1];
            long q2 = query[w + 2];
            long q3 = query[w + 3];
            for (int i = 0; i < count; i++) {
                long at = 8L * (stride * (long) slots[i] + w);
                out[i] += Long.bitCount(q0 ^ rows.get(LONG, at))
                        + Long.bitCount(q1 ^ rows.get(LONG, at + 8))
                        + Long.bitCount(q2 ^ rows.get(LONG, at + 16))
                        + Long.bitCount(q3 ^ rows.get(LONG, at + 24));
            }
        }
    }

    /** A class of its own, so that a JVM without the Vector API never loads it. */
    private static final class Wide {
        private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
        private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

        static void score(MemorySegment rows, long[] query, int stride, int[] slots, int count, float[] out) {
            for (int i = 0; i < count; i++) {
                long at = 8L * stride * slots[i];
                LongVector sum = LongVector.zero(L);
                for (int w = 0; w < stride; w += LINE) {
                    LongVector v = LongVector.fromMemorySegment(L, rows, at + 8L * w, LE);
                    LongVector q = LongVector.fromArray(L, query, w);
                    sum = sum.add(v.lanewise(VectorOperators.XOR, q).lanewise(VectorOperators.BIT_COUNT));
                }
                out[i] = sum.reduceLanes(VectorOperators.ADD);
            }
        }
    }
}
