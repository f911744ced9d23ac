package io.velesdb.graph;

/**
 * A set of node numbers that begins small, so that a short walk in a large graph costs what it touches, and becomes a
 * bitmap as soon as that takes less memory.
 */
final class NodeSet {
    private static final int FIRST_CELLS = 64;
    private static final int[] NO_CELLS = {};
    private static final long[] NO_BITS = {};

    private final int bound;

    /** Open addressing, number + 1, at most half full; empty once there are bits. */
    private int[] cells = NO_CELLS;

    private long[] bits = NO_BITS;
    private int size;

    /** @param bound all members are below it */
    NodeSet(int bound) {
        this.bound = bound;
        if (isLargeForBitmap(FIRST_CELLS)) {
            bits = new long[(bound + 63) >>> 6];
        } else {
            cells = new int[FIRST_CELLS];
        }
    }

    int size() {
        return size;
    }

    boolean contains(int node) {
        if (cells.length == 0) {
            return (bits[node >>> 6] >>> node & 1) != 0;
        }
        int mask = cells.length - 1;
        for (int at = hash(node) & mask; cells[at] != 0; at = at + 1 & mask) {
            if (cells[at] == node + 1) {
                return true;
            }
        }
        return false;
    }

    /** Adds a node; false when it is a member already. */
    boolean add(int node) {
        if (cells.length == 0) {
            if ((bits[node >>> 6] >>> node & 1) != 0) {
                return false;
            }
            bits[node >>> 6] |= 1L << node;
            size++;
            return true;
        }
        int mask = cells.length - 1;
        int at = hash(node) & mask;
        for (; cells[at] != 0; at = at + 1 & mask) {
            if (cells[at] == node + 1) {
                return false;
            }
        }
        cells[at] = node + 1;
        size++;
        if (2 * size > cells.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        int[] before = cells;
        if (isLargeForBitmap(2 * before.length)) {
            bits = new long[(bound + 63) >>> 6];
            cells = NO_CELLS;
            for (int cell : before) {
                if (cell != 0) {
                    bits[cell - 1 >>> 6] |= 1L << cell - 1;
                }
            }
            return;
        }
        cells = new int[2 * before.length];
        int mask = cells.length - 1;
        for (int cell : before) {
            if (cell != 0) {
                int at = hash(cell - 1) & mask;
                while (cells[at] != 0) {
                    at = at + 1 & mask;
                }
                cells[at] = cell;
            }
        }
    }

    private boolean isLargeForBitmap(int count) {
        return (long) count * Integer.SIZE >= bound;
    }

    private static int hash(int node) {
        int mixed = node * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
