package io.velesdb;

import java.util.List;

/**
 * A way through a graph. Immutable.
 *
 * @param nodes the ids of the nodes from source to target, both included; one more than edges
 * @param edges the ids of the edges between them
 * @param weight the sum of the weights, or the number of edges
 */
public record GraphPath(List<Long> nodes, List<Long> edges, double weight) {
    public GraphPath {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
