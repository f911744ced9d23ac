package io.velesdb.persistent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent B+ tree from point ids (unsigned 64-bit) to slots. A published tree never changes: an edit copies the
 * nodes on its path once and then works in place on its own copies, so a reader keeps a consistent map for free and a
 * write costs O(log n).
 *
 * <p>Underfull nodes are not merged; an empty node is unlinked. Lookups and ordered scans stay O(log n) because the
 * height never grows by deleting.
 */
public final class IdTree {
    static final int FANOUT = 64;
    /** What maps to nothing. */
    public static final int ABSENT = -1;

    /** The tree of no ids. */
    public static final IdTree EMPTY = new IdTree(new Node(null, true), 0);

    private final Node root;
    private final int size;

    private IdTree(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /** The number of ids. */
    public int size() {
        return size;
    }

    /** The slot of {@code id}, or {@link #ABSENT}. */
    public int get(long id) {
        Node node = root;
        while (!node.leaf) {
            node = node.children[node.childFor(id)];
        }
        int at = node.find(id);
        return at >= 0 ? node.slots[at] : ABSENT;
    }

    /** The largest id, or 0 for a tree of no ids. */
    public long lastId() {
        Node node = root;
        while (!node.leaf) {
            node = node.children[node.count - 1];
        }
        return node.count == 0 ? 0 : node.keys[node.count - 1];
    }

    /** Positioned before the smallest id that is at least {@code id} (greater than {@code id} if exclusive). */
    public Cursor from(long id, boolean exclusive) {
        return new Cursor(root, id, exclusive);
    }

    /** Positioned before the smallest id. */
    public Cursor first() {
        return new Cursor(root, 0, false);
    }

    /** The start of a series of changes that leave this tree as it is. */
    public Editor edit() {
        return new Editor(this);
    }

    /** Builds a tree from ids in strictly ascending unsigned order. */
    public static IdTree ofSorted(long[] ids, int[] slots, int count) {
        if (count == 0) {
            return EMPTY;
        }
        int fill = FANOUT * 3 / 4;
        int nodes = (count + fill - 1) / fill;
        Node[] level = new Node[nodes];
        for (int i = 0; i < nodes; i++) {
            int from = (int) ((long) count * i / nodes);
            int to = (int) ((long) count * (i + 1) / nodes);
            Node leaf = new Node(null, true);
            leaf.count = to - from;
            System.arraycopy(ids, from, leaf.keys, 0, leaf.count);
            System.arraycopy(slots, from, leaf.slots, 0, leaf.count);
            level[i] = leaf;
        }
        while (level.length > 1) {
            int parents = (level.length + fill - 1) / fill;
            Node[] above = new Node[parents];
            for (int i = 0; i < parents; i++) {
                int from = (int) ((long) level.length * i / parents);
                int to = (int) ((long) level.length * (i + 1) / parents);
                Node inner = new Node(null, false);
                inner.count = to - from;
                for (int c = from; c < to; c++) {
                    inner.children[c - from] = level[c];
                    inner.keys[c - from] = level[c].keys[0];
                }
                above[i] = inner;
            }
            level = above;
        }
        return new IdTree(level[0], count);
    }

    /** In a leaf, keys[i] maps to slots[i]; in an inner node, keys[i] is a lower bound of children[i]. */
    private static final class Node {
        final @Nullable Object owner;
        final boolean leaf;
        final long[] keys;
        final int[] slots;
        final Node[] children;
        int count;

        Node(@Nullable Object owner, boolean leaf) {
            this.owner = owner;
            this.leaf = leaf;
            keys = new long[FANOUT];
            slots = leaf ? new int[FANOUT] : new int[0];
            children = leaf ? new Node[0] : new Node[FANOUT];
        }

        private Node(Object owner, Node from) {
            this.owner = owner;
            leaf = from.leaf;
            keys = Arrays.copyOf(from.keys, FANOUT);
            slots = Arrays.copyOf(from.slots, from.slots.length);
            children = Arrays.copyOf(from.children, from.children.length);
            count = from.count;
        }

        /** The position of {@code id}, or -(insertion point) - 1. */
        int find(long id) {
            int low = 0;
            int high = count - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Long.compareUnsigned(keys[middle], id);
                if (order < 0) {
                    low = middle + 1;
                } else if (order > 0) {
                    high = middle - 1;
                } else {
                    return middle;
                }
            }
            return -low - 1;
        }

        int childFor(long id) {
            int at = find(id);
            return at >= 0 ? at : Math.max(0, -at - 2);
        }

        void remove(int at) {
            System.arraycopy(keys, at + 1, keys, at, count - at - 1);
            if (leaf) {
                System.arraycopy(slots, at + 1, slots, at, count - at - 1);
            } else {
                System.arraycopy(children, at + 1, children, at, count - at - 1);
            }
            count--;
        }

        void insertSlot(int at, long id, int slot) {
            System.arraycopy(keys, at, keys, at + 1, count - at);
            System.arraycopy(slots, at, slots, at + 1, count - at);
            keys[at] = id;
            slots[at] = slot;
            count++;
        }

        void insertChild(int at, Node child) {
            System.arraycopy(keys, at, keys, at + 1, count - at);
            System.arraycopy(children, at, children, at + 1, count - at);
            keys[at] = child.keys[0];
            children[at] = child;
            count++;
        }
    }

    /** A series of changes by one writer; {@link #tree} ends it and makes the result immutable. */
    public static final class Editor {
        private final Object token = new Object();
        private Node root;
        private int size;

        private Editor(IdTree tree) {
            root = tree.root;
            size = tree.size;
        }

        /** The slot of {@code id} as edited so far, or {@link #ABSENT}. */
        public int get(long id) {
            return new IdTree(root, size).get(id);
        }

        /** The number of ids as edited so far. */
        public int size() {
            return size;
        }

        /** Maps {@code id} to {@code slot} and returns the slot it had, or {@link #ABSENT}. */
        public int put(long id, int slot) {
            root = mine(root);
            int before = put(root, id, slot);
            if (root.count == FANOUT) {
                Node above = new Node(token, false);
                above.children[0] = root;
                above.keys[0] = root.keys[0];
                above.count = 1;
                split(above, 0);
                root = above;
            }
            if (before == ABSENT) {
                size++;
            }
            return before;
        }

        /** Forgets {@code id} and returns the slot it had, or {@link #ABSENT}. */
        public int remove(long id) {
            if (get(id) == ABSENT) {
                return ABSENT;
            }
            root = mine(root);
            int before = remove(root, id);
            while (!root.leaf && root.count == 1) {
                root = root.children[0];
            }
            if (!root.leaf && root.count == 0) {
                root = new Node(token, true);
            }
            size--;
            return before;
        }

        /** The result. The editor may go on only if the result was not shown to anybody. */
        public IdTree tree() {
            return new IdTree(root, size);
        }

        @SuppressWarnings("ReferenceEquality") // a token is nothing but its identity
        private Node mine(Node node) {
            return node.owner == token ? node : new Node(token, node);
        }

        /** {@code node} is ours and has room. Afterwards it may be full; the caller splits it. */
        private int put(Node node, long id, int slot) {
            if (node.leaf) {
                int at = node.find(id);
                if (at >= 0) {
                    int before = node.slots[at];
                    node.slots[at] = slot;
                    return before;
                }
                node.insertSlot(-at - 1, id, slot);
                return ABSENT;
            }
            int at = node.childFor(id);
            Node child = mine(node.children[at]);
            node.children[at] = child;
            int before = put(child, id, slot);
            if (Long.compareUnsigned(id, node.keys[at]) < 0) {
                node.keys[at] = id;
            }
            if (child.count == FANOUT) {
                split(node, at);
            }
            return before;
        }

        private void split(Node parent, int at) {
            Node left = parent.children[at];
            Node right = new Node(token, left.leaf);
            // ids mostly arrive in ascending order: leave the left node nearly full when its last child grew
            int keep = at == parent.count - 1 ? FANOUT * 7 / 8 : FANOUT / 2;
            right.count = left.count - keep;
            System.arraycopy(left.keys, keep, right.keys, 0, right.count);
            if (left.leaf) {
                System.arraycopy(left.slots, keep, right.slots, 0, right.count);
            } else {
                System.arraycopy(left.children, keep, right.children, 0, right.count);
                Arrays.fill(left.children, keep, left.count, null);
            }
            left.count = keep;
            parent.insertChild(at + 1, right);
        }

        private int remove(Node node, long id) {
            if (node.leaf) {
                int at = node.find(id);
                int before = node.slots[at];
                node.remove(at);
                return before;
            }
            int at = node.childFor(id);
            Node child = mine(node.children[at]);
            node.children[at] = child;
            int before = remove(child, id);
            if (child.count == 0) {
                node.remove(at);
            }
            return before;
        }
    }

    /** Walks ids in ascending unsigned order over the tree as it was when the cursor was made. */
    public static final class Cursor {
        private static final int MAX_HEIGHT = 12;
        private final Node[] path = new Node[MAX_HEIGHT];
        private final int[] position = new int[MAX_HEIGHT];
        private int depth;
        private long id;
        private int slot;

        /** A cursor at the end of nothing; {@link #start} gives it a tree. */
        public Cursor() {
            path[0] = EMPTY.root;
        }

        private Cursor(Node root, long from, boolean exclusive) {
            seek(root, from, exclusive);
        }

        /** Positions this cursor before the smallest id of {@code tree}. */
        public void start(IdTree tree) {
            depth = 0;
            seek(tree.root, 0, false);
        }

        private void seek(Node root, long from, boolean exclusive) {
            Node node = root;
            while (true) {
                path[depth] = node;
                if (node.leaf) {
                    int at = node.find(from);
                    position[depth] = at < 0 ? -at - 1 : exclusive ? at + 1 : at;
                    return;
                }
                int at = node.childFor(from);
                position[depth] = at;
                depth++;
                if (node.count == 0) {
                    depth = 0;
                    position[0] = 0;
                    return;
                }
                node = node.children[at];
            }
        }

        /** Steps to the next id; false at the end. */
        public boolean next() {
            while (true) {
                Node node = path[depth];
                if (node.leaf && position[depth] < node.count) {
                    id = node.keys[position[depth]];
                    slot = node.slots[position[depth]];
                    position[depth]++;
                    return true;
                }
                if (!climb()) {
                    return false;
                }
            }
        }

        private boolean climb() {
            int level = depth - 1;
            while (level >= 0 && position[level] + 1 >= path[level].count) {
                level--;
            }
            if (level < 0) {
                return false;
            }
            position[level]++;
            Node node = path[level].children[position[level]];
            for (depth = level + 1; ; depth++) {
                path[depth] = node;
                position[depth] = 0;
                if (node.leaf) {
                    return true;
                }
                node = node.children[0];
            }
        }

        public long id() {
            return id;
        }

        public int slot() {
            return slot;
        }
    }
}
