package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import java.lang.foreign.MemorySegment;

/**
 * Brings the cache lines of scattered rows on their way together. The loops of the kernels are so long that a processor looks
 * ahead by a few rows only, and so waits for nearly every row; a loop that does nothing but read keeps as many lines in flight
 * as there can be. The sums of what was read are to be kept in a field, so that no compiler leaves the reads out.
 */
final class CacheLines {
    static final int BYTES = 64;

    private CacheLines() {}

    /** Reads a word of the first line of each row of {@code size} bytes. */
    static long touch(MemorySegment codes, int[] slots, int count, long size) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += codes.get(LONG, slots[i] * size);
        }
        return sum;
    }

    /** Reads a word of every line of each row of {@code size} bytes. */
    static long touchAll(MemorySegment codes, int[] slots, int count, long size) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long at = slots[i] * size;
            for (long line = 0; line < size; line += BYTES) {
                sum += codes.get(LONG, at + line);
            }
        }
        return sum;
    }

    /** Reads a word of each of the first two lines of each row. */
    static long touchTwo(MemorySegment codes, int[] slots, int count, long size) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long at = slots[i] * size;
            sum += codes.get(LONG, at) + codes.get(LONG, at + BYTES);
        }
        return sum;
    }
}
