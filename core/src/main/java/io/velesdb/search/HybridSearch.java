package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.Fusion;
import io.velesdb.HybridHit;
import io.velesdb.HybridRequest;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.SparseVector;
import io.velesdb.TextQuery;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the branches of a hybrid search on one state and fuses what they find. */
public final class HybridSearch {
    private HybridSearch() {}

    /** The hits of {@code request}, whose k and vectors were checked. */
    public static List<HybridHit> hits(VisibleRows visible, HybridRequest request, Session session) {
        Budget budget = Budget.of(request.timeoutMillis(), request.cancellation(), session);
        int branches = request.vectors().size() + (request.sparse() == null ? 0 : 1) + (request.text() == null ? 0 : 1);
        if (branches == 0) {
            throw new VelesException(
                    ErrorCode.QUERY, "the hybrid search has no branch: give a vector, a sparse vector or a text");
        }
        // one branch is not fused, so nothing beyond k can rise
        int depth = branches == 1 ? request.k() : Fusion.depth(request.k());
        List<RankedBranch> lists = new ArrayList<>(branches);
        for (float[] vector : request.vectors()) {
            lists.add(dense(visible, vector, request, depth, budget, session));
        }
        SparseVector sparse = request.sparse();
        if (sparse != null) {
            lists.add(ranked(
                    visible.state(),
                    SparseSearch.search(visible, request.sparseName(), sparse, depth, request.filter(), budget)));
        }
        TextQuery text = request.text();
        if (text != null) {
            lists.add(ranked(
                    visible.state(),
                    TextRows.of(visible, text, request.textFields()).best(depth, request.filter(), budget)));
        }
        long ranked = lists.stream().mapToLong(list -> list.ids().length).sum();
        budget.holds(ranked, ranked * Memory.SCORED);
        if (branches == 1 && request.fusion() == null) {
            return single(visible.state(), lists.get(0), request, budget);
        }
        FusedRows fused = FusedRanking.fuse(fusion(request, branches), lists, request.k());
        List<HybridHit> hits = new ArrayList<>(fused.size());
        for (int i = 0; i < fused.size(); i++) {
            List<Float> parts = new ArrayList<>(branches);
            for (float[] part : fused.parts()) {
                parts.add(part[i]);
            }
            hits.add(hit(visible.state(), fused.ids()[i], fused.scores()[i], parts, request, budget));
        }
        return hits;
    }

    private static Fusion fusion(HybridRequest request, int branches) {
        Fusion asked = request.fusion();
        if (asked instanceof Fusion.Weighted weighted && (request.sparse() != null || request.text() != null)) {
            return byRanks(weighted, branches);
        }
        if (asked != null) {
            return asked;
        }
        boolean vectorAndText = request.vectors().size() == 1 && request.sparse() == null && request.text() != null;
        return vectorAndText ? Fusion.weightedRrf(List.of(0.5, 0.5), Fusion.DEFAULT_RANK_CONSTANT) : Fusion.rrf();
    }

    /**
     * What weighted means for branches of different kinds, whose scores do not mix: ranks, each branch with the same weight, 1
     * together.
     */
    private static Fusion byRanks(Fusion.Weighted weighted, int branches) {
        if (!weighted.equals(Fusion.weighted())) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "weights of average, maximum and hits are for several vectors and nothing else, the search has a"
                            + " text or a sparse vector: leave them out, or use rrf with a weight for each branch");
        }
        return Fusion.weightedRrf(Collections.nCopies(branches, 1.0 / branches), Fusion.DEFAULT_RANK_CONSTANT);
    }

    private static RankedBranch dense(
            VisibleRows visible,
            float[] vector,
            HybridRequest request,
            int depth,
            Cancellation cancellation,
            Session session) {
        SearchRequest one = new SearchRequest(
                vector, depth, request.effort(), request.filter(), request.timeoutMillis(), false, cancellation);
        ScoredIds found = VectorSearch.ids(visible, one, session);
        Metric metric = visible.state().schema().metric();
        return new RankedBranch(found.ids(), found.scores(), metric == null || metric.higherIsBetter());
    }

    private static RankedBranch ranked(CollectionSnapshot state, ScoredSlots found) {
        long[] ids = new long[found.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = state.id(found.slots()[i]);
        }
        return new RankedBranch(ids, found.scores(), true);
    }

    private static List<HybridHit> single(
            CollectionSnapshot state, RankedBranch branch, HybridRequest request, Budget budget) {
        List<HybridHit> hits = new ArrayList<>(branch.ids().length);
        for (int i = 0; i < branch.ids().length; i++) {
            float score = branch.scores()[i];
            hits.add(hit(state, branch.ids()[i], score, List.of(score), request, budget));
        }
        return hits;
    }

    private static HybridHit hit(
            CollectionSnapshot state, long id, float score, List<Float> parts, HybridRequest request, Budget budget) {
        Obj payload = request.withPayload() ? payload(state, id) : null;
        budget.answers(Memory.row(payload));
        return new HybridHit(id, score, payload, parts);
    }

    private static @Nullable Obj payload(CollectionSnapshot state, long id) {
        return state.payload(state.slotOf(id));
    }
}
