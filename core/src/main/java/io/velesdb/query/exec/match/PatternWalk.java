package io.velesdb.query.exec.match;

import io.velesdb.AccessRequest;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.Neighbors;
import io.velesdb.query.exec.row.EdgeEntity;
import io.velesdb.query.exec.row.EdgeListEntity;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.step.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a pattern through the graph of a collection, depth first, neighbours by ascending edge id. No edge is used twice in
 * a match; rows may recur (section 15.3).
 *
 * <pre>{@code
 * for (walk.start(id, slot); walk.next(); ) {
 *     RowEntity last = walk.node(1);
 * }
 * }</pre>
 */
final class PatternWalk {
    private static final int STEPS_BETWEEN_CHECKS = 256;

    /**
     * A level of the walk: it stands on a row, so many hops into a relationship. Levels are a list and no calls within calls,
     * for a path may be as long as the graph has edges.
     */
    private static final class Level {
        int place;
        int done;
        int node;
        long id;
        int slot;

        /** Whether the relationship was tried as ended here. */
        boolean ended;

        /** Whether the edges of the node are being followed. */
        boolean follows;

        @Nullable
        Neighbors around;

        /** The relationship whose edges {@link #around} walks. */
        int aroundPlace;
    }

    private final BoundPattern pattern;
    private final CollectionSnapshot collection;
    private final GraphView graph;
    private final NodeTest[] nodes;
    private final Hop[] hops;
    private final SlotFinder slots;
    private final long[] visible;
    private final Execution execution;

    /** By node of the walk: the row that it stands for. */
    private final long[] ids;

    private final int[] boundSlots;

    /** The numbers of the edges walked, and how many there are. */
    private int[] edges = new int[8];

    private int edgeCount;

    /** By relationship of the walk: how many edges were walked before it. */
    private final int[] firstEdge;

    /** The levels that were ever needed, and how many of them the walk is in. */
    private final List<Level> levels = new ArrayList<>();

    private int depth;

    /** Whether the row of a pattern without relationships is still to be handed out. */
    private boolean lone;

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
    }

    /** The collection that the rows of statements are read with when they are walked. */
    static VisibleRows target(String collection, Execution execution) {
        return execution.visible(collection, AccessRequest.Kind.GRAPH_TRAVERSAL);
    }

    /** Goes to a row as the first node of the walk; before its first match. */
    void start(long id, int slot) {
        depth = 0;
        edgeCount = 0;
        lone = false;
        if (!nodes[0].accepts(id, slot)) {
            return;
        }
        bind(0, id, slot);
        if (hops.length == 0) {
            lone = true;
        } else {
            begin(0, graph.node(id), id, slot);
        }
    }

    /** Goes to the next match of the first node; false when there is none left. */
    boolean next() {
        if (lone) {
            lone = false;
            return true;
        }
        while (depth > 0) {
            Level level = levels.get(depth - 1);
            if (!level.ended) {
                level.ended = true;
                if (end(level)) {
                    return true;
                }
            } else if (!follow(level)) {
                depth--;
                if (level.done > 0) {
                    edgeCount--;
                }
            }
        }
        return false;
    }

    /** The edges of the shortest match whose first node is this row; -1 for none. */
    int shortestFrom(long id, int slot) {
        int shortest = -1;
        mostEdges = Integer.MAX_VALUE;
        for (start(id, slot); mostEdges >= 0 && next(); ) {
            shortest = edgeCount;
            mostEdges = shortest - 1;
        }
        mostEdges = Integer.MAX_VALUE;
        return shortest;
    }

    /** Relationship {@code place} from a node on. */
    private void begin(int place, int node, long id, int slot) {
        firstEdge[place] = edgeCount;
        enter(place, 0, node, id, slot);
    }

    private void enter(int place, int done, int node, long id, int slot) {
        if (depth == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(depth++);
        level.place = place;
        level.done = done;
        level.node = node;
        level.id = id;
        level.slot = slot;
        level.ended = false;
        level.follows = false;
    }

    /** Goes on to what follows the relationship, where it may end here; true when that was the last and a match stands. */
    private boolean end(Level level) {
        int next = level.place + 1;
        Hop hop = hops[level.place];
        if (level.done < hop.least() || level.done > hop.most() || !accepts(next, level.id, level.slot)) {
            return false;
        }
        bind(next, level.id, level.slot);
        if (next == hops.length) {
            return true;
        }
        begin(next, level.node, level.id, level.slot);
        return false;
    }

    /** Enters the next edge of a level; false when there is none. */
    private boolean follow(Level level) {
        Hop hop = hops[level.place];
        if (level.done >= hop.most() || level.node < 0 || edgeCount >= mostEdges) {
            return false;
        }
        Neighbors around = around(level, hop);
        while (around.next()) {
            if (++steps % STEPS_BETWEEN_CHECKS == 0) {
                execution.check();
            }
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
            execution.traversed(1);
            push(edge);
            enter(level.place, level.done + 1, next, nextId, nextSlot);
            return true;
        }
        return false;
    }

    /** The edges of the level's node that were not followed yet. */
    private Neighbors around(Level level, Hop hop) {
        Neighbors around = level.around;
        if (around == null || level.aroundPlace != level.place) {
            around = graph.neighbors(hop.direction(), hop.labels());
            level.around = around;
            level.aroundPlace = level.place;
        }
        if (!level.follows) {
            level.follows = true;
            around.start(level.node);
        }
        return around;
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
