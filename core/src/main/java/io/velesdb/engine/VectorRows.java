package io.velesdb.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows have a dense vector, where not all of them do: vectors are numbered in the order of their slots, and only rows
 * that have one take a number. Append-only; one writer, and readers on a {@link View} that was published to them.
 */
final class VectorRows {
    static final int NONE = -1;

    private int[] numbers = new int[16];
    private int[] slots = new int[16];
    private int rows;
    private int vectors;

    /** Adds the next slot. */
    void append(boolean hasVector) {
        if (rows == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * rows);
        }
        numbers[rows] = NONE;
        if (hasVector) {
            if (vectors == slots.length) {
                slots = Arrays.copyOf(slots, 2 * vectors);
            }
            numbers[rows] = vectors;
            slots[vectors++] = rows;
        }
        rows++;
    }

    /** The number of vectors. */
    int count() {
        return vectors;
    }

    View view() {
        return new View(numbers, slots, vectors, rows == vectors);
    }

    /** The numbers of the vectors of live rows, ascending; those of all live rows when {@code rows} is null. */
    static int[] live(@Nullable VectorRows rows, SlotBitmap live) {
        if (rows == null) {
            return live.slots();
        }
        int[] numbers = new int[rows.vectors];
        int count = 0;
        for (int number = 0; number < rows.vectors; number++) {
            if (live.contains(rows.slots[number])) {
                numbers[count++] = number;
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    /** Renames a bitmap of slots to one of vector numbers. */
    long[] renamed(long[] slotWords) {
        return view().renamed(slotWords, new long[(vectors + 63) >>> 6]);
    }

    /** A published state. Immutable. */
    static final class View {
        private final int[] numbers;
        private final int[] slots;
        private final int count;
        private final boolean everyRow;

        private View(int[] numbers, int[] slots, int count, boolean everyRow) {
            this.numbers = numbers;
            this.slots = slots;
            this.count = count;
            this.everyRow = everyRow;
        }

        int count() {
            return count;
        }

        /** True when slots and vector numbers are the same. */
        boolean isEveryRow() {
            return everyRow;
        }

        /** The number of a slot's vector, or {@link #NONE}. */
        int number(int slot) {
            return numbers[slot];
        }

        /** The slot of a vector. */
        int slot(int number) {
            return slots[number];
        }

        long[] renamed(long[] slotWords, long[] into) {
            Arrays.fill(into, 0, (count + 63) >>> 6, 0);
            for (int number = 0; number < count; number++) {
                int slot = slots[number];
                into[number >>> 6] |= (slotWords[slot >>> 6] >>> slot & 1) << number;
            }
            return into;
        }
    }
}
