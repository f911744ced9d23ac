package io.velesdb.graph;

import io.velesdb.Direction;
import io.velesdb.host.Cancellation;

/** Connected components: which nodes hang together, whatever the direction of edges. Pure and thread-safe. */
public final class Components {
    /** An id, a name, a parent, a node number. */
    private static final long BYTES_PER_NODE = 2 * Long.BYTES + 2 * Integer.BYTES;

    private Components() {}

    /**
     * The component of every node, named by its smallest id (unsigned).
     *
     * @param nodeIds the ids of the nodes to look at, in ascending unsigned order, each once; edges of others are ignored
     * @return for each of them the name of its component
     */
    public static long[] of(GraphView graph, long[] nodeIds, Cancellation cancellation) {
        cancellation.holds(nodeIds.length, nodeIds.length * BYTES_PER_NODE + (long) Integer.BYTES * graph.nodeBound());
        Members members = new Members(graph, nodeIds);
        int[] parents = new int[nodeIds.length];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = i;
        }
        Neighbors neighbors = graph.neighbors(Direction.OUT, LabelSet.ALL);
        for (int i = 0; i < nodeIds.length; i++) {
            if ((i & 1_023) == 0) {
                cancellation.check();
            }
            for (neighbors.start(members.node(i)); neighbors.next(); ) {
                int other = members.position(neighbors.node());
                if (other >= 0) {
                    union(parents, i, other);
                }
            }
        }
        long[] names = new long[nodeIds.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = nodeIds[root(parents, i)];
        }
        return names;
    }

    /** The smaller root stays one, so that it is the smallest of its component. */
    private static void union(int[] parents, int a, int b) {
        int x = root(parents, a);
        int y = root(parents, b);
        if (x < y) {
            parents[y] = x;
        } else {
            parents[x] = y;
        }
    }

    private static int root(int[] parents, int of) {
        int at = of;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
