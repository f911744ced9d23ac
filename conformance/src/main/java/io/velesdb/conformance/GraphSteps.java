package io.velesdb.conformance;

import io.velesdb.Collection;
import io.velesdb.Degree;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.GraphPath;
import io.velesdb.PathOptions;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalPage;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps about edges and walks along them, on the public Java API. */
final class GraphSteps {
    private GraphSteps() {}

    static Value perform(String operation, Collection graph, Obj step) {
        return switch (operation) {
            case "add_edge" -> {
                graph.addEdge(edge((Obj) Objects.requireNonNull(step.get("edge"), "the step has no edge")));
                yield Value.NULL;
            }
            case "add_edges" -> Value.of(graph.addEdges(edges(DatabaseSurface.array(step, "edges"))));
            case "relate" -> {
                Edge edge = edge((Obj) Objects.requireNonNull(step.get("edge"), "the step has no edge"));
                yield Ids.toValue(graph.relate(edge.source(), edge.target(), edge.label(), edge.properties()));
            }
            case "remove_edge" -> Value.of(graph.removeEdge(id(step, "id")));
            case "edges" -> values(graph.edges(step.text("label")));
            case "outgoing" -> values(graph.outgoing(id(step, "id")));
            case "incoming" -> values(graph.incoming(id(step, "id")));
            case "degree" -> {
                Degree degree = graph.degree(id(step, "id"));
                yield Obj.of("in", degree.in(), "out", degree.out());
            }
            case "traverse" -> traverse(graph, step);
            case "path" -> path(graph, step);
            case "components" ->
                Arr.of(graph.connectedComponents().stream()
                        .map(node -> Obj.of("id", Ids.toValue(node.id()), "component", Ids.toValue(node.component())))
                        .toList());
            case "page_rank" ->
                Arr.of(graph.pageRank().stream()
                        .map(node -> Obj.of(
                                "id", Ids.toValue(node.id()), "rank", DatabaseSurface.number((float) node.rank())))
                        .toList());
            default -> throw new AssertionError("unknown operation '" + operation + "'");
        };
    }

    static List<Edge> edges(Arr list) {
        List<Edge> edges = new ArrayList<>();
        for (Value edge : list) {
            edges.add(edge((Obj) edge));
        }
        return edges;
    }

    private static Edge edge(Obj json) {
        long source = id(json, "source");
        long target = id(json, "target");
        String label = Objects.requireNonNull(json.text("label"), "the edge has no label");
        Edge edge = json.has("id") ? Edge.of(id(json, "id"), source, target, label) : Edge.of(source, target, label);
        return edge.withProperties(json.get("properties") instanceof Obj properties ? properties : null);
    }

    private static Value values(List<Edge> edges) {
        return Arr.of(edges.stream()
                .map(edge -> Obj.of(
                        "id",
                        Ids.toValue(edge.id()),
                        "source",
                        Ids.toValue(edge.source()),
                        "target",
                        Ids.toValue(edge.target()),
                        "label",
                        edge.label(),
                        "properties",
                        edge.properties()))
                .toList());
    }

    private static Value traverse(Collection graph, Obj step) {
        TraversalOptions options = TraversalOptions.DEFAULT
                .direction(direction(step))
                .depth(number(step, "min_depth", 1), number(step, "max_depth", 3))
                .limit(number(step, "limit", 100))
                .relTypes(labels(step))
                .nodes(condition(step, "node_filter"))
                .edges(condition(step, "edge_filter"));
        TraversalPage page;
        List<TraversalHit> hits = new ArrayList<>();
        // a page after the other, so that a limit changes nothing but the size of the pages
        do {
            page = walk(graph, step, options);
            hits.addAll(page.hits());
            options = options.from(page.next());
        } while (page.next() != null && step.get("all_pages") instanceof Value.Bool all && all.value());
        return Arr.of(hits.stream()
                .map(hit -> Obj.of(
                        "id",
                        Ids.toValue(hit.target()),
                        "depth",
                        hit.depth(),
                        "path",
                        Arr.of(hit.path().stream().map(Ids::toValue).toList())))
                .toList());
    }

    private static TraversalPage walk(Collection graph, Obj step, TraversalOptions options) {
        if (step.get("from") instanceof Arr sources) {
            long[] ids = new long[sources.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = Ids.of(sources.get(i));
            }
            return graph.traverse(ids, options);
        }
        long source = id(step, "from");
        return "dfs".equals(step.text("order"))
                ? graph.traverseDepthFirst(source, options)
                : graph.traverse(source, options);
    }

    private static Value path(Collection graph, Obj step) {
        PathOptions options = PathOptions.DEFAULT
                .direction(direction(step))
                .relTypes(labels(step).toArray(String[]::new))
                .nodes(condition(step, "node_filter"))
                .edges(condition(step, "edge_filter"))
                .weight(step.text("weight"));
        GraphPath path = graph.shortestPath(id(step, "from"), id(step, "to"), options);
        if (path == null) {
            return Value.NULL;
        }
        return Obj.of(
                "nodes",
                Arr.of(path.nodes().stream().map(Ids::toValue).toList()),
                "edges",
                Arr.of(path.edges().stream().map(Ids::toValue).toList()),
                "weight",
                path.weight());
    }

    private static Direction direction(Obj step) {
        String name = step.text("direction");
        return name == null ? Direction.OUT : Direction.parse(name);
    }

    private static List<String> labels(Obj step) {
        List<String> labels = new ArrayList<>();
        if (step.get("rel_types") instanceof Arr names) {
            for (Value name : names) {
                labels.add(((Value.Str) name).text());
            }
        }
        return labels;
    }

    private static @Nullable Filter condition(Obj step, String member) {
        Value filter = step.get(member);
        return filter == null ? null : Filter.fromJson(filter);
    }

    private static int number(Obj step, String member, int usual) {
        return step.has(member) ? DatabaseSurface.integer(step, member) : usual;
    }

    private static long id(Obj step, String member) {
        return Ids.of(Objects.requireNonNull(step.get(member), "the step has no " + member));
    }
}
