package io.velesdb.index.hnsw;

import java.util.Arrays;

/** A set of slots by open addressing with linear probing, cleared and used again. */
final class SlotSet {
    private int[] table = new int[1 << 10];
    private int size;

    SlotSet() {
        Arrays.fill(table, -1);
    }

    void clear() {
        Arrays.fill(table, -1);
        size = 0;
    }

    /** False when the slot was there. */
    boolean add(int slot) {
        if (2 * size >= table.length) {
            grow();
        }
        int mask = table.length - 1;
        int at = slot * 0x9E3779B9 >>> 1 & mask;
        while (table[at] >= 0) {
            if (table[at] == slot) {
                return false;
            }
            at = at + 1 & mask;
        }
        table[at] = slot;
        size++;
        return true;
    }

    private void grow() {
        int[] old = table;
        table = new int[2 * old.length];
        clear();
        for (int slot : old) {
            if (slot >= 0) {
                add(slot);
            }
        }
    }
}
