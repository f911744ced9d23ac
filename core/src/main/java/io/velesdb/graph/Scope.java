package io.velesdb.graph;

import io.velesdb.Direction;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The part of a graph that a walk may use. For one reader at a time. */
final class Scope {
    private static final int CHECK_EVERY = 256;

    /** About what a walk keeps of a node: itself, the way to it, its place in a set. */
    private static final int BYTES_PER_NODE = 32;

    private final GraphView graph;
    private final Direction direction;
    private final LabelSet labels;
    private final LongPredicate nodes;
    private final @Nullable Filter edgeFilter;
    private final Cancellation cancellation;
    private long followed;

    /** @param nodes which node ids may be seen; asked about the nodes that edges lead to */
    Scope(
            GraphView graph,
            Direction direction,
            List<String> relTypes,
            LongPredicate nodes,
            @Nullable Filter edgeFilter,
            Cancellation cancellation) {
        this.graph = graph;
        this.direction = direction;
        this.labels = graph.labels(relTypes);
        this.nodes = nodes;
        this.edgeFilter = edgeFilter;
        this.cancellation = cancellation;
    }

    GraphView graph() {
        return graph;
    }

    Neighbors neighbors() {
        return graph.neighbors(direction, labels);
    }

    /** Counts an edge that is looked at, and ends the walk when it is time to. */
    void follow() {
        if ((++followed & CHECK_EVERY - 1) == 0) {
            cancellation.check();
        }
    }

    /**
     * Tells what the walk holds, and ends it when that is too much.
     *
     * @param nodes nodes that were found and are kept, or ways to them
     */
    void holds(int nodes) {
        cancellation.holds(nodes, (long) nodes * BYTES_PER_NODE);
    }

    /** Edges looked at so far. */
    long followed() {
        return followed;
    }

    boolean admitsEdge(int edge) {
        if (edgeFilter == null) {
            return true;
        }
        Obj properties = graph.properties(edge);
        return edgeFilter.matches(graph.edgeId(edge), properties);
    }

    boolean admitsNode(int node) {
        return nodes.test(graph.nodeId(node));
    }

    /**
     * The number of a node that a walk starts or ends at.
     *
     * @throws VelesException VELES-022 when {@code exists} does not know it
     */
    static int endpoint(GraphView graph, String role, long id, LongPredicate exists) {
        if (!exists.test(id)) {
            throw new VelesException(
                    ErrorCode.NODE_NOT_FOUND,
                    role + " " + Long.toUnsignedString(id)
                            + " does not exist: name the id of a point of the collection");
        }
        return graph.node(id);
    }
}
