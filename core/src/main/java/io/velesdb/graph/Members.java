package io.velesdb.graph;

import java.util.Arrays;

/** The positions of a graph's nodes in an ascending array of ids, and back. */
final class Members {
    private final int[] positions;
    private final int[] nodes;

    /** @throws IllegalArgumentException when the ids do not ascend */
    Members(GraphView graph, long[] nodeIds) {
        positions = new int[graph.nodeBound()];
        Arrays.fill(positions, -1);
        nodes = new int[nodeIds.length];
        for (int i = 0; i < nodeIds.length; i++) {
            if (i > 0 && Long.compareUnsigned(nodeIds[i - 1], nodeIds[i]) >= 0) {
                throw new IllegalArgumentException("node ids do not ascend at " + i);
            }
            nodes[i] = graph.node(nodeIds[i]);
            if (nodes[i] >= 0) {
                positions[nodes[i]] = i;
            }
        }
    }

    /** The position of a node number, or -1. */
    int position(int node) {
        return positions[node];
    }

    /** The node number at a position, or -1 when it has no edges. */
    int node(int position) {
        return nodes[position];
    }
}
