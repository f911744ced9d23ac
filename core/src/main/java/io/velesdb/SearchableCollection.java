package io.velesdb;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.journal.Vectors;
import io.velesdb.search.VectorSearch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collection whose rows have or may have a dense vector: the search for the nearest. Thread-safe. */
public abstract sealed class SearchableCollection extends Collection permits VectorCollection, GraphCollection {
    SearchableCollection(Session session, String name, int number) {
        super(session, name, number);
    }

    /**
     * The nearest points, best first by the metric's direction; equal scores by ascending id. Fewer than k only when
     * fewer points qualify.
     *
     * @throws VelesException VELES-004 or 005 for a bad vector, VELES-010 for k below 1, VELES-027 for k over the limit, a
     *     timeout, or an exact scan over too many rows
     */
    public final List<Hit> search(SearchRequest request) {
        return session()
                .read(
                        checked(request),
                        AccessRequest.Kind.VECTOR_SEARCH,
                        visible -> VectorSearch.hits(visible, request, session()));
    }

    /** The same search, ids and scores only: nothing is read from the documents. */
    public final ScoredIds searchIds(SearchRequest request) {
        return session()
                .read(
                        checked(request),
                        AccessRequest.Kind.VECTOR_SEARCH,
                        visible -> VectorSearch.ids(visible, request, session()));
    }

    /**
     * Several searches over one state of the collection.
     *
     * @param requests checked before the first of them runs; an empty list finds nothing
     * @return one list per request, each as {@link #search} returns it
     * @throws VelesException as {@link #search}, for the first request that is refused, which the text names by its index
     */
    public final List<List<Hit>> searchBatch(List<SearchRequest> requests) {
        CollectionSnapshot state = snapshot();
        for (int i = 0; i < requests.size(); i++) {
            SearchRequest request = requests.get(i);
            naming(i, () -> check(state, request));
        }
        if (requests.isEmpty()) {
            return List.of();
        }
        return session().read(state, AccessRequest.Kind.VECTOR_SEARCH, visible -> {
            List<List<Hit>> answers = new ArrayList<>(requests.size());
            for (int i = 0; i < requests.size(); i++) {
                SearchRequest request = requests.get(i);
                naming(i, () -> answers.add(VectorSearch.hits(visible, request, session())));
            }
            return answers;
        });
    }

    private static void naming(int index, Runnable search) {
        try {
            search.run();
        } catch (VelesException refusal) {
            String prefix = "[" + refusal.code().text() + "] ";
            String message = String.valueOf(refusal.getMessage());
            String text = "request " + index + ": "
                    + (message.startsWith(prefix) ? message.substring(prefix.length()) : message);
            GuardRail rail = refusal.guardRail();
            throw rail == null
                    ? new VelesException(refusal.code(), text, refusal)
                    : VelesException.guardRail(rail, text);
        }
    }

    private CollectionSnapshot checked(SearchRequest request) {
        return check(snapshot(), request);
    }

    private CollectionSnapshot check(CollectionSnapshot state, SearchRequest request) {
        requireVectors(state);
        checkK(request.k());
        Vectors.check(
                "query vector",
                request.vector(),
                0,
                request.vector().length,
                state.schema().dimension());
        return state;
    }

    /**
     * Vectors that every search scores one by one, as they are not linked into the vector index yet: a few after writes of
     * few rows, more where {@link IndexBuilding} says so. 0 below 1,500 vectors, where there is no index.
     */
    public final int waitingVectors() {
        return session().readWhole(snapshot(), AccessRequest.Kind.SELECT, CollectionSnapshot::waitingVectors);
    }

    /**
     * Links the vectors that wait, which makes searches quicker again; hosts with a background do it by themselves.
     *
     * @return vectors linked
     */
    public final long linkWaiting() {
        session().authoriseWhole(AccessRequest.Kind.DDL, name());
        snapshot();
        return engine().upkeep().linkWaiting(name());
    }

    /**
     * Whether the vector index should be rebuilt in another shape. Where {@link #autoReindex} is set, hosts with a background
     * do so by themselves.
     *
     * @return null in a graph without vectors
     */
    public final @Nullable ReindexAdvice reindexAdvice() {
        return session()
                .<@Nullable ReindexAdvice>readWhole(
                        snapshot(),
                        AccessRequest.Kind.SELECT,
                        state -> engine().upkeep().reindexAdvice(state));
    }

    /**
     * Makes the vector index anew in another shape, over the same vectors. Others read meanwhile, writers wait: about as long
     * as it took to insert the vectors. Durable.
     *
     * @throws VelesException VELES-015 when the collection holds no vectors
     */
    public final void reindex(HnswParameters shape) {
        session().authoriseWhole(AccessRequest.Kind.DDL, name());
        snapshot();
        engine().upkeep().reindex(name(), shape);
    }
}
