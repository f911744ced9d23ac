package io.velesdb.index.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens each document has: pairs of slot and length while they are rare, an array over the slots once more than one
 * slot in {@value #SPARSE} has one. Versions share arrays and are written only behind what earlier ones know of.
 */
final class Lengths {
    private static final int SPARSE = 4;

    private boolean dense;
    private int[] slots;
    private int[] values;

    /** Pairs, or slots that the array knows of. */
    private int count;

    Lengths() {
        slots = new int[4];
        values = new int[4];
    }

    private Lengths(Lengths from) {
        dense = from.dense;
        slots = from.slots;
        values = from.values;
        count = from.count;
    }

    /** The same, which stays as it is when this one goes on. */
    Lengths frozen() {
        return new Lengths(this);
    }

    /** Sets the length of a slot above all earlier ones, at least 1. */
    void append(int slot, int length) {
        if (!dense) {
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            slots[count] = slot;
            values[count++] = length;
            if ((long) count * SPARSE > slot + 64L) {
                int[] array = new int[slot + 1 + (slot >>> 1)];
                for (int i = 0; i < count; i++) {
                    array[slots[i]] = values[i];
                }
                slots = new int[0];
                values = array;
                count = slot + 1;
                dense = true;
            }
            return;
        }
        if (slot >= values.length) {
            values = Arrays.copyOf(values, slot + 1 + (slot >>> 1));
        }
        values[slot] = length;
        count = slot + 1;
    }

    /** The length in a slot, 0 where there is none. */
    int get(int slot) {
        if (dense) {
            return slot < count ? values[slot] : 0;
        }
        int at = Arrays.binarySearch(slots, 0, count, slot);
        return at < 0 ? 0 : values[at];
    }

    /** Adds the lengths of slots below {@code sums.length}. */
    void addTo(int[] sums) {
        for (int i = 0; i < count; i++) {
            int slot = dense ? i : slots[i];
            sums[slot] += values[i];
        }
    }

    /** Calls for every slot that has a length, ascending. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < count; i++) {
            if (values[i] > 0) {
                visitor.visit(dense ? i : slots[i], values[i]);
            }
        }
    }

    /** Told a slot and its length. */
    interface Visitor {
        void visit(int slot, int length);
    }

    /** The array over the slots, good for slots that have a length; null while there is none. */
    int @Nullable [] array() {
        return dense ? values : null;
    }
}
