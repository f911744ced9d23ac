package io.velesdb.graph;

import io.velesdb.GraphPath;
import io.velesdb.PathOptions;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Shortest paths. Of equally short ones the path with the smaller edge ids, compared in order, so the answer is one and
 * the same wherever it is computed. Pure and thread-safe.
 */
public final class Paths {
    private Paths() {}

    /**
     * The shortest path between two nodes, or null when there is none. Of a node to itself: no edges.
     *
     * @param exists which point ids are visible
     * @param nodes which of them also pass the node filter; the source need not
     * @throws VelesException VELES-022 when source or target does not exist; VELES-010 for a weight that is negative or
     *     no number
     */
    public static @Nullable GraphPath shortest(
            GraphView graph,
            long source,
            long target,
            PathOptions options,
            LongPredicate exists,
            LongPredicate nodes,
            Cancellation cancellation) {
        int from = Scope.endpoint(graph, "source", source, exists);
        int to = Scope.endpoint(graph, "target", target, exists);
        if (source == target) {
            return new GraphPath(List.of(source), List.of(), 0);
        }
        if (from < 0 || to < 0) {
            return null;
        }
        Scope scope =
                new Scope(graph, options.direction(), options.relTypes(), nodes, options.edgeFilter(), cancellation);
        String weight = options.weight();
        if (weight != null) {
            LightestPath search = new LightestPath(scope, weight);
            return search.find(from, to) ? path(graph, source, search.path(), search.weight()) : null;
        }
        BreadthFirst walk = new BreadthFirst(scope, from, Integer.MAX_VALUE);
        while (walk.next()) {
            if (walk.node() == to) {
                return path(graph, source, walk.path(), walk.depth());
            }
        }
        return null;
    }

    private static GraphPath path(GraphView graph, long source, long[] edgeIds, double weight) {
        List<Long> nodes = new ArrayList<>(edgeIds.length + 1);
        List<Long> edges = new ArrayList<>(edgeIds.length);
        long at = source;
        nodes.add(at);
        for (long id : edgeIds) {
            int edge = graph.edgeNumber(id);
            long one = graph.nodeId(graph.source(edge));
            at = one == at ? graph.nodeId(graph.target(edge)) : one;
            nodes.add(at);
            edges.add(id);
        }
        return new GraphPath(nodes, edges, weight);
    }
}
