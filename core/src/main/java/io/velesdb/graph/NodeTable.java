package io.velesdb.graph;

import io.velesdb.persistent.IdTree;
import java.util.Arrays;

/**
 * The nodes that have, or had, edges: numbers from 0 for ids, and back. Append-only, so that one writer may add while
 * readers look up: a reader holds the arrays that were published to it and passes over numbers that it must not know yet.
 *
 * <p>A hash table of open addressing, at most half full. Ids come from users, so a table that is made to collide must not
 * become slow: an id that finds no place within {@value #WINDOW} cells goes to a tree.
 */
final class NodeTable {
    static final int ABSENT = -1;
    private static final int WINDOW = 64;

    private int[] cells;
    private long[] ids;
    private int size;
    private IdTree overflow = IdTree.EMPTY;

    NodeTable() {
        this(new long[8], 0);
    }

    /** The table of the first {@code size} of these distinct ids, numbered as they stand there. */
    NodeTable(long[] ids, int size) {
        this.ids = ids;
        this.size = size;
        cells = new int[cellsFor(size)];
        rehash();
    }

    int size() {
        return size;
    }

    long id(int node) {
        return ids[node];
    }

    /** The number of a node, or {@link #ABSENT}. */
    int find(long id) {
        return find(cells, ids, size, overflow, id);
    }

    /** The number of a node, a new one if it has none yet. */
    int findOrAdd(long id) {
        int found = find(id);
        if (found != ABSENT) {
            return found;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, EdgeTable.capacityFor(size + 1));
        }
        ids[size] = id;
        size++;
        if (2L * size > cells.length && cells.length < 1 << 30) {
            cells = new int[cellsFor(size)];
            rehash();
        } else {
            place(size - 1);
        }
        return size - 1;
    }

    /** What a reader may see of this moment. */
    View view() {
        return new View(cells, ids, size, overflow);
    }

    private static int cellsFor(int nodes) {
        return Math.max(16, Integer.highestOneBit(Math.max(1, Math.min(nodes, 1 << 28))) << 2);
    }

    private void rehash() {
        overflow = IdTree.EMPTY;
        for (int node = 0; node < size; node++) {
            place(node);
        }
    }

    private void place(int node) {
        int mask = cells.length - 1;
        int at = hash(ids[node]) & mask;
        for (int i = 0; i < WINDOW; i++) {
            if (cells[at] == 0) {
                cells[at] = node + 1;
                return;
            }
            at = at + 1 & mask;
        }
        IdTree.Editor editor = overflow.edit();
        editor.put(ids[node], node);
        overflow = editor.tree();
    }

    private static int find(int[] cells, long[] ids, int size, IdTree overflow, long id) {
        int mask = cells.length - 1;
        int at = hash(id) & mask;
        for (int i = 0; i < WINDOW; i++) {
            int node = cells[at] - 1;
            if (node < 0) {
                return ABSENT;
            }
            if (node < size && ids[node] == id) {
                return node;
            }
            at = at + 1 & mask;
        }
        int node = overflow.get(id);
        return node < size ? node : ABSENT;
    }

    private static int hash(long id) {
        long mixed = (id ^ id >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    /** The table at one moment. Immutable in what it shows. */
    static final class View {
        private final int[] cells;
        private final long[] ids;
        private final int size;
        private final IdTree overflow;

        private View(int[] cells, long[] ids, int size, IdTree overflow) {
            this.cells = cells;
            this.ids = ids;
            this.size = size;
            this.overflow = overflow;
        }

        int size() {
            return size;
        }

        long id(int node) {
            return ids[node];
        }

        int find(long id) {
            return NodeTable.find(cells, ids, size, overflow, id);
        }
    }
}
