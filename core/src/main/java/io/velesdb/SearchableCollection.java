package io.velesdb;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.search.VectorSearch;
import io.velesdb.write.Vectors;
import java.util.List;

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
                .query(
                        checked(request),
                        AccessRequest.Kind.VECTOR_SEARCH,
                        visible -> VectorSearch.hits(visible, request, session()));
    }

    /** The same search, ids and scores only: nothing is read from the documents. */
    public final ScoredIds searchIds(SearchRequest request) {
        return session()
                .query(
                        checked(request),
                        AccessRequest.Kind.VECTOR_SEARCH,
                        visible -> VectorSearch.ids(visible, request, session()));
    }

    private CollectionSnapshot checked(SearchRequest request) {
        CollectionSnapshot state = snapshot();
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
}
