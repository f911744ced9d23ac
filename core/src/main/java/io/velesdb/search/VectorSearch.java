package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.Limits;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.Rescoring;
import io.velesdb.index.hnsw.SearchScratch;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;

/** Answers a nearest-neighbour request on one snapshot: the filter first, then the index among the rows that are left. */
public final class VectorSearch {
    private VectorSearch() {}

    /** The hits of {@code request}, which was checked, with payloads if it asks for them. */
    public static List<Hit> hits(VisibleRows visible, SearchRequest request, Session session) {
        CollectionSnapshot state = visible.state();
        HnswIndex index = indexOf(state);
        SearchScratch scratch = index.acquire();
        try {
            Budget budget = Budget.of(request.timeoutMillis(), request.cancellation(), session);
            int found = search(visible, index, request, session, budget, scratch);
            List<Hit> hits = new ArrayList<>(found);
            for (int i = 0; i < found; i++) {
                int slot = state.slotOfVector(scratch.slot(i));
                Obj payload = request.withPayload() ? state.payload(slot) : null;
                budget.answers(Memory.row(payload));
                hits.add(new Hit(state.id(slot), scratch.score(i), payload));
            }
            return hits;
        } finally {
            index.release(scratch);
        }
    }

    /** The same, ids and scores only. */
    public static ScoredIds ids(VisibleRows visible, SearchRequest request, Session session) {
        CollectionSnapshot state = visible.state();
        HnswIndex index = indexOf(state);
        SearchScratch scratch = index.acquire();
        try {
            Budget budget = Budget.of(request.timeoutMillis(), request.cancellation(), session);
            int found = search(visible, index, request, session, budget, scratch);
            budget.holds(found, (long) found * Memory.SCORED);
            long[] ids = new long[found];
            float[] scores = new float[found];
            for (int i = 0; i < found; i++) {
                ids[i] = state.id(state.slotOfVector(scratch.slot(i)));
                scores[i] = scratch.score(i);
            }
            return new ScoredIds(ids, scores);
        } finally {
            index.release(scratch);
        }
    }

    private static int search(
            VisibleRows visible,
            HnswIndex index,
            SearchRequest request,
            Session session,
            Cancellation cancellation,
            SearchScratch scratch) {
        CollectionSnapshot state = visible.state();
        HnswIndex.View view = state.indexView();
        if (view == null || state.rows() == 0) {
            return 0;
        }
        Limits limits = session.engine().limits();
        Effort effort = request.effort().or(session.engine().settings().usualEffort());
        Rescoring rescoring = NearestRows.rescoring(state.schema(), request.oversampling());
        Filter filter = request.filter();
        boolean renumbered = state.renumbersVectors();
        if (filter == null && !renumbered) {
            boolean all = visible.isEverySlot();
            checkExactScan(effort, all ? state.rows() : visible.count(), limits);
            return index.search(
                    view,
                    request.vector(),
                    request.k(),
                    effort,
                    rescoring,
                    all ? null : visible.words(),
                    all ? 0 : visible.count(),
                    state,
                    cancellation,
                    scratch);
        }
        FilteredRows rows = filter == null ? FilteredRows.all(visible) : FilteredRows.of(visible, filter, cancellation);
        try {
            if (renumbered) {
                rows = rows.vectors(state);
            }
            checkExactScan(effort, rows.count(), limits);
            return index.search(
                    view,
                    request.vector(),
                    request.k(),
                    effort,
                    rescoring,
                    rows.words(),
                    rows.count(),
                    renumbered ? vector -> state.id(state.slotOfVector(vector)) : state,
                    cancellation,
                    scratch);
        } finally {
            rows.release();
        }
    }

    private static void checkExactScan(Effort effort, int rows, Limits limits) {
        if (effort.exact() && rows > limits.maxPerfectModeVectors()) {
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
