package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.Neighbors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks a pattern through the graph of a collection, depth first, neighbours by ascending edge id. No edge is used twice in
 * a match; rows may recur (section 15.3).
 */
final class PatternWalk {
    /** Takes matches as they are found. */
    @FunctionalInterface
    interface Sink {
        /** False to end the walk. */
        boolean take(PatternWalk match);
    }

    private static final int STEPS_BETWEEN_CHECKS = 256;

    private final BoundPattern pattern;
    private final CollectionSnapshot collection;
    private final GraphView graph;
    private final NodeTest[] nodes;
    private final Hop[] hops;
    private final Neighbors[] neighbors;
    private final SlotFinder slots;
    private final long[] visible;
    private final Execution execution;

    /** By node of the walk: the row that it stands for. */
    private final long[] ids;

    private final int[] boundSlots;

    /** The numbers of the edges walked, and how many there are. */
    private int[] edges = new int[8];

    private int edgeCount;
    private final int[] firstEdge;
    private int steps;
    private int mostEdges = Integer.MAX_VALUE;

    PatternWalk(BoundPattern pattern, VisibleRows target, Execution execution) {
        this.pattern = pattern;
        this.execution = execution;
        collection = target.state();
        graph = collection.graph();
        slots = new SlotFinder(collection);
        visible = target.words();
        nodes = pattern.nodes();
        hops = pattern.hops();
        ids = new long[nodes.length];
        boundSlots = new int[nodes.length];
        firstEdge = new int[nodes.length];
        neighbors = new Neighbors[hops.length];
        for (int i = 0; i < hops.length; i++) {
            neighbors[i] = graph.neighbors(hops[i].direction(), hops[i].labels());
        }
    }

    /** The collection that the rows of statements are read with when they are walked. */
    static VisibleRows target(String collection, Execution execution) {
        return execution.visible(collection, AccessRequest.Kind.GRAPH_TRAVERSAL);
    }

    /** All matches, in no order that means anything. */
    void all(Sink sink) {
        RowSet start = nodes[0].candidates(execution);
        long[] words = start.words();
        for (int w = 0, n = (collection.slots() + 63) >>> 6; w < n; w++) {
            if (words[w] != 0) {
                execution.check();
                execution.visited(Long.bitCount(words[w]));
            }
            for (long rest = words[w]; rest != 0; rest &= rest - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                if (!from(collection.id(slot), slot, sink)) {
                    return;
                }
            }
        }
    }

    /** The matches whose first node is this row; false when the sink ended the walk. */
    private boolean from(long id, int slot, Sink sink) {
        if (!nodes[0].accepts(id, slot)) {
            return true;
        }
        bind(0, id, slot);
        return hop(0, graph.node(id), id, slot, sink);
    }

    /** The edges of the shortest match whose first node is this row; -1 for none. */
    int shortestFrom(long id, int slot) {
        int[] shortest = {-1};
        mostEdges = Integer.MAX_VALUE;
        from(id, slot, match -> {
            shortest[0] = match.edgeCount;
            mostEdges = shortest[0] - 1;
            return mostEdges >= 0;
        });
        edgeCount = 0;
        mostEdges = Integer.MAX_VALUE;
        return shortest[0];
    }

    /** Relationship {@code place} from a node on. */
    private boolean hop(int place, int node, long id, int slot, Sink sink) {
        if (place == hops.length) {
            return sink.take(this);
        }
        firstEdge[place] = edgeCount;
        return extend(place, 0, node, id, slot, sink);
    }

    /** The relationship after so many of its hops. */
    private boolean extend(int place, int done, int node, long id, int slot, Sink sink) {
        Hop hop = hops[place];
        if (done >= hop.least() && done <= hop.most() && accepts(place + 1, id, slot)) {
            int before = firstEdge[place];
            bind(place + 1, id, slot);
            if (!hop(place + 1, node, id, slot, sink)) {
                return false;
            }
            firstEdge[place] = before;
        }
        if (done >= hop.most() || node < 0 || edgeCount >= mostEdges) {
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
            if (walked(edge) || !hop.meets(graph, edge)) {
                continue;
            }
            int next = around.node();
            long nextId = graph.nodeId(next);
            int nextSlot = slots.slotOf(nextId);
            if (nextSlot < 0 || (visible[nextSlot >>> 6] & 1L << nextSlot) == 0) {
                continue;
            }
            push(edge);
            boolean on = extend(place, done + 1, next, nextId, nextSlot, sink);
            edgeCount--;
            if (!on) {
                return false;
            }
        }
        return true;
    }

    private boolean walked(int edge) {
        for (int i = 0; i < edgeCount; i++) {
            if (edges[i] == edge) {
                return true;
            }
        }
        return false;
    }

    private void push(int edge) {
        if (edgeCount == edges.length) {
            edges = Arrays.copyOf(edges, 2 * edgeCount);
        }
        edges[edgeCount++] = edge;
    }

    /** One cursor per relationship is enough where no range makes it nest. */
    private boolean isFree(int place) {
        return hops[place].most() <= 1;
    }

    private Neighbors fresh(Hop hop) {
        return graph.neighbors(hop.direction(), hop.labels());
    }

    private void bind(int place, long id, int slot) {
        ids[place] = id;
        boundSlots[place] = slot;
    }

    private boolean accepts(int place, long id, int slot) {
        int same = pattern.sameAs()[place];
        return (same == place || ids[same] == id) && nodes[place].accepts(id, slot);
    }

    // ---- the match that stands, in the order in which the pattern was written

    /** The number of edges. */
    int depth() {
        return edgeCount;
    }

    /** What a node stands for. */
    RowEntity node(int place) {
        int walked = pattern.backwards() ? nodes.length - 1 - place : place;
        return nodes[walked].entity(ids[walked], boundSlots[walked]);
    }

    /** The edges of the whole path. */
    List<EdgeEntity> path() {
        List<EdgeEntity> path = new ArrayList<>(edgeCount);
        for (int i = 0; i < edgeCount; i++) {
            path.add(new EdgeEntity(graph, edges[pattern.backwards() ? edgeCount - 1 - i : i]));
        }
        return path;
    }

    /**
     * What a relationship stands for: an edge, or with a range the list of its edges.
     *
     * @param path the path of this match
     */
    Entity relationship(int place, List<EdgeEntity> path) {
        int walked = pattern.backwards() ? hops.length - 1 - place : place;
        int from = firstEdge[walked];
        int to = walked + 1 < hops.length ? firstEdge[walked + 1] : edgeCount;
        if (pattern.backwards()) {
            int end = edgeCount - from;
            from = edgeCount - to;
            to = end;
        }
        return hops[walked].ranged() ? new EdgeListEntity(List.copyOf(path.subList(from, to))) : path.get(from);
    }
}
