package io.velesdb;

import io.velesdb.engine.CollectionCatalog;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Engine;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.graph.Traversal;
import io.velesdb.index.ScoredSlots;
import io.velesdb.journal.Operation;
import io.velesdb.journal.UpsertBuilder;
import io.velesdb.journal.Vectors;
import io.velesdb.search.Budget;
import io.velesdb.search.HybridSearch;
import io.velesdb.search.Memory;
import io.velesdb.search.SparseSearch;
import io.velesdb.search.TextRows;
import io.velesdb.search.VisibleEdges;
import io.velesdb.search.VisibleGraph;
import io.velesdb.search.VisiblePoints;
import io.velesdb.value.Obj;
import io.velesdb.write.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of collection can do. A handle: cheap, thread-safe, valid until the collection is deleted; after that
 * every call is VELES-002, also when another collection took the name.
 */
public abstract sealed class Collection permits SearchableCollection, MetadataCollection {
    /** The most indexes that a collection may have. */
    public static final int MAX_INDEXES = 1_000;

    private final Session session;
    private final Engine engine;
    private final String name;
    private final int number;

    Collection(Session session, String name, int number) {
        this.session = session;
        engine = session.engine();
        this.name = name;
        this.number = number;
    }

    public final String name() {
        return name;
    }

    public final CollectionSchema schema() {
        return snapshot().schema();
    }

    public final CollectionInfo info() {
        return session.read(snapshot(), AccessRequest.Kind.SELECT, Database::infoOf);
    }

    /**
     * Replaces or adds whole rows by id: vector and payload; nothing is merged. All or nothing, durable and visible on
     * return. Of several points with the same id the last counts.
     *
     * @param points at most 100,000 and 256 MiB; an empty list writes nothing
     * @return rows written, ids counted once
     * @throws VelesException VELES-004, 005, 014, 016, 017 or 027 for a bad point (nothing is written), VELES-011 when the
     *     host cannot write
     */
    public final long upsert(List<Point> points) {
        if (points.isEmpty()) {
            snapshot();
            return 0;
        }
        Filter scope = session.authorise(AccessRequest.Kind.DML, name);
        if (scope != null) {
            snapshot();
            return Batch.commit(session, List.of(new Step.Upsert(name, points)));
        }
        long written = write(UpsertBuilder.of(schema(), engine.limits(), points));
        session.tell(observer -> observer.upserted(name, written));
        return written;
    }

    /** Replaces or adds one row. See {@link #upsert(List)}. */
    public final void upsert(Point point) {
        upsert(List.of(point));
    }

    /**
     * Any number of points, in atomic batches of at most 1,000 points and about 16 MiB: faster than many small upserts,
     * not atomic as a whole. When a batch is refused, the batches before it stay written.
     *
     * @return rows written
     */
    public final long upsertBulk(Iterable<Point> points) {
        BulkUpsert bulk = new BulkUpsert(this);
        points.forEach(bulk::add);
        return bulk.finish();
    }

    /**
     * Allows {@link #streamInsert(List)}; with other settings, or after a stream ended, called again. Lasts until the
     * database is closed.
     */
    public final void enableStreaming(StreamingConfig config) {
        // kept, it would end the stream's task
        Objects.requireNonNull(config, "config is null: use StreamingConfig.DEFAULTS for the usual one");
        session.authoriseWhole(AccessRequest.Kind.DML, name);
        engine.streams().enable(session, snapshot(), config);
    }

    /** Writes what was accepted, and accepts no more. */
    public final void disableStreaming() {
        session.authoriseWhole(AccessRequest.Kind.DML, name);
        engine.streams().disable(snapshot().number());
    }

    /**
     * Accepts points without waiting for them to be written: checked and in order, but neither visible nor durable before
     * {@link Database#flush} returns, or the stream has written them by itself. What was accepted is never dropped
     * silently; the end of the process loses what was not written.
     *
     * @param points all are accepted or none
     * @return points accepted
     * @throws VelesException VELES-009 when streaming is not enabled, VELES-027 when the buffer is full, VELES-013 when the
     *     stream ended; as {@link #upsert(List)} for a bad point
     */
    public final long streamInsert(List<Point> points) {
        session.authoriseWhole(AccessRequest.Kind.DML, name);
        CollectionSnapshot state = snapshot();
        List<Point> accepted = List.copyOf(points);
        UpsertBuilder rows = UpsertBuilder.of(state.schema(), engine.limits(), accepted);
        engine.requireFittingEdges(rows.operation(number));
        engine.streams().accept(state, accepted);
        return accepted.size();
    }

    /** Accepts one point. See {@link #streamInsert(List)}. */
    public final void streamInsert(Point point) {
        streamInsert(List.of(point));
    }

    /** The points with these ids, in the order asked; null where there is none. */
    public final List<@Nullable Point> get(long... ids) {
        return points(points -> points.get(ids));
    }

    /**
     * Removes points; missing ids are ignored.
     *
     * @param ids at most 100,000
     * @return the number really deleted
     */
    public final long delete(long... ids) {
        if (ids.length > Limits.MAX_BATCH_POINTS) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + ids.length + " ids is over the limit of " + Limits.MAX_BATCH_POINTS + ": split it");
        }
        if (ids.length == 0) {
            snapshot();
            return 0;
        }
        Filter scope = session.authorise(AccessRequest.Kind.DML, name);
        if (scope != null) {
            snapshot();
            return Batch.commit(session, List.of(new Step.Delete(name, Arrays.copyOf(ids, ids.length))));
        }
        return engine.commit(new Operation.Delete(number, Arrays.copyOf(ids, ids.length)), name);
    }

    /**
     * Sets members of the payload, and the vector, of the points for which {@code condition} holds; the rest of each point
     * stays. All or nothing.
     *
     * @param members top-level payload members to set
     * @param vector null to keep each point's own
     * @return points changed
     * @throws VelesException as {@link #upsert(List)}; VELES-027 when more than 100,000 points would change
     */
    public final long update(Filter condition, Obj members, float @Nullable [] vector) {
        snapshot();
        return Batch.commit(
                session, List.of(new Step.UpdateWhere(name, condition, new Step.RowPatch(members, vector, Map.of()))));
    }

    /**
     * Removes all points and edges; the collection stays.
     *
     * @return points and edges removed
     */
    public final long truncate() {
        session.authoriseWhole(AccessRequest.Kind.DML, name);
        return engine.commit(new Operation.Truncate(number), name);
    }

    // ---- searches that every kind of collection has

    /**
     * The best points for a text by BM25, best first; equal scores by ascending id.
     *
     * @throws VelesException VELES-010 for k below 1 or a field that is not indexed, VELES-027 for k over the limit or a
     *     timeout
     */
    public final List<Hit> textSearch(TextRequest request) {
        checkK(request.k());
        return session.read(snapshot(), AccessRequest.Kind.TEXT_SEARCH, rows -> {
            Budget budget = Budget.of(request.timeoutMillis(), request.cancellation(), session);
            TextRows text = TextRows.of(rows, request.query(), request.fields());
            return hits(rows, text.best(request.k(), request.filter(), budget), request.withPayload(), budget);
        });
    }

    /**
     * The best points by a sparse vector, best first; equal scores by ascending id. Exact.
     *
     * @throws VelesException VELES-030 for a name that no point carries, VELES-010 for k below 1, VELES-027 for k over the
     *     limit or a timeout
     */
    public final List<Hit> sparseSearch(SparseRequest request) {
        checkK(request.k());
        return session.read(snapshot(), AccessRequest.Kind.TEXT_SEARCH, rows -> {
            Budget budget = Budget.of(request.timeoutMillis(), request.cancellation(), session);
            ScoredSlots found =
                    SparseSearch.search(rows, request.name(), request.vector(), request.k(), request.filter(), budget);
            return hits(rows, found, request.withPayload(), budget);
        });
    }

    /**
     * The best points of several searches together, best first by the fused score; equal scores by ascending id.
     *
     * @throws VelesException VELES-010 for no branch, k below 1 or a fusion for another number of branches, VELES-004 or 005
     *     for a bad vector, VELES-015 for a vector where the collection has none, VELES-027 for k over the limit or a timeout
     */
    public final List<HybridHit> hybridSearch(HybridRequest request) {
        checkK(request.k());
        CollectionSnapshot state = snapshot();
        for (float[] vector : request.vectors()) {
            requireVectors(state);
            Vectors.check(
                    "query vector", vector, 0, vector.length, state.schema().dimension());
        }
        return session.read(state, AccessRequest.Kind.HYBRID_SEARCH, rows -> HybridSearch.hits(rows, request, session));
    }

    private static List<Hit> hits(VisibleRows rows, ScoredSlots found, boolean withPayload, Budget budget) {
        CollectionSnapshot state = rows.state();
        List<Hit> hits = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            int slot = found.slots()[i];
            Obj payload = withPayload ? state.payload(slot) : null;
            budget.answers(Memory.row(payload));
            hits.add(new Hit(state.id(slot), found.scores()[i], payload));
        }
        return hits;
    }

    final void checkK(int k) {
        int most = engine.limits().maxResults();
        if (k < 1) {
            throw new VelesException(
                    ErrorCode.QUERY, "k is " + k + ": ask for at least 1 and at most " + most + " results");
        }
        if (k > most) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "k is " + k + ", search.max_results is " + most + ": ask for fewer or raise the limit");
        }
    }

    final void requireVectors(CollectionSnapshot state) {
        if (!state.schema().hasVectors()) {
            throw new VelesException(
                    ErrorCode.SEARCH_NOT_SUPPORTED,
                    "collection '" + name + "' holds no vectors: search a vector collection, or a graph collection"
                            + " with a dimension");
        }
    }

    // ---- edges

    /**
     * Adds an edge between two points of this collection.
     *
     * @throws VelesException VELES-019 when its id is in use, VELES-022 when a point does not exist
     */
    public final void addEdge(Edge edge) {
        snapshot();
        Batch.commit(session, List.of(new Step.AddEdges(name, List.of(edge), Step.IfPresent.REFUSE)));
    }

    /**
     * Adds edges, all or nothing; those whose id is in use are skipped.
     *
     * @return edges added
     * @throws VelesException VELES-022 when a point does not exist, VELES-019 when an edge that this caller may not see has
     *     the id: then nothing is added
     */
    public final long addEdges(List<Edge> edges) {
        snapshot();
        return Batch.commit(session, List.of(new Step.AddEdges(name, edges, Step.IfPresent.SKIP)));
    }

    /**
     * Makes sure that an edge with a derived id is there, with these properties.
     *
     * @return its id: {@link Edge#derivedId}
     * @throws VelesException VELES-022 when a point does not exist, VELES-019 when another edge has the id
     */
    public final long relate(long source, long target, String label, @Nullable Obj properties) {
        snapshot();
        Edge edge = Edge.of(source, target, label).withProperties(properties);
        Batch.commit(session, List.of(new Step.AddEdges(name, List.of(edge), Step.IfPresent.REPLACE)));
        return edge.id();
    }

    /** Removes an edge; false when there is none of this id. */
    public final boolean removeEdge(long id) {
        snapshot();
        return Batch.commit(session, List.of(new Step.RemoveEdges(name, new long[] {id}))) > 0;
    }

    /** The edge of this id between points that can be seen; null for none. */
    public final @Nullable Edge edge(long id) {
        return this.<@Nullable Edge>edges(edges -> edges.edge(id));
    }

    public final boolean hasEdge(long id) {
        return edge(id) != null;
    }

    /** The number of edges. */
    public final long edgeCount() {
        return edges(VisibleEdges::count);
    }

    /** The largest edge id in use, unsigned; 0 when there is no edge. */
    public final long maxEdgeId() {
        return edges(VisibleEdges::maxId);
    }

    /** All edges by ascending id, or those of one label. */
    public final List<Edge> edges(@Nullable String label) {
        return edges(edges -> edges.all(label));
    }

    /** The edges that leave a point, by ascending id. */
    public final List<Edge> outgoing(long id) {
        return edges(edges -> edges.outgoing(id));
    }

    /** The edges that enter a point, by ascending id. */
    public final List<Edge> incoming(long id) {
        return edges(edges -> edges.incoming(id));
    }

    /** How many edges enter and leave a point. */
    public final Degree degree(long id) {
        return edges(edges -> edges.degree(id));
    }

    /**
     * The nodes that can be reached from {@code source}, breadth first: each once, the source never.
     *
     * @throws VelesException VELES-022 when the source does not exist, VELES-027 for a depth over {@code max_depth} or a
     *     timeout, VELES-010 for a cursor that is none
     */
    public final TraversalPage traverse(long source, TraversalOptions options) {
        return walk(TraversalOrder.BREADTH_FIRST, new long[] {source}, options);
    }

    /** The same nodes, depth first in preorder: the depth of each is that of the first way to it. */
    public final TraversalPage traverseDepthFirst(long source, TraversalOptions options) {
        return walk(TraversalOrder.DEPTH_FIRST, new long[] {source}, options);
    }

    /** Breadth first from each source together: every node once, at its smallest depth. */
    public final TraversalPage traverse(long[] sources, TraversalOptions options) {
        return walk(TraversalOrder.BREADTH_FIRST, sources, options);
    }

    /**
     * A traversal that does the work up to the next node and no more, for results that are used as they are found. It sees
     * the state of this moment to its end, and its deadline runs from now. For one thread.
     */
    public final Traversal traversal(TraversalOrder order, long[] sources, TraversalOptions options) {
        return session.read(
                snapshot(),
                AccessRequest.Kind.GRAPH_TRAVERSAL,
                rows -> new VisibleGraph(rows, session).traversal(order, sources, options));
    }

    private TraversalPage walk(TraversalOrder order, long[] sources, TraversalOptions options) {
        return session.read(
                snapshot(),
                AccessRequest.Kind.GRAPH_TRAVERSAL,
                rows -> new VisibleGraph(rows, session).page(order, sources, options));
    }

    /**
     * The shortest path between two points, by edges or by a weight; of equal ones that with the smaller edge ids, compared
     * in order.
     *
     * @return null when there is none
     * @throws VelesException VELES-022 when an end does not exist, VELES-010 for a weight that is negative or no number
     */
    public final @Nullable GraphPath shortestPath(long source, long target, PathOptions options) {
        return session.<@Nullable GraphPath>read(
                snapshot(),
                AccessRequest.Kind.GRAPH_TRAVERSAL,
                rows -> new VisibleGraph(rows, session).path(source, target, options));
    }

    /** Every point with its connected component, direction ignored, by ascending id. */
    public final List<NodeComponent> connectedComponents() {
        return session.read(
                snapshot(), AccessRequest.Kind.GRAPH_TRAVERSAL, rows -> new VisibleGraph(rows, session).components());
    }

    /** Every point with its PageRank (damping 0.85), by ascending id. */
    public final List<NodeRank> pageRank() {
        return session.read(
                snapshot(), AccessRequest.Kind.GRAPH_TRAVERSAL, rows -> new VisibleGraph(rows, session).pageRank());
    }

    private <R extends @Nullable Object> R edges(Function<VisibleEdges, R> read) {
        return session.read(
                snapshot(), AccessRequest.Kind.GRAPH_TRAVERSAL, rows -> read.apply(new VisibleEdges(rows, session)));
    }

    /**
     * Drops row versions that were replaced or deleted and gives their space back; hosts do it by themselves when it is
     * worth it. Readers go on meanwhile, writers wait for a fraction of it.
     *
     * @return row versions dropped
     */
    public final long vacuum() {
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        snapshot();
        return engine.upkeep().vacuum(name);
    }

    // ---- indexes and statistics

    /**
     * Declares an index and fills it with the rows that are there, on this thread, while others read and write. It is
     * durable. No answer depends on it, nor on how far it is.
     *
     * @return false when it was there already
     * @throws VelesException VELES-027 when the collection has {@value #MAX_INDEXES} indexes
     */
    public final boolean createIndex(IndexDefinition definition) {
        return catalog().createIndex(definition);
    }

    /**
     * Drops an index.
     *
     * @return false when it was not there
     */
    public final boolean dropIndex(IndexDefinition definition) {
        return catalog().dropIndex(definition);
    }

    /** The declared indexes, in the order in which they were created. */
    public final List<IndexInfo> indexes() {
        return session.readWhole(snapshot(), AccessRequest.Kind.SELECT, CollectionSnapshot::indexes);
    }

    /**
     * Computes the statistics of the rows that are there now, on this thread while others read and write, and keeps them
     * until the next time.
     */
    public final CollectionStatistics analyze() {
        return catalog().analyze();
    }

    /** The statistics of the last {@link #analyze}; null before the first. */
    public final @Nullable CollectionStatistics statistics() {
        return session.<@Nullable CollectionStatistics>readWhole(
                snapshot(), AccessRequest.Kind.SELECT, state -> state.settings().statistics());
    }

    /** Whether the vector index may be rebuilt with other parameters when that is advised; false unless set. */
    public final boolean autoReindex() {
        return snapshot().settings().autoReindex();
    }

    /** Sets {@link #autoReindex}; durable. */
    public final void setAutoReindex(boolean enabled) {
        catalog().setAutoReindex(enabled);
    }

    private CollectionCatalog catalog() {
        snapshot();
        return new CollectionCatalog(session, name);
    }

    /** The number of points. */
    public final long count() {
        return points(points -> points.count(null));
    }

    /** The number of points for which {@code filter} holds. */
    public final long count(Filter filter) {
        return points(points -> points.count(filter));
    }

    public final boolean isEmpty() {
        return count() == 0;
    }

    /** The ids of all points, in ascending unsigned order. */
    public final long[] allIds() {
        return points(VisiblePoints::allIds);
    }

    /** The first page of all points in ascending id order. */
    public final Page scroll(int size) {
        return scroll(null, size, null);
    }

    /**
     * One page of points in ascending unsigned id order. A page shows one state; between pages writes may happen.
     *
     * @param after the last id of the page before ({@link Page#next}); null to start
     * @param size points per page, 1..10000
     * @param filter only points for which it holds; null for all
     */
    public final Page scroll(@Nullable Long after, int size, @Nullable Filter filter) {
        return points(points -> points.page(after, size, filter));
    }

    private <R> R points(Function<VisiblePoints, R> read) {
        return session.read(
                snapshot(), AccessRequest.Kind.SELECT, rows -> read.apply(new VisiblePoints(rows, session)));
    }

    final long write(UpsertBuilder batch) {
        if (batch.isEmpty()) {
            return 0;
        }
        return engine.commit(batch.operation(number), name);
    }

    /** @throws VelesException VELES-002 when the collection was deleted */
    final CollectionSnapshot snapshot() {
        CollectionSnapshot state = engine.snapshot().get(name);
        if (state.number() != number) {
            throw new VelesException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "collection '" + name + "' was deleted, and another one has its name now: ask for it again");
        }
        return state;
    }

    final Engine engine() {
        return engine;
    }

    final Session session() {
        return session;
    }
}
