package io.velesdb;

import java.util.List;

/**
 * A node that a traversal found. Immutable.
 *
 * @param target the id of the node
 * @param depth how many edges it is away along {@code path}
 * @param path the ids of the edges that lead there, from the source on
 */
public record TraversalHit(long target, int depth, List<Long> path) {
    public TraversalHit {
        path = List.copyOf(path);
    }
}
