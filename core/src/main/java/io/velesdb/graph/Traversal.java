package io.velesdb.graph;

import io.velesdb.ErrorCode;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A traversal under way: each {@link #next} does the work up to the next node and no more. For one reader at a time.
 *
 * <pre>{@code
 * Traversal found = Traversal.breadthFirst(graph, 1, TraversalOptions.DEFAULT, exists, exists, Cancellation.NONE);
 * while (found.next()) {
 *     report(found.target(), found.depth());
 * }
 * String more = found.nextCursor();
 * }</pre>
 *
 * <p>Of the options a traversal takes direction, depths, limit, types, edge filter and cursor. Which nodes exist and pass
 * the node filter, and how time runs out, is for the caller to say: {@code nodes} must be true for the ids of visible
 * points that pass, {@code exists} for all visible points.
 */
public final class Traversal {
    private final GraphView graph;
    private final TraversalOptions options;
    private final Supplier<Walk> start;
    private Walk walk;
    private @Nullable TraversalCursor resume;

    /** Nodes reported, those before the cursor included. */
    private long reported;

    private int left;
    private boolean ended;
    private boolean more;
    private long lastTarget;

    private Traversal(GraphView graph, TraversalOptions options, Supplier<Walk> start) {
        this.graph = graph;
        this.options = options;
        this.start = start;
        walk = start.get();
        left = options.limit();
        String cursor = options.cursor();
        resume = cursor == null ? null : TraversalCursor.parse(cursor);
    }

    /**
     * Nodes by depth; of one depth in the order of their paths, compared edge id by edge id.
     *
     * @throws VelesException VELES-022 for a source that does not exist, VELES-010 for a cursor that is none
     */
    public static Traversal breadthFirst(
            GraphView graph,
            long source,
            TraversalOptions options,
            LongPredicate exists,
            LongPredicate nodes,
            Cancellation cancellation) {
        int node = Scope.endpoint(graph, "source", source, exists);
        return new Traversal(
                graph,
                options,
                () -> new BreadthFirst(scope(graph, options, nodes, cancellation), node, options.maxDepth()));
    }

    /**
     * Nodes in preorder, neighbours by ascending edge id. The depth and path of a node are those of the first way that leads
     * to it, which need not be the shortest; {@code min_depth} is held against that depth. The nodes within {@code max_depth}
     * are the same as breadth first.
     *
     * @throws VelesException VELES-022 for a source that does not exist, VELES-010 for a cursor that is none
     */
    public static Traversal depthFirst(
            GraphView graph,
            long source,
            TraversalOptions options,
            LongPredicate exists,
            LongPredicate nodes,
            Cancellation cancellation) {
        int node = Scope.endpoint(graph, "source", source, exists);
        return new Traversal(
                graph,
                options,
                () -> new DepthFirst(scope(graph, options, nodes, cancellation), node, options.maxDepth()));
    }

    /**
     * What breadth-first traversals from each source find together, each node once: smallest depth first, of one depth in
     * the order of the sources. A source is found where another one leads to it. Memory is that of two walks for any number
     * of sources; so is time, unless {@code min_depth} is 2 or more: then each source walks alone, once per depth.
     *
     * @throws VelesException VELES-022 for a source that does not exist, VELES-010 for no source or a cursor that is none
     */
    public static Traversal breadthFirst(
            GraphView graph,
            long[] sources,
            TraversalOptions options,
            LongPredicate exists,
            LongPredicate nodes,
            Cancellation cancellation) {
        if (sources.length == 0) {
            throw new VelesException(ErrorCode.QUERY, "sources is empty: name one node or more");
        }
        int[] starts = new int[sources.length];
        int count = 0;
        NodeSet distinct = new NodeSet(graph.nodeBound());
        for (int i = 0; i < sources.length; i++) {
            int node = Scope.endpoint(graph, "source " + i + ",", sources[i], exists);
            if (node >= 0 && distinct.add(node)) {
                starts[count++] = node;
            }
        }
        int[] known = Arrays.copyOf(starts, count);
        return new Traversal(graph, options, () -> {
            Scope scope = scope(graph, options, nodes, cancellation);
            return options.minDepth() < 2
                    ? new ManySources(scope, known, options.maxDepth())
                    : new DepthByDepth(scope, known, options.minDepth(), options.maxDepth());
        });
    }

    private static Scope scope(
            GraphView graph, TraversalOptions options, LongPredicate nodes, Cancellation cancellation) {
        return new Scope(graph, options.direction(), options.relTypes(), nodes, options.edgeFilter(), cancellation);
    }

    /** Finds the next node; false when there is none, or the limit is reached. */
    public boolean next() {
        if (ended) {
            return false;
        }
        if (resume != null) {
            passOver(resume);
            resume = null;
        }
        if (left == 0) {
            more = step();
            ended = true;
            return false;
        }
        if (!step()) {
            ended = true;
            return false;
        }
        left--;
        reported++;
        lastTarget = target();
        return true;
    }

    private boolean step() {
        while (walk.next()) {
            if (walk.depth() >= options.minDepth()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Goes to the node that was reported last. If the graph has changed so that it is not found any more, as many nodes
     * as were reported are passed over.
     */
    private void passOver(TraversalCursor cursor) {
        while (step()) {
            reported++;
            if (target() == cursor.lastTarget()) {
                lastTarget = cursor.lastTarget();
                return;
            }
        }
        walk = start.get();
        reported = 0;
        while (reported < cursor.reported() && step()) {
            reported++;
        }
    }

    /** The id of the node that {@link #next} found. */
    public long target() {
        return graph.nodeId(walk.node());
    }

    /** How many edges lead to it. */
    public int depth() {
        return walk.depth();
    }

    /** The ids of the edges that lead to it, from the source on. */
    public long[] path() {
        return walk.path();
    }

    /** The node that {@link #next} found. */
    public TraversalHit hit() {
        List<Long> path = new ArrayList<>(depth());
        for (long edge : path()) {
            path.add(edge);
        }
        return new TraversalHit(target(), depth(), path);
    }

    /** Where to go on, once {@link #next} returned false; null when everything was reported. */
    public @Nullable String nextCursor() {
        return more ? new TraversalCursor(reported, lastTarget).text() : null;
    }

    /** Nodes seen so far, sources included. */
    public long visited() {
        return walk.visited();
    }

    /** Edges looked at so far. */
    public long edgesTraversed() {
        return walk.followed();
    }

    /** The greatest depth of a node seen so far. */
    public int depthReached() {
        return walk.depthReached();
    }

    /** Where a traversal stopped: how many nodes it had reported, and the last of them. */
    private record TraversalCursor(long reported, long lastTarget) {
        String text() {
            return reported + "." + Ids.format(lastTarget);
        }

        static TraversalCursor parse(String text) {
            int dot = text.indexOf('.');
            try {
                if (dot > 0) {
                    long count = Ids.parse(text.substring(0, dot));
                    if (count > 0) {
                        return new TraversalCursor(count, Ids.parse(text.substring(dot + 1)));
                    }
                }
            } catch (VelesException refused) {
                // the same as no number at all
            }
            throw new VelesException(
                    ErrorCode.QUERY,
                    "cursor '" + text
                            + "' is not one of a traversal: pass next_cursor as it was returned, or leave it out");
        }
    }
}
