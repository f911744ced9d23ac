package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import java.lang.foreign.MemorySegment;

/**
 * Weighted counts of bits over rows in memory, for machines without wide registers: one pass over all rows for a word or
 * three of the query, which stay in registers meanwhile. A loop over the words of one row instead reads the query again for
 * each, and hides that rows do not depend on each other. Row s starts at byte {@code size * s}. The planes of the query
 * count 1, 2, 4 and 8.
 */
final class BitSums {
    private BitSums() {}

    /** {@code sums}, or a longer array where it has no room for so many. */
    static int[] room(int[] sums, int count) {
        return sums.length >= count ? sums : new int[Math.max(count, 2 * sums.length)];
    }

    /** Adds the bits that the word at {@code offset} of each row has in common with four words, shifted to the left. */
    static void common(
            MemorySegment codes,
            int[] slots,
            int count,
            long size,
            long offset,
            int shift,
            long q0,
            long q1,
            long q2,
            long q3,
            int[] sums) {
        for (int i = 0; i < count; i++) {
            long x = codes.get(LONG, slots[i] * size + offset);
            sums[i] += Long.bitCount(x & q0)
                            + 2 * Long.bitCount(x & q1)
                            + 4 * Long.bitCount(x & q2)
                            + 8 * Long.bitCount(x & q3)
                    << shift;
        }
    }

    /** The same with two words of each row at once, of which the one at {@code high} counts twice. */
    static void commonTwo(
            MemorySegment codes,
            int[] slots,
            int count,
            long size,
            long high,
            long low,
            long q0,
            long q1,
            long q2,
            long q3,
            int[] sums) {
        for (int i = 0; i < count; i++) {
            long at = slots[i] * size;
            long x = codes.get(LONG, at + high);
            long y = codes.get(LONG, at + low);
            sums[i] += 2
                            * (Long.bitCount(x & q0)
                                    + 2 * Long.bitCount(x & q1)
                                    + 4 * Long.bitCount(x & q2)
                                    + 8 * Long.bitCount(x & q3))
                    + Long.bitCount(y & q0)
                    + 2 * Long.bitCount(y & q1)
                    + 4 * Long.bitCount(y & q2)
                    + 8 * Long.bitCount(y & q3);
        }
    }

    /** Adds the bits in which the word at {@code offset} of each row differs from one word, shifted to the left. */
    static void differing(
            MemorySegment codes, int[] slots, int count, long size, long offset, int shift, long q, int[] sums) {
        for (int i = 0; i < count; i++) {
            sums[i] += Long.bitCount(codes.get(LONG, slots[i] * size + offset) ^ q) << shift;
        }
    }

    /**
     * The same with the three words of each row from {@code offset} on: the bits in which they differ from {@code
     * query[a..a+2]}, and twice those in which they differ from {@code query[b..b+2]}.
     */
    static void differingThree(
            MemorySegment codes,
            int[] slots,
            int count,
            long size,
            long offset,
            int shift,
            long[] query,
            int a,
            int b,
            int[] sums) {
        long a0 = query[a];
        long a1 = query[a + 1];
        long a2 = query[a + 2];
        long b0 = query[b];
        long b1 = query[b + 1];
        long b2 = query[b + 2];
        for (int i = 0; i < count; i++) {
            long at = slots[i] * size + offset;
            long x = codes.get(LONG, at);
            long y = codes.get(LONG, at + 8);
            long z = codes.get(LONG, at + 16);
            sums[i] += Long.bitCount(x ^ a0)
                            + Long.bitCount(y ^ a1)
                            + Long.bitCount(z ^ a2)
                            + 2 * (Long.bitCount(x ^ b0) + Long.bitCount(y ^ b1) + Long.bitCount(z ^ b2))
                    << shift;
        }
    }
}
