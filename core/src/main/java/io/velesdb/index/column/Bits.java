package io.velesdb.index.column;

import java.util.Arrays;

/** Bitmaps over slots: bit {@code s & 63} of word {@code s >>> 6}. Bits at and above the number of slots are always 0. */
final class Bits {
    private Bits() {}

    /** The words of a bitmap over {@code slots} slots. */
    static int words(int slots) {
        return (slots + 63) >>> 6;
    }

    /** The bits below {@code slots} of the word that slot would be in. */
    static long below(int slots) {
        return (1L << slots) - 1;
    }

    static void clear(long[] words, int slots) {
        Arrays.fill(words, 0, words(slots), 0);
    }

    static void fill(long[] words, int slots) {
        Arrays.fill(words, 0, slots >>> 6, -1L);
        if ((slots & 63) != 0) {
            words[slots >>> 6] = below(slots);
        }
    }

    static void copy(long[] from, long[] to, int slots) {
        System.arraycopy(from, 0, to, 0, words(slots));
    }

    static void and(long[] words, long[] other, int slots) {
        for (int i = 0, n = words(slots); i < n; i++) {
            words[i] &= other[i];
        }
    }

    static void or(long[] words, long[] other, int slots) {
        for (int i = 0, n = words(slots); i < n; i++) {
            words[i] |= other[i];
        }
    }

    static void not(long[] words, int slots) {
        int whole = slots >>> 6;
        for (int i = 0; i < whole; i++) {
            words[i] = ~words[i];
        }
        if ((slots & 63) != 0) {
            words[whole] = ~words[whole] & below(slots);
        }
    }

    static int count(long[] words, int slots) {
        int count = 0;
        for (int i = 0, n = words(slots); i < n; i++) {
            count += Long.bitCount(words[i]);
        }
        return count;
    }
}
