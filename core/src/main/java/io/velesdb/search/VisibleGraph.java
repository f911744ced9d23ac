package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.GraphPath;
import io.velesdb.GuardRail;
import io.velesdb.NodeComponent;
import io.velesdb.NodeRank;
import io.velesdb.PathOptions;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalOrder;
import io.velesdb.TraversalPage;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.graph.Components;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.PageRank;
import io.velesdb.graph.Paths;
import io.velesdb.graph.Traversal;
import io.velesdb.host.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Walks over the edges of a collection, through nodes that one call may see. Belongs to that call. */
public final class VisibleGraph {
    private final VisibleRows rows;
    private final CollectionSnapshot state;
    private final GraphView graph;
    private final Session session;

    public VisibleGraph(VisibleRows rows, Session session) {
        this.rows = rows;
        this.session = session;
        state = rows.state();
        graph = state.graph();
    }

    /**
     * A traversal to be walked node by node. Its deadline runs from now.
     *
     * @throws VelesException VELES-022 for a source that does not exist, VELES-027 for a depth over {@code max_depth}
     */
    public Traversal traversal(TraversalOrder order, long[] sources, TraversalOptions options) {
        return traversal(order, sources, options, Budget.of(options.timeoutMillis(), options.cancellation(), session));
    }

    private Traversal traversal(
            TraversalOrder order, long[] sources, TraversalOptions options, Cancellation cancellation) {
        int deepest = session.engine().settings().guardRails().maxDepth();
        if (options.maxDepth() > deepest) {
            throw VelesException.guardRail(
                    GuardRail.DEPTH,
                    "max_depth is " + options.maxDepth() + ", the guard-rail max_depth is " + deepest
                            + ": walk less far or raise the limit");
        }
        LongPredicate nodes = nodes(options.nodeFilter());
        if (sources.length == 1) {
            return order == TraversalOrder.DEPTH_FIRST
                    ? Traversal.depthFirst(graph, sources[0], options, this::exists, nodes, cancellation)
                    : Traversal.breadthFirst(graph, sources[0], options, this::exists, nodes, cancellation);
        }
        if (order == TraversalOrder.DEPTH_FIRST) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "a depth-first traversal starts at one node, not at " + sources.length
                            + ": use breadth-first, or one traversal each");
        }
        return Traversal.breadthFirst(graph, sources, options, this::exists, nodes, cancellation);
    }

    /** The shortest path, or null when there is none. */
    public @Nullable GraphPath path(long source, long target, PathOptions options) {
        return Paths.shortest(
                graph,
                source,
                target,
                options,
                this::exists,
                nodes(options.nodeFilter()),
                Budget.of(options.timeoutMillis(), options.cancellation(), session));
    }

    /** All that a traversal finds, and where to go on. */
    public TraversalPage page(TraversalOrder order, long[] sources, TraversalOptions options) {
        Budget budget = Budget.of(options.timeoutMillis(), options.cancellation(), session);
        Traversal traversal = traversal(order, sources, options, budget);
        List<TraversalHit> hits = new ArrayList<>();
        while (traversal.next()) {
            budget.answers(Memory.path(traversal.depth()));
            hits.add(traversal.hit());
        }
        return new TraversalPage(hits, traversal.nextCursor());
    }

    /** Every node with its component, which is named by its smallest id, by ascending id. */
    public List<NodeComponent> components() {
        Budget budget = Budget.of(null, null, session);
        long[] ids = nodeIds(budget);
        long[] components = Components.of(graph, ids, budget);
        List<NodeComponent> all = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            budget.answers(Memory.row(null));
            all.add(new NodeComponent(ids[i], components[i]));
        }
        return all;
    }

    /** Every node with its PageRank, by ascending id. */
    public List<NodeRank> pageRank() {
        Budget budget = Budget.of(null, null, session);
        long[] ids = nodeIds(budget);
        double[] ranks = PageRank.of(graph, ids, budget);
        List<NodeRank> all = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            budget.answers(Memory.row(null));
            all.add(new NodeRank(ids[i], ranks[i]));
        }
        return all;
    }

    /** The ids of all visible rows in ascending unsigned order. */
    private long[] nodeIds(Budget budget) {
        // one bitmap instead of one look at each payload
        budget.holds(rows.count(), (long) rows.count() * Long.BYTES);
        long[] ids = new long[rows.count()];
        int count = 0;
        for (CollectionSnapshot.RowCursor cursor = state.scan(); cursor.next(); ) {
            if (rows.contains(cursor.slot())) {
                ids[count++] = cursor.id();
            }
        }
        return ids;
    }

    private boolean exists(long id) {
        return rows.slotOf(id) >= 0;
    }

    private LongPredicate nodes(@Nullable Filter condition) {
        if (condition != null) {
            return id -> {
                int slot = rows.slotOf(id);
                return slot >= 0 && condition.matches(id, state.payload(slot));
            };
        }
        // edges end at live rows: only expiry and scopes can hide one of them
        return rows.isEveryRow() ? id -> true : this::exists;
    }
}
