package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.Neighbors;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Walks a pattern through the graph of a collection, depth first from its first node, neighbours by ascending edge id. No
 * edge is used twice in a match; rows may recur (section 15.3).
 */
final class PatternWalk {
    /** Takes matches as they are found. */
    @FunctionalInterface
    interface Sink {
        /** False to end the walk. */
        boolean take(PatternWalk match);
    }

    private static final int STEPS_BETWEEN_CHECKS = 256;

    private final CollectionSnapshot collection;
    private final GraphView graph;
    private final NodeTest[] nodes;
    /** By node: the first node with the same alias, which must be the same row. */
    private final int[] sameAs;

    private final Hop[] hops;
    private final Neighbors[] neighbors;
    private final Execution execution;

    private final @Nullable RowEntity[] bound;
    private final List<Integer> edges = new ArrayList<>();
    private final int[] firstEdge;
    private int steps;
    private int mostEdges = Integer.MAX_VALUE;

    /**
     * @param conditions what WHERE asks of the data of single nodes, by node
     * @throws io.velesdb.VelesException VELES-010 when the alias of a relationship occurs twice
     */
    PatternWalk(
            Pattern pattern,
            VisibleRows target,
            IntFunction<List<Filter>> conditions,
            Operands operands,
            Execution execution) {
        this.execution = execution;
        collection = target.state();
        graph = collection.graph();
        int n = pattern.nodes().size();
        nodes = new NodeTest[n];
        sameAs = new int[n];
        bound = new RowEntity[n];
        hops = new Hop[n - 1];
        firstEdge = new int[n];
        neighbors = new Neighbors[n - 1];
        Map<String, Integer> aliases = new HashMap<>();
        for (int i = 0; i < n; i++) {
            Pattern.NodePattern node = pattern.nodes().get(i);
            nodes[i] = NodeTest.of(node, target, conditions.apply(i), operands, execution);
            Name alias = node.alias();
            Integer first = alias == null ? null : aliases.putIfAbsent(alias.text(), i);
            sameAs[i] = first == null ? i : first;
        }
        for (int i = 0; i < hops.length; i++) {
            Pattern.RelationshipPattern relationship = pattern.relationships().get(i);
            Name alias = relationship.alias();
            if (alias != null && aliases.putIfAbsent(alias.text(), -1) != null) {
                throw Refusal.unrunnable(
                        alias.position(),
                        "the alias '" + alias.text() + "' of a relationship occurs twice: give each its own");
            }
            hops[i] = Hop.of(relationship, graph, operands);
            neighbors[i] = graph.neighbors(hops[i].direction(), hops[i].labels());
        }
    }

    /** The collection that the rows of statements are read with when they are walked. */
    static VisibleRows target(String collection, Execution execution) {
        return execution.visible(collection, AccessRequest.Kind.GRAPH_TRAVERSAL);
    }

    /** All matches. */
    void all(Sink sink) {
        Operator start = new RowScan(nodes[0].candidates(execution), execution);
        for (List<Tuple> batch = start.next(); batch != null; batch = start.next()) {
            for (Tuple row : batch) {
                if (row.entity(0) instanceof RowEntity first && !from(first.id(), first.slot(), sink)) {
                    return;
                }
            }
        }
    }

    /** The matches whose first node is this row; false when the sink ended the walk. */
    boolean from(long id, int slot, Sink sink) {
        RowEntity first = nodes[0].match(id, slot);
        if (first == null) {
            return true;
        }
        bound[0] = first;
        return hop(0, graph.node(id), id, sink);
    }

    /** The edges of the shortest match whose first node is this row; -1 for none. */
    int shortestFrom(long id, int slot) {
        int[] shortest = {-1};
        mostEdges = Integer.MAX_VALUE;
        from(id, slot, match -> {
            shortest[0] = match.edges.size();
            mostEdges = shortest[0] - 1;
            return mostEdges >= 0;
        });
        mostEdges = Integer.MAX_VALUE;
        return shortest[0];
    }

    /** Whether there is a match whose first node is this row. */
    boolean existsFrom(long id, int slot) {
        return !from(id, slot, match -> false);
    }

    /** Relationship {@code place} from a node on. */
    private boolean hop(int place, int node, long id, Sink sink) {
        if (place == hops.length) {
            return sink.take(this);
        }
        firstEdge[place] = edges.size();
        return extend(place, 0, node, id, sink);
    }

    /** The relationship after so many of its hops. */
    @SuppressWarnings("ListRemoveAmbiguous") // by index: the last one
    private boolean extend(int place, int done, int node, long id, Sink sink) {
        Hop hop = hops[place];
        if (done >= hop.least() && done <= hop.most()) {
            RowEntity reached = accept(place + 1, id);
            if (reached != null) {
                int before = firstEdge[place];
                bound[place + 1] = reached;
                if (!hop(place + 1, node, id, sink)) {
                    return false;
                }
                firstEdge[place] = before;
            }
        }
        if (done >= hop.most() || node < 0 || edges.size() >= mostEdges) {
            return true;
        }
        // hops nest: each needs a place of its own among the neighbours
        Neighbors around = done == 0 && isFree(place) ? neighbors[place] : fresh(hop);
        for (around.start(node); around.next(); ) {
            if (++steps % STEPS_BETWEEN_CHECKS == 0) {
                execution.check();
            }
            execution.traversed(1);
            int edge = around.edge();
            int next = around.node();
            if (edges.contains(edge) || !hop.meets(graph, edge)) {
                continue;
            }
            long nextId = graph.nodeId(next);
            int slot = collection.slotOf(nextId);
            if (slot < 0 || !nodes[0].sees(slot)) {
                continue;
            }
            edges.add(edge);
            boolean on = extend(place, done + 1, next, nextId, sink);
            edges.remove(edges.size() - 1);
            if (!on) {
                return false;
            }
        }
        return true;
    }

    /** One cursor per relationship is enough where no range makes it nest. */
    private boolean isFree(int place) {
        return hops[place].most() <= 1;
    }

    private Neighbors fresh(Hop hop) {
        return graph.neighbors(hop.direction(), hop.labels());
    }

    private @Nullable RowEntity accept(int place, long id) {
        int same = sameAs[place];
        RowEntity earlier = bound[same];
        if (same != place && (earlier == null || earlier.id() != id)) {
            return null;
        }
        return nodes[place].match(id, collection.slotOf(id));
    }

    // ---- the match that stands

    /** The number of edges. */
    int depth() {
        return edges.size();
    }

    long edgeId(int i) {
        return graph.edgeId(edges.get(i));
    }

    /** What a node stands for; a repeated alias stands for its first place. */
    RowEntity node(int place) {
        RowEntity entity = bound[place];
        if (entity == null) {
            throw new IllegalStateException("no match stands");
        }
        return entity;
    }

    /** What a relationship stands for: an edge, or with a range the list of its edges. */
    Entity relationship(int place) {
        int from = firstEdge[place];
        int to = place + 1 < hops.length ? firstEdge[place + 1] : edges.size();
        List<EdgeEntity> walked = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            walked.add(edge(edges.get(i)));
        }
        return hops[place].ranged() ? new EdgeListEntity(walked) : walked.get(0);
    }

    List<EdgeEntity> path() {
        List<EdgeEntity> path = new ArrayList<>(edges.size());
        for (int edge : edges) {
            path.add(edge(edge));
        }
        return path;
    }

    private EdgeEntity edge(int number) {
        Obj properties = graph.properties(number);
        return new EdgeEntity(
                graph.edgeId(number),
                graph.nodeId(graph.source(number)),
                graph.nodeId(graph.target(number)),
                graph.label(number),
                properties == null ? Obj.EMPTY : properties);
    }
}
