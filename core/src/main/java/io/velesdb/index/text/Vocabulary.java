package io.velesdb.index.text;

import java.util.Arrays;

/**
 * The tokens of an index, each with a number in the order in which they first came: an open-addressing hash table over their
 * UTF-8. One writer adds; readers hold a {@link #frozen} copy of the fields and see the tokens that it had.
 *
 * <p>The arrays are shared with those copies: places that a reader may ask about are never changed, and a number that it
 * meets in the table beyond its own size is a token it does not know.
 */
final class Vocabulary {
    private byte[] bytes;
    private int[] ends;

    /** Number + 1, 0 for free; a power of two, at most half full. */
    private int[] table;

    private int size;

    Vocabulary() {
        this(new byte[64], new int[16], new int[32], 0);
    }

    private Vocabulary(byte[] bytes, int[] ends, int[] table, int size) {
        this.bytes = bytes;
        this.ends = ends;
        this.table = table;
        this.size = size;
    }

    Vocabulary frozen() {
        return new Vocabulary(bytes, ends, table, size);
    }

    int size() {
        return size;
    }

    /** The number of a token, or -1. */
    int find(byte[] token, int length) {
        int mask = table.length - 1;
        for (int at = hash(token, 0, length) & mask; table[at] != 0; at = at + 1 & mask) {
            int number = table[at] - 1;
            if (number < size && is(number, token, length)) {
                return number;
            }
        }
        return -1;
    }

    /** The number of a token, a new one if it has none. */
    int add(byte[] token, int length) {
        int known = find(token, length);
        if (known >= 0) {
            return known;
        }
        if (2 * (size + 1) > table.length) {
            grow();
        }
        int start = start(size);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        int end = Math.addExact(start, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, 2L * bytes.length)));
        }
        System.arraycopy(token, 0, bytes, start, length);
        ends[size] = end;
        size++;
        put(table, size - 1);
        return size - 1;
    }

    boolean startsWith(int number, byte[] prefix, int length) {
        int start = start(number);
        return ends[number] - start >= length && Arrays.equals(bytes, start, start + length, prefix, 0, length);
    }

    /** A copy of the bytes of a token. */
    byte[] token(int number) {
        return Arrays.copyOfRange(bytes, start(number), ends[number]);
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private boolean is(int number, byte[] token, int length) {
        return ends[number] - start(number) == length && startsWith(number, token, length);
    }

    private void grow() {
        int[] larger = new int[2 * table.length];
        for (int number = 0; number < size; number++) {
            put(larger, number);
        }
        table = larger;
    }

    private void put(int[] into, int number) {
        int mask = into.length - 1;
        int at = hash(bytes, start(number), ends[number]) & mask;
        while (into[at] != 0) {
            at = at + 1 & mask;
        }
        into[at] = number + 1;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ hash >>> 13;
    }
}
