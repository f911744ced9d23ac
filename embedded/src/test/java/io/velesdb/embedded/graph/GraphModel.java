package io.velesdb.embedded.graph;

import io.velesdb.Collection;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.GraphPath;
import io.velesdb.NodeComponent;
import io.velesdb.PathOptions;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a graph answers, found by the shortest program for each question, whatever it costs. Ids are in unsigned order
 * throughout. Immutable.
 */
public final class GraphModel {
    private static final double DAMPING = 0.85;

    private final TreeMap<Long, @Nullable Obj> nodes = new TreeMap<>(Long::compareUnsigned);
    private final Map<Long, List<Edge>> outgoing = new HashMap<>();
    private final Map<Long, List<Edge>> incoming = new HashMap<>();
    private final List<Edge> edges;

    /**
     * @param nodes the payloads of all points by id, null where there is none
     * @param edges edges between them
     */
    public GraphModel(Map<Long, @Nullable Obj> nodes, java.util.Collection<Edge> edges) {
        this.nodes.putAll(nodes);
        this.edges = new ArrayList<>(edges);
        this.edges.sort(Comparator.comparing(Edge::id, Long::compareUnsigned));
        for (Edge edge : this.edges) {
            outgoing.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge);
            incoming.computeIfAbsent(edge.target(), id -> new ArrayList<>()).add(edge);
        }
    }

    /** What the points of a collection and the list of its edges say, of at most 10,000 points. */
    public static GraphModel of(Collection collection) {
        Map<Long, @Nullable Obj> nodes = new HashMap<>();
        collection.scroll(10_000).points().forEach(point -> nodes.put(point.id(), point.payload()));
        return new GraphModel(nodes, collection.edges(null));
    }

    /** The ids of all points, ascending. */
    public List<Long> nodes() {
        return List.copyOf(nodes.keySet());
    }

    /** All edges by ascending id. */
    public List<Edge> edges() {
        return List.copyOf(edges);
    }

    public List<Edge> outgoing(long node) {
        return outgoing.getOrDefault(node, List.of());
    }

    public List<Edge> incoming(long node) {
        return incoming.getOrDefault(node, List.of());
    }

    // ---- traversals; limit and cursor of the options are ignored

    public List<TraversalHit> breadthFirst(long source, TraversalOptions options) {
        Scope scope = new Scope(options);
        Map<Long, List<Long>> paths = new LinkedHashMap<>();
        paths.put(source, List.of());
        List<Long> front = List.of(source);
        for (int depth = 1; depth <= options.maxDepth() && !front.isEmpty(); depth++) {
            List<Long> next = new ArrayList<>();
            for (long node : front) {
                for (Edge edge : scope.edgesOf(node)) {
                    long other = other(edge, node);
                    if (!paths.containsKey(other) && scope.admits(other)) {
                        paths.put(other, longer(paths.get(node), edge));
                        next.add(other);
                    }
                }
            }
            front = next;
        }
        paths.remove(source);
        return paths.entrySet().stream()
                .map(way -> new TraversalHit(way.getKey(), way.getValue().size(), way.getValue()))
                .filter(hit -> hit.depth() >= options.minDepth())
                .toList();
    }

    /** What each source finds, the smallest depth first, of one depth in the order of the sources. */
    public List<TraversalHit> breadthFirst(long[] sources, TraversalOptions options) {
        List<TraversalHit> all = new ArrayList<>();
        for (long source : sources) {
            all.addAll(breadthFirst(source, options));
        }
        all.sort(Comparator.comparingInt(TraversalHit::depth));
        Map<Long, TraversalHit> first = new LinkedHashMap<>();
        all.forEach(hit -> first.putIfAbsent(hit.target(), hit));
        return List.copyOf(first.values());
    }

    public List<TraversalHit> depthFirst(long source, TraversalOptions options) {
        List<TraversalHit> hits = new ArrayList<>();
        descend(new Scope(options), options, source, List.of(), new HashMap<>(Map.of(source, 0)), hits);
        return hits;
    }

    /** @param entered the least depth at which each node was entered */
    private void descend(
            Scope scope,
            TraversalOptions options,
            long node,
            List<Long> path,
            Map<Long, Integer> entered,
            List<TraversalHit> hits) {
        int depth = path.size() + 1;
        if (depth > options.maxDepth()) {
            return;
        }
        for (Edge edge : scope.edgesOf(node)) {
            long other = other(edge, node);
            Integer known = entered.get(other);
            if ((known == null || known > depth) && scope.admits(other)) {
                entered.put(other, depth);
                List<Long> longer = longer(path, edge);
                if (known == null && depth >= options.minDepth()) {
                    hits.add(new TraversalHit(other, depth, longer));
                }
                descend(scope, options, other, longer, entered, hits);
            }
        }
    }

    // ---- paths

    /**
     * The path with the least weight, and of equal ones the first in the order of the edge ids; null for none. Every node
     * gets better paths from its neighbours until none does (Bellman 1958).
     */
    public @Nullable GraphPath shortestPath(long source, long target, PathOptions options) {
        Scope scope = new Scope(options);
        Map<Long, GraphPath> best = new HashMap<>();
        best.put(source, new GraphPath(List.of(source), List.of(), 0));
        Deque<Long> improved = new ArrayDeque<>(List.of(source));
        while (!improved.isEmpty()) {
            long node = improved.removeFirst();
            GraphPath path = best.get(node);
            for (Edge edge : scope.edgesOf(node)) {
                long other = other(edge, node);
                if (path.nodes().contains(other) || !scope.admits(other)) {
                    continue;
                }
                List<Long> passed = new ArrayList<>(path.nodes());
                passed.add(other);
                GraphPath way = new GraphPath(
                        passed, longer(path.edges(), edge), path.weight() + weight(edge, options.weight()));
                GraphPath known = best.get(other);
                if (known == null || compare(way, known) < 0) {
                    best.put(other, way);
                    improved.addLast(other);
                }
            }
        }
        return best.get(target);
    }

    private static double weight(Edge edge, @Nullable String property) {
        Obj properties = edge.properties();
        return property != null && properties != null && properties.get(property) instanceof Value.Num number
                ? number.doubleValue()
                : 1;
    }

    private static int compare(GraphPath a, GraphPath b) {
        if (a.weight() != b.weight()) {
            return Double.compare(a.weight(), b.weight());
        }
        for (int i = 0; i < Math.min(a.edges().size(), b.edges().size()); i++) {
            int order = Long.compareUnsigned(a.edges().get(i), b.edges().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.edges().size(), b.edges().size());
    }

    // ---- the whole graph

    /** Floods from the smallest id on. */
    public List<NodeComponent> connectedComponents() {
        TreeMap<Long, Long> names = new TreeMap<>(Long::compareUnsigned);
        for (long name : nodes.keySet()) {
            Deque<Long> reached = new ArrayDeque<>(List.of(name));
            while (!reached.isEmpty()) {
                long node = reached.removeLast();
                if (names.putIfAbsent(node, name) == null) {
                    outgoing(node).forEach(edge -> reached.add(edge.target()));
                    incoming(node).forEach(edge -> reached.add(edge.source()));
                }
            }
        }
        return names.entrySet().stream()
                .map(entry -> new NodeComponent(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The rank of every node by ascending id, as its definition says it. */
    public Map<Long, Double> pageRank() {
        TreeMap<Long, Double> ranks = new TreeMap<>(Long::compareUnsigned);
        nodes.keySet().forEach(node -> ranks.put(node, 1.0 / nodes.size()));
        double change = 1;
        for (int round = 0; round < 100 && change >= 1e-6; round++) {
            double dangling = 0;
            for (Map.Entry<Long, Double> entry : ranks.entrySet()) {
                dangling += outgoing(entry.getKey()).isEmpty() ? entry.getValue() : 0;
            }
            double base = (1 - DAMPING + DAMPING * dangling) / nodes.size();
            Map<Long, Double> next = new HashMap<>();
            for (long node : nodes.keySet()) {
                double sum = 0;
                for (Edge edge : incoming(node)) {
                    sum += ranks.get(edge.source()) / outgoing(edge.source()).size();
                }
                next.put(node, base + DAMPING * sum);
            }
            change = 0;
            for (Map.Entry<Long, Double> entry : next.entrySet()) {
                change += Math.abs(entry.getValue() - ranks.get(entry.getKey()));
            }
            ranks.putAll(next);
        }
        return ranks;
    }

    // ----

    /** Which edges are followed and which nodes are entered. */
    private final class Scope {
        private final Direction direction;
        private final List<String> labels;
        private final @Nullable Filter nodeFilter;
        private final @Nullable Filter edgeFilter;

        Scope(TraversalOptions options) {
            direction = options.direction();
            labels = options.relTypes();
            nodeFilter = options.nodeFilter();
            edgeFilter = options.edgeFilter();
        }

        Scope(PathOptions options) {
            direction = options.direction();
            labels = options.relTypes();
            nodeFilter = options.nodeFilter();
            edgeFilter = options.edgeFilter();
        }

        boolean admits(long node) {
            return nodes.containsKey(node) && (nodeFilter == null || nodeFilter.matches(node, nodes.get(node)));
        }

        /** By ascending id, an edge from a node to itself once. */
        List<Edge> edgesOf(long node) {
            TreeMap<Long, Edge> found = new TreeMap<>(Long::compareUnsigned);
            if (direction != Direction.IN) {
                outgoing(node).forEach(edge -> found.put(edge.id(), edge));
            }
            if (direction != Direction.OUT) {
                incoming(node).forEach(edge -> found.put(edge.id(), edge));
            }
            return found.values().stream()
                    .filter(edge -> labels.isEmpty() || labels.contains(edge.label()))
                    .filter(edge -> edgeFilter == null || edgeFilter.matches(edge.id(), edge.properties()))
                    .toList();
        }
    }

    private static long other(Edge edge, long node) {
        return edge.source() == node ? edge.target() : edge.source();
    }

    private static List<Long> longer(List<Long> path, Edge edge) {
        List<Long> longer = new ArrayList<>(path);
        longer.add(edge.id());
        return longer;
    }
}
