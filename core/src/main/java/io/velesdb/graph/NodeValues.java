package io.velesdb.graph;

/**
 * A number other than 0 for some nodes. Begins small, so that a short walk in a large graph costs what it touches, and
 * becomes an array by node as soon as that takes less memory.
 */
final class NodeValues {
    private static final int FIRST_CELLS = 64;
    private static final int[] NONE = {};

    private final int bound;

    /** Open addressing, node + 1, at most half full; empty once there is an array by node. */
    private int[] cells = NONE;

    /** By cell, or by node when there are no cells. */
    private int[] values;

    private int size;

    /** @param bound all nodes are below it */
    NodeValues(int bound) {
        this.bound = bound;
        if (isLargeForArray(FIRST_CELLS)) {
            values = new int[bound];
        } else {
            cells = new int[FIRST_CELLS];
            values = new int[FIRST_CELLS];
        }
    }

    /** The number of a node, 0 for none. */
    int get(int node) {
        return cells.length == 0 ? values[node] : values[cellOf(node)];
    }

    /** @param value not 0 */
    void put(int node, int value) {
        if (cells.length == 0) {
            values[node] = value;
            return;
        }
        int cell = cellOf(node);
        values[cell] = value;
        if (cells[cell] == 0) {
            cells[cell] = node + 1;
            size++;
            if (2 * size > cells.length) {
                grow();
            }
        }
    }

    private void grow() {
        int[] nodes = cells;
        int[] before = values;
        if (isLargeForArray(2 * nodes.length)) {
            cells = NONE;
            values = new int[bound];
        } else {
            cells = new int[2 * nodes.length];
            values = new int[2 * nodes.length];
        }
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] != 0) {
                int at = nodes[i] - 1;
                if (cells.length != 0) {
                    at = cellOf(nodes[i] - 1);
                    cells[at] = nodes[i];
                }
                values[at] = before[i];
            }
        }
    }

    /** Where the node stands, or would. */
    private int cellOf(int node) {
        int mask = cells.length - 1;
        int mixed = node * 0x9E3779B9;
        int at = (mixed ^ mixed >>> 16) & mask;
        while (cells[at] != 0 && cells[at] != node + 1) {
            at = at + 1 & mask;
        }
        return at;
    }

    private boolean isLargeForArray(int count) {
        return 2L * count >= bound;
    }
}
