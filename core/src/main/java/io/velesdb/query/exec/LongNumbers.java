package io.velesdb.query.exec;

/** Numbers distinct longs from 0 on, in the order in which they come: a hash table with open addressing. */
final class LongNumbers {
    private static final int FIRST = 256;

    private long[] keys = new long[FIRST];
    /** By place: the number of its key plus one, or 0. */
    private int[] numbers = new int[FIRST];

    private int shift = 64 - Integer.numberOfTrailingZeros(FIRST);
    private int size;

    int size() {
        return size;
    }

    /** The number of a key, or -1. */
    int find(long key) {
        return numbers[place(key)] - 1;
    }

    /** The number of a key; {@code next} where it had none. */
    int findOrAdd(long key, int next) {
        int place = place(key);
        int known = numbers[place];
        if (known != 0) {
            return known - 1;
        }
        keys[place] = key;
        numbers[place] = next + 1;
        if (++size * 2 > keys.length) {
            grow();
        }
        return next;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) (key * 0x9E3779B97F4A7C15L >>> shift);
        while (numbers[place] != 0 && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }
}
