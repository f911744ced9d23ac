package io.velesdb;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several searches whose ranked lists are fused into one: by dense vectors, by a sparse vector, by text. The filter acts
 * inside every branch. Immutable.
 *
 * <pre>{@code
 * HybridRequest.top(10).near(vector).matching("small boat").where(Filter.eq("pos", "noun"))
 * }</pre>
 *
 * @param k how many points to return, from 1 to {@code search.max_results}
 * @param vectors dense query vectors, a branch each, at most {@value #MAX_VECTORS}
 * @param sparse the sparse query vector; null for no such branch
 * @param sparseName the name of the sparse vectors to search
 * @param text the text query; null for no such branch
 * @param textFields where to look for text; empty for every string
 * @param fusion how the lists become one; null for reciprocal ranks: with halves for one vector and text, else unweighted
 * @param effort how hard the vector branches look
 * @param filter only points for which it holds are returned; null for all
 * @param timeoutMillis VELES-027 when it takes longer; null for the guard-rail, 0 expires at once
 * @param withPayload whether hits carry payloads
 * @param cancellation asked now and then whether to give up; null for never
 */
public record HybridRequest(
        int k,
        List<float[]> vectors,
        @Nullable SparseVector sparse,
        String sparseName,
        @Nullable TextQuery text,
        List<FieldPath> textFields,
        @Nullable Fusion fusion,
        Effort effort,
        @Nullable Filter filter,
        @Nullable Long timeoutMillis,
        boolean withPayload,
        @Nullable Cancellation cancellation) {
    /** Query vectors in one request. */
    public static final int MAX_VECTORS = 10;

    /** @throws VelesException VELES-009 for more than {@value #MAX_VECTORS} vectors */
    public HybridRequest {
        vectors = List.copyOf(vectors);
        textFields = List.copyOf(textFields);
        if (vectors.size() > MAX_VECTORS) {
            throw new VelesException(
                    ErrorCode.CONFIG,
                    vectors.size() + " query vectors: use at most " + MAX_VECTORS + " in one request");
        }
    }

    /** The {@code k} best points of the branches that are still to be named. */
    public static HybridRequest top(int k) {
        return new HybridRequest(k, List.of(), null, "", null, List.of(), null, Effort.USUAL, null, null, true, null);
    }

    /** The same with one more branch: the points nearest to {@code vector}. */
    public HybridRequest near(float[] vector) {
        return with(draft -> draft.vectors.add(vector));
    }

    /** The same with a branch by the sparse vectors of a name. */
    public HybridRequest sparse(String name, SparseVector vector) {
        return with(draft -> {
            draft.sparse = vector;
            draft.sparseName = name;
        });
    }

    /** The same with a branch by words in every string. */
    public HybridRequest matching(String words) {
        return matching(TextQuery.words(words), List.of());
    }

    /** The same with a branch by text. */
    public HybridRequest matching(TextQuery query, List<FieldPath> fields) {
        return with(draft -> {
            draft.text = query;
            draft.textFields = fields;
        });
    }

    /** The same, fused in another way. */
    public HybridRequest fusedBy(@Nullable Fusion strategy) {
        return with(draft -> draft.fusion = strategy);
    }

    /**
     * The same, fused by reciprocal ranks with so much weight for the vector and the rest for the text.
     *
     * @param vectorWeight clamped to 0..1
     */
    public HybridRequest vectorWeight(double vectorWeight) {
        double weight = Math.max(0, Math.min(1, vectorWeight));
        return fusedBy(Fusion.weightedRrf(List.of(weight, 1 - weight), Fusion.DEFAULT_RANK_CONSTANT));
    }

    /** The same with another quality of the vector branches. */
    public HybridRequest effort(Effort quality) {
        return with(draft -> draft.effort = quality);
    }

    /** The same over the points for which {@code condition} holds. */
    public HybridRequest where(@Nullable Filter condition) {
        return with(draft -> draft.filter = condition);
    }

    /** The same with a time limit. */
    public HybridRequest timeoutMillis(@Nullable Long limit) {
        return with(draft -> draft.timeoutMillis = limit);
    }

    /** The same, given up with VELES-027 when {@code signal} says so. */
    public HybridRequest cancelledBy(@Nullable Cancellation signal) {
        return with(draft -> draft.cancellation = signal);
    }

    /** The same without payloads. */
    public HybridRequest withoutPayload() {
        return with(draft -> draft.withPayload = false);
    }

    private HybridRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.request();
    }

    /** A request while one part of it is replaced. */
    private static final class Draft {
        private final HybridRequest from;
        private final List<float[]> vectors;
        private @Nullable SparseVector sparse;
        private String sparseName;
        private @Nullable TextQuery text;
        private List<FieldPath> textFields;
        private @Nullable Fusion fusion;
        private Effort effort;
        private @Nullable Filter filter;
        private @Nullable Long timeoutMillis;
        private boolean withPayload;
        private @Nullable Cancellation cancellation;

        Draft(HybridRequest from) {
            this.from = from;
            vectors = new ArrayList<>(from.vectors);
            sparse = from.sparse;
            sparseName = from.sparseName;
            text = from.text;
            textFields = from.textFields;
            fusion = from.fusion;
            effort = from.effort;
            filter = from.filter;
            timeoutMillis = from.timeoutMillis;
            withPayload = from.withPayload;
            cancellation = from.cancellation;
        }

        HybridRequest request() {
            return new HybridRequest(
                    from.k,
                    vectors,
                    sparse,
                    sparseName,
                    text,
                    textFields,
                    fusion,
                    effort,
                    filter,
                    timeoutMillis,
                    withPayload,
                    cancellation);
        }
    }
}
