package io.velesdb.graph;

import io.velesdb.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Walks the edges of one node after another, each by ascending edge id, without allocating. In direction {@link
 * Direction#BOTH} an edge from a node to itself comes once. For one reader at a time.
 *
 * <pre>{@code
 * Neighbors neighbors = graph.neighbors(Direction.OUT, graph.labels(List.of("hyponym")));
 * for (neighbors.start(node); neighbors.next(); ) {
 *     visit(neighbors.node(), neighbors.edge());
 * }
 * }</pre>
 */
public final class Neighbors {
    private final long[] edgeIds;
    private final Incidence first;
    private final @Nullable Incidence second;
    private boolean firstWaits;
    private boolean secondWaits;
    private int edge;
    private int node;

    Neighbors(long[] edgeIds, Incidence first, @Nullable Incidence second) {
        this.edgeIds = edgeIds;
        this.first = first;
        this.second = second;
    }

    /** Goes to the edges of a node (its number); those of -1 are none. */
    public void start(int ofNode) {
        first.start(ofNode);
        if (second != null) {
            second.start(ofNode);
            firstWaits = first.next();
            secondWaits = second.next();
        }
    }

    /** Steps to the next edge; false at the end. */
    public boolean next() {
        if (second == null) {
            if (!first.next()) {
                return false;
            }
            edge = first.slot();
            node = first.other();
            return true;
        }
        return nextOfBoth(second);
    }

    private boolean nextOfBoth(Incidence incoming) {
        if (!firstWaits && !secondWaits) {
            return false;
        }
        int order = !secondWaits
                ? -1
                : !firstWaits ? 1 : Long.compareUnsigned(edgeIds[first.slot()], edgeIds[incoming.slot()]);
        Incidence taken = order <= 0 ? first : incoming;
        edge = taken.slot();
        node = taken.other();
        if (order <= 0) {
            firstWaits = first.next();
        }
        if (order >= 0) {
            secondWaits = incoming.next();
        }
        return true;
    }

    /** The number of the edge. */
    public int edge() {
        return edge;
    }

    /** The number of the node at its other end. */
    public int node() {
        return node;
    }
}
