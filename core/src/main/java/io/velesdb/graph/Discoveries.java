package io.velesdb.graph;

import java.util.Arrays;

/**
 * The nodes that a breadth-first walk has come to, in order, with the way to each; and the one among them, the head, whose
 * neighbours are looked at now. Belongs to one walk.
 */
final class Discoveries {
    private int[] nodes;

    /** For each, the position of the one before it on its path. */
    private int[] parents;

    /** For each, the edge that led to it. */
    private int[] vias;

    private int size;
    private int head;
    private int headDepth;

    /** Where the nodes at {@link #headDepth} end. */
    private int levelEnd;

    /** @param sources the nodes at depth 0 */
    Discoveries(int... sources) {
        int capacity = Math.max(16, sources.length);
        nodes = Arrays.copyOf(sources, capacity);
        parents = new int[capacity];
        vias = new int[capacity];
        size = sources.length;
        levelEnd = size;
    }

    int size() {
        return size;
    }

    /** The position of the head. */
    int head() {
        return head;
    }

    int headNode() {
        return nodes[head];
    }

    /** Edges from a source to the head. */
    int headDepth() {
        return headDepth;
    }

    /** The node that was added last. */
    int lastNode() {
        return nodes[size - 1];
    }

    /** Adds a neighbour of the head. */
    void add(int node, int via) {
        if (size == nodes.length) {
            int capacity = EdgeTable.capacityFor(size + 1);
            nodes = Arrays.copyOf(nodes, capacity);
            parents = Arrays.copyOf(parents, capacity);
            vias = Arrays.copyOf(vias, capacity);
        }
        nodes[size] = node;
        parents[size] = head;
        vias[size] = via;
        size++;
    }

    /** Goes on to the next head; false when there is none at less than {@code maxDepth}. */
    boolean advance(int maxDepth) {
        head++;
        if (head == levelEnd) {
            headDepth++;
            levelEnd = size;
        }
        return head < size && headDepth < maxDepth;
    }

    /** The ids of the edges that lead to the node that was added last. */
    long[] pathToLast(GraphView graph) {
        long[] path = new long[headDepth + 1];
        int at = size - 1;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = graph.edgeId(vias[at]);
            at = parents[at];
        }
        return path;
    }
}
