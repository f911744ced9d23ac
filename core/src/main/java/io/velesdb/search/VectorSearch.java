package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.Limits;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Engine;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.SearchScratch;
import java.util.ArrayList;
import java.util.List;

/** Answers a nearest-neighbour request on one snapshot: the filter first, then the index among the rows that are left. */
public final class VectorSearch {
    private VectorSearch() {}

    /** The hits of {@code request}, which was checked, with payloads if it asks for them. */
    public static List<Hit> hits(CollectionSnapshot state, SearchRequest request, Engine engine) {
        HnswIndex index = indexOf(state);
        SearchScratch scratch = index.acquire();
        try {
            int found = search(state, index, request, engine, scratch);
            List<Hit> hits = new ArrayList<>(found);
            for (int i = 0; i < found; i++) {
                int slot = scratch.slot(i);
                hits.add(new Hit(state.id(slot), scratch.score(i), request.withPayload() ? state.payload(slot) : null));
            }
            return hits;
        } finally {
            index.release(scratch);
        }
    }

    /** The same, ids and scores only. */
    public static ScoredIds ids(CollectionSnapshot state, SearchRequest request, Engine engine) {
        HnswIndex index = indexOf(state);
        SearchScratch scratch = index.acquire();
        try {
            int found = search(state, index, request, engine, scratch);
            long[] ids = new long[found];
            float[] scores = new float[found];
            for (int i = 0; i < found; i++) {
                ids[i] = state.id(scratch.slot(i));
                scores[i] = scratch.score(i);
            }
            return new ScoredIds(ids, scores);
        } finally {
            index.release(scratch);
        }
    }

    private static int search(
            CollectionSnapshot state, HnswIndex index, SearchRequest request, Engine engine, SearchScratch scratch) {
        Cancellation cancellation = Deadline.of(request, engine);
        HnswIndex.View view = state.indexView();
        if (view == null || state.rows() == 0) {
            return 0;
        }
        Filter filter = request.filter();
        if (filter == null) {
            checkExactScan(request, state.rows(), engine.limits());
            boolean all = !state.hasDeadSlots();
            return index.search(
                    view,
                    request.vector(),
                    request.k(),
                    request.effort(),
                    all ? null : state.liveWords(),
                    all ? 0 : state.rows(),
                    state,
                    cancellation,
                    scratch);
        }
        FilteredRows rows = FilteredRows.of(state, filter, cancellation);
        try {
            checkExactScan(request, rows.count(), engine.limits());
            return index.search(
                    view,
                    request.vector(),
                    request.k(),
                    request.effort(),
                    rows.words(),
                    rows.count(),
                    state,
                    cancellation,
                    scratch);
        } finally {
            rows.release();
        }
    }

    private static void checkExactScan(SearchRequest request, int rows, Limits limits) {
        if (request.effort().exact() && rows > limits.maxPerfectModeVectors()) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "quality perfect would scan " + rows + " rows, limits.max_perfect_mode_vectors is "
                            + limits.maxPerfectModeVectors() + ": filter more, use accurate, or raise the limit");
        }
    }

    private static HnswIndex indexOf(CollectionSnapshot state) {
        HnswIndex index = state.index();
        if (index == null) {
            throw new VelesException(
                    ErrorCode.SEARCH_NOT_SUPPORTED,
                    "collection '" + state.name() + "' holds no vectors: search a vector collection");
        }
        return index;
    }
}
