package io.velesdb.embedded.graph;

import io.velesdb.Collection;
import io.velesdb.Degree;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.NodeRank;
import io.velesdb.PathOptions;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalPage;
import io.velesdb.filter.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions about a graph, drawn anew each time, of which a collection's answers are compared with those of a model to the
 * last edge id. Filters look at the members {@code tag} of points and {@code w} of edges.
 */
public final class GraphQuestions {
    private static final int UNLIMITED = 1_000_000;

    private final GraphModel model;
    private final SplittableRandom random;
    private final List<Long> nodes;
    private final List<Edge> edges;

    public GraphQuestions(GraphModel model, SplittableRandom random) {
        this.model = model;
        this.random = random;
        nodes = model.nodes();
        edges = model.edges();
    }

    /** Says how the edges of a node, and how many there are, differ for any node; null when they do not. */
    public static @Nullable String differenceOfAdjacency(Collection collection, GraphModel model) {
        for (long node : model.nodes()) {
            List<Edge> outgoing = model.outgoing(node);
            List<Edge> incoming = model.incoming(node);
            String difference = same("edges from " + node, collection.outgoing(node), outgoing);
            if (difference == null) {
                difference = same("edges to " + node, collection.incoming(node), incoming);
            }
            if (difference == null) {
                Degree degree = new Degree(incoming.size(), outgoing.size());
                difference = same("degree of " + node, collection.degree(node), degree);
            }
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** Asks one question of each kind. Says which answer is another than it must be; null for none. */
    public @Nullable String differenceFrom(Collection collection) {
        if (nodes.isEmpty()) {
            return null;
        }
        List<Function<Collection, @Nullable String>> kinds = List.of(
                this::ofTraversal,
                this::ofDepthFirst,
                this::ofTraversalFromSeveral,
                this::ofPath,
                this::ofComponents,
                this::ofRanks);
        for (Function<Collection, @Nullable String> kind : kinds) {
            String difference = kind.apply(collection);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String ofTraversal(Collection collection) {
        long source = node();
        TraversalOptions options = traversal();
        return ofPages(
                "walk from " + source + ", ",
                options,
                page -> collection.traverse(source, page),
                model.breadthFirst(source, options));
    }

    private @Nullable String ofDepthFirst(Collection collection) {
        long source = node();
        TraversalOptions options = traversal();
        return ofPages(
                "walk depth first from " + source + ", ",
                options,
                page -> collection.traverseDepthFirst(source, page),
                model.depthFirst(source, options));
    }

    private @Nullable String ofTraversalFromSeveral(Collection collection) {
        long[] sources = new long[1 + random.nextInt(5)];
        Arrays.setAll(sources, i -> node());
        TraversalOptions options = traversal();
        return ofPages(
                "walk from " + Arrays.toString(sources) + ", ",
                options,
                page -> collection.traverse(sources, page),
                model.breadthFirst(sources, options));
    }

    /** Page by page; only the last may hold fewer than the limit, and only it says that there is no more. */
    private @Nullable String ofPages(
            String walk,
            TraversalOptions options,
            Function<TraversalOptions, TraversalPage> ask,
            List<TraversalHit> expected) {
        int limit = random.nextBoolean() ? UNLIMITED : 1 + expected.size() / 4 + random.nextInt(5);
        List<TraversalHit> found = new ArrayList<>();
        String cursor = null;
        do {
            TraversalPage page = ask.apply(options.limit(limit).from(cursor));
            found.addAll(page.hits());
            cursor = page.next();
            if (page.hits().size() > limit || cursor != null && page.hits().size() < limit) {
                return walk + options + ": a page of " + page.hits().size() + " nodes with the limit " + limit;
            }
        } while (cursor != null);
        return same(walk + options + " in pages of " + limit, found, expected);
    }

    private TraversalOptions traversal() {
        int least = random.nextInt(3);
        TraversalOptions options = TraversalOptions.DEFAULT
                .direction(direction())
                .depth(least, least + random.nextInt(6))
                .nodes(nodeFilter())
                .edges(edgeFilter());
        return options.relTypes(labels());
    }

    private @Nullable String ofPath(Collection collection) {
        long source = node();
        long target = node();
        PathOptions options = new PathOptions(
                direction(), labels(), nodeFilter(), edgeFilter(), random.nextBoolean() ? "w" : null, null, null);
        return same(
                "path from " + source + " to " + target + ", " + options,
                collection.shortestPath(source, target, options),
                model.shortestPath(source, target, options));
    }

    private @Nullable String ofComponents(Collection collection) {
        return same("components", collection.connectedComponents(), model.connectedComponents());
    }

    private @Nullable String ofRanks(Collection collection) {
        List<NodeRank> found = collection.pageRank();
        Map<Long, Double> expected = model.pageRank();
        String difference =
                same("nodes with a rank", found.stream().map(NodeRank::id).toList(), List.copyOf(expected.keySet()));
        for (NodeRank node : found) {
            if (difference == null && !(Math.abs(node.rank() - expected.get(node.id())) < 1e-9)) {
                difference = "rank of " + node.id() + ": " + node.rank() + ", expected " + expected.get(node.id());
            }
        }
        return difference;
    }

    // ---- what is drawn

    private Direction direction() {
        return Direction.values()[random.nextInt(3)];
    }

    /** Mostly all; else one or two that edges have, at times with one that none has. */
    private List<String> labels() {
        if (edges.isEmpty() || random.nextInt(3) > 0) {
            return List.of();
        }
        Set<String> labels = new LinkedHashSet<>();
        labels.add(oneOf(edges).label());
        labels.add(random.nextInt(3) == 0 ? "OF_NO_EDGE" : oneOf(edges).label());
        return List.copyOf(labels);
    }

    private @Nullable Filter nodeFilter() {
        return switch (random.nextInt(8)) {
            case 0 -> Filter.not(Filter.eq("tag", random.nextInt(3)));
            case 1 -> Filter.in("tag", random.nextInt(3), random.nextInt(9));
            case 2 -> Filter.not(Filter.eq("id", oneOf(nodes)));
            default -> null;
        };
    }

    private @Nullable Filter edgeFilter() {
        return switch (random.nextInt(8)) {
            case 0 -> Filter.gt("w", random.nextInt(6));
            case 1 -> Filter.not(Filter.eq("w", random.nextInt(9)));
            case 2 -> Filter.isNull("w");
            default -> null;
        };
    }

    /** Mostly one with edges, where there is any. */
    private long node() {
        if (edges.isEmpty() || random.nextInt(6) == 0) {
            return oneOf(nodes);
        }
        Edge edge = oneOf(edges);
        return random.nextBoolean() ? edge.source() : edge.target();
    }

    private <T> T oneOf(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static @Nullable String same(String what, @Nullable Object found, @Nullable Object expected) {
        return Objects.equals(found, expected) ? null : what + ": " + found + ", expected " + expected;
    }
}
