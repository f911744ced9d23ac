package io.velesdb;

import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.Effort;
import org.jspecify.annotations.Nullable;

/**
 * A nearest-neighbour search. Immutable; the vector is not copied.
 *
 * @param vector as many finite components as the collection has dimensions
 * @param k how many points to return, from 1 to {@code search.max_results}
 * @param effort how hard to look; {@link Effort#USUAL} unless said otherwise: what the database is set to
 * @param filter only points for which it holds are returned; null for all
 * @param timeoutMillis VELES-027 when it takes longer; null for {@code search.query_timeout_ms}, 0 expires at once
 * @param withPayload whether hits carry payloads
 * @param cancellation asked now and then whether to give up; null for never
 * @param oversampling in a quantized collection, the factor f of {@link Quantization#oversampling}, 0 for the scores of the
 *     codes; null for the collection's
 */
public record SearchRequest(
        float[] vector,
        int k,
        Effort effort,
        @Nullable Filter filter,
        @Nullable Long timeoutMillis,
        boolean withPayload,
        @Nullable Cancellation cancellation,
        @Nullable Integer oversampling) {

    /** The largest oversampling. */
    public static final int MAX_OVERSAMPLING = 1_000;

    /** @throws VelesException VELES-010 for an oversampling out of range */
    public SearchRequest {
        if (oversampling != null && (oversampling < 0 || oversampling > MAX_OVERSAMPLING)) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "oversampling is " + oversampling + ": use 0 to " + MAX_OVERSAMPLING
                            + ", or leave it out for the default");
        }
    }

    /** A search with the collection's oversampling. */
    public SearchRequest(
            float[] vector,
            int k,
            Effort effort,
            @Nullable Filter filter,
            @Nullable Long timeoutMillis,
            boolean withPayload,
            @Nullable Cancellation cancellation) {
        this(vector, k, effort, filter, timeoutMillis, withPayload, cancellation, null);
    }

    /** The same search with another oversampling. */
    public SearchRequest oversampling(int factor) {
        return new SearchRequest(vector, k, effort, filter, timeoutMillis, withPayload, cancellation, factor);
    }

    /** The {@code k} nearest points, with payloads, at the default quality. */
    public static SearchRequest nearest(float[] vector, int k) {
        return new SearchRequest(vector, k, Effort.USUAL, null, null, true, null);
    }

    /** The same search over the points for which {@code condition} holds. */
    public SearchRequest where(Filter condition) {
        return new SearchRequest(vector, k, effort, condition, timeoutMillis, withPayload, cancellation, oversampling);
    }

    /** The same search with another quality preset. */
    public SearchRequest effort(Effort quality) {
        return new SearchRequest(vector, k, quality, filter, timeoutMillis, withPayload, cancellation, oversampling);
    }

    /**
     * The same search with an explicit size of the candidate list.
     *
     * @throws VelesException VELES-010 outside 1..65536
     */
    public SearchRequest ef(int ef) {
        return effort(Effort.custom(ef));
    }

    /** The same search with a time limit. */
    public SearchRequest timeoutMillis(long limit) {
        return new SearchRequest(vector, k, effort, filter, limit, withPayload, cancellation, oversampling);
    }

    /** The same search without payloads: hits carry ids and scores only. */
    public SearchRequest withoutPayload() {
        return new SearchRequest(vector, k, effort, filter, timeoutMillis, false, cancellation, oversampling);
    }

    /** The same search, given up with VELES-027 when {@code signal} says so. */
    public SearchRequest cancelledBy(Cancellation signal) {
        return new SearchRequest(vector, k, effort, filter, timeoutMillis, withPayload, signal, oversampling);
    }
}
