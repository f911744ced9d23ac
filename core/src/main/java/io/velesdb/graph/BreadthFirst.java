package io.velesdb.graph;

import java.util.Arrays;

/**
 * Nodes by the number of edges that lead to them, then by their way: those of a depth come in the order of their
 * predecessors and of the ids of the last edges, which is the order of their paths compared edge by edge. So the path of
 * a node is the smallest of the shortest.
 */
final class BreadthFirst implements Walk {
    private final Scope scope;
    private final Neighbors neighbors;
    private final NodeSet seen;
    private final int maxDepth;

    /** The nodes found, in order; the source is the first. */
    private int[] nodes = new int[16];

    /** For each, the position of the one before it on its path. */
    private int[] parents = new int[16];

    /** For each, the edge that led to it. */
    private int[] vias = new int[16];

    private int size;
    private int head;
    private int headDepth;
    private int depthReached;

    /** Where the nodes at {@link #headDepth} end. */
    private int levelEnd = 1;

    private boolean done;

    BreadthFirst(Scope scope, int source, int maxDepth) {
        this.scope = scope;
        this.maxDepth = maxDepth;
        neighbors = scope.neighbors();
        seen = new NodeSet(scope.graph().nodeBound());
        done = source < 0 || maxDepth < 1;
        add(source, -1, -1);
        if (!done) {
            seen.add(source);
            neighbors.start(source);
        }
    }

    @Override
    public boolean next() {
        while (!done) {
            while (neighbors.next()) {
                scope.follow();
                int node = neighbors.node();
                if (seen.contains(node) || !scope.admitsEdge(neighbors.edge())) {
                    continue;
                }
                seen.add(node);
                if (scope.admitsNode(node)) {
                    add(node, head, neighbors.edge());
                    depthReached = headDepth + 1;
                    return true;
                }
            }
            nextHead();
        }
        return false;
    }

    private void nextHead() {
        head++;
        if (head == levelEnd) {
            headDepth++;
            levelEnd = size;
        }
        if (head == size || headDepth >= maxDepth) {
            done = true;
        } else {
            neighbors.start(nodes[head]);
        }
    }

    @Override
    public int node() {
        return nodes[size - 1];
    }

    @Override
    public int depth() {
        return headDepth + 1;
    }

    @Override
    public long[] path() {
        long[] path = new long[depth()];
        int at = size - 1;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = scope.graph().edgeId(vias[at]);
            at = parents[at];
        }
        return path;
    }

    @Override
    public long visited() {
        return size;
    }

    @Override
    public long followed() {
        return scope.followed();
    }

    @Override
    public int depthReached() {
        return depthReached;
    }

    private void add(int node, int parent, int via) {
        if (size == nodes.length) {
            int capacity = EdgeTable.capacityFor(size + 1);
            nodes = Arrays.copyOf(nodes, capacity);
            parents = Arrays.copyOf(parents, capacity);
            vias = Arrays.copyOf(vias, capacity);
        }
        nodes[size] = node;
        parents[size] = parent;
        vias[size] = via;
        size++;
    }
}
