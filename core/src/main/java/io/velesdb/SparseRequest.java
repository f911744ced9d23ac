package io.velesdb;

import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * A search by sparse vector: inner product over shared indices, exact. Immutable.
 *
 * @param vector the query
 * @param k how many points to return, from 1 to {@code search.max_results}
 * @param name the name of the sparse vectors to search; {@code ""} is the default one
 * @param filter only points for which it holds are returned; null for all
 * @param timeoutMillis VELES-027 when it takes longer; null for the guard-rail, 0 expires at once
 * @param withPayload whether hits carry payloads
 * @param cancellation asked now and then whether to give up; null for never
 */
public record SparseRequest(
        SparseVector vector,
        int k,
        String name,
        @Nullable Filter filter,
        @Nullable Long timeoutMillis,
        boolean withPayload,
        @Nullable Cancellation cancellation) {
    /** The {@code k} best points by the default sparse vectors, with payloads. */
    public static SparseRequest best(SparseVector vector, int k) {
        return new SparseRequest(vector, k, "", null, null, true, null);
    }

    /** The same search by the sparse vectors of another name. */
    public SparseRequest by(String other) {
        return new SparseRequest(vector, k, other, filter, timeoutMillis, withPayload, cancellation);
    }

    /** The same search over the points for which {@code condition} holds. */
    public SparseRequest where(@Nullable Filter condition) {
        return new SparseRequest(vector, k, name, condition, timeoutMillis, withPayload, cancellation);
    }

    /** The same search with a time limit. */
    public SparseRequest timeoutMillis(long limit) {
        return new SparseRequest(vector, k, name, filter, limit, withPayload, cancellation);
    }

    /** The same search, given up with VELES-027 when {@code signal} says so. */
    public SparseRequest cancelledBy(@Nullable Cancellation signal) {
        return new SparseRequest(vector, k, name, filter, timeoutMillis, withPayload, signal);
    }

    /** The same search without payloads. */
    public SparseRequest withoutPayload() {
        return new SparseRequest(vector, k, name, filter, timeoutMillis, false, cancellation);
    }
}
