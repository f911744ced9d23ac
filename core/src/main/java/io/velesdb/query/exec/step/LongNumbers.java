package io.velesdb.query.exec.step;

/**
 * Numbers distinct longs from 0 on, in the order in which they come: a hash table with open addressing, and beside it an
 * array over a range in which most keys are said to lie.
 */
final class LongNumbers {
    private static final int FIRST = 256;

    /** A range is an array where it is at most so many times as long as there are keys in it. */
    private static final int SPARSE = 8;

    /** Numbers that an array over a range has, at most: 16 MiB. */
    private static final int LONGEST = 1 << 22;

    /** Keys for which a hash table has room at once, at most: 16 MiB. */
    private static final int MOST_EXPECTED = 1 << 18;

    private long from;
    /** By key minus {@link #from}: the number of the key plus one, or 0. */
    private int[] dense = {};

    /** By place, next to each other: a key, and its number plus one, or 0. */
    private long[] table = new long[2 * FIRST];

    private int shift = 64 - Integer.numberOfTrailingZeros(FIRST);
    private int hashed;
    private int size;

    int size() {
        return size;
    }

    /**
     * Makes room for keys that are going to be added, before the first of them.
     *
     * @param least no key is likely to be less
     * @param greatest nor greater
     */
    void expect(int keys, long least, long greatest) {
        if (size > 0 || keys < FIRST) {
            return;
        }
        long span = greatest - least;
        if (span >= 0 && span < Math.min(LONGEST, (long) SPARSE * keys)) {
            from = least;
            dense = new int[(int) span + 1];
        } else {
            resize(Integer.highestOneBit(Math.min(MOST_EXPECTED, keys)) << 2);
        }
    }

    /** The number of a key, or -1. */
    int find(long key) {
        long at = key - from;
        if (at >= 0 && at < dense.length) {
            return dense[(int) at] - 1;
        }
        return (int) table[2 * place(key) + 1] - 1;
    }

    /** The number of a key; {@code next} where it had none. */
    int findOrAdd(long key, int next) {
        long at = key - from;
        if (at >= 0 && at < dense.length) {
            int known = dense[(int) at];
            if (known == 0) {
                dense[(int) at] = next + 1;
                size++;
                return next;
            }
            return known - 1;
        }
        int place = 2 * place(key);
        int known = (int) table[place + 1];
        if (known != 0) {
            return known - 1;
        }
        table[place] = key;
        table[place + 1] = next + 1L;
        size++;
        if (++hashed * 4 > table.length) {
            resize(table.length);
        }
        return next;
    }

    private int place(long key) {
        int mask = (table.length >>> 1) - 1;
        int place = (int) (key * 0x9E3779B97F4A7C15L >>> shift);
        while (table[2 * place + 1] != 0 && table[2 * place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** @param places a power of two */
    private void resize(int places) {
        long[] old = table;
        table = new long[2 * places];
        shift = 64 - Integer.numberOfTrailingZeros(places);
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int place = 2 * place(old[i]);
                table[place] = old[i];
                table[place + 1] = old[i + 1];
            }
        }
    }
}
