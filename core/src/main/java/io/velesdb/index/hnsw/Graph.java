package io.velesdb.index.hnsw;

import java.util.Arrays;

/**
 * A published state of the graph. Level 0 has one row of links per slot. The few rows that reach higher are numbered in
 * slot order, their <em>upper numbers</em>: the links above level 0 are upper numbers, one row of links per level. Rows of
 * links end at the first negative one. The arrays are append-only: a later state may share them.
 *
 * @param level0 links between slots
 * @param upper links between upper numbers
 * @param slots slots that are linked
 * @param upperCount rows that reach level 1 or more
 * @param slotOf slot by upper number, ascending
 * @param rowOf the row in {@code upper} that holds the links of level 1, by upper number; level l is l - 1 rows further
 * @param levelOf level by upper number
 * @param entrySlot where a descent starts; -1: there is no graph
 * @param entryUpper its upper number; -1 when it is at level 0
 */
record Graph(
        IntRows level0,
        IntRows upper,
        int slots,
        int upperCount,
        int[] slotOf,
        int[] rowOf,
        byte[] levelOf,
        int entrySlot,
        int entryUpper) {
    /** The upper number of a slot; negative when it is at level 0 only. */
    int upperNumber(int slot) {
        return Arrays.binarySearch(slotOf, 0, upperCount, slot);
    }

    /** Moves the links of a row that lie below {@code bound} to its front: a damaged file may have held others. */
    static int valid(int[] row, int stride, int bound) {
        int n = 0;
        for (int i = 0; i < stride && row[i] >= 0; i++) {
            if (row[i] < bound) {
                row[n++] = row[i];
            }
        }
        return n;
    }

    int topLevel() {
        return entryUpper < 0 ? 0 : levelOf[entryUpper];
    }
}
