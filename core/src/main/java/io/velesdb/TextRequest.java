package io.velesdb;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A full-text search, ranked by BM25 (k1 1.2, b 0.75). Immutable.
 *
 * @param query words, a phrase, or words of which the last is a beginning
 * @param k how many points to return, from 1 to {@code search.max_results}
 * @param fields where to look, as one document of their tokens; empty for every string that the collection indexes
 * @param filter only points for which it holds are returned; null for all
 * @param timeoutMillis VELES-027 when it takes longer; null for the guard-rail, 0 expires at once
 * @param withPayload whether hits carry payloads
 * @param cancellation asked now and then whether to give up; null for never
 */
public record TextRequest(
        TextQuery query,
        int k,
        List<FieldPath> fields,
        @Nullable Filter filter,
        @Nullable Long timeoutMillis,
        boolean withPayload,
        @Nullable Cancellation cancellation) {
    public TextRequest {
        fields = List.copyOf(fields);
    }

    /** The {@code k} best points for some words, in every string, with payloads. */
    public static TextRequest words(String text, int k) {
        return of(TextQuery.words(text), k);
    }

    /** The {@code k} best points for a query, in every string, with payloads. */
    public static TextRequest of(TextQuery query, int k) {
        return new TextRequest(query, k, List.of(), null, null, true, null);
    }

    /** The same search in these fields only. */
    public TextRequest in(String... names) {
        List<FieldPath> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(FieldPath.of(name));
        }
        return new TextRequest(query, k, paths, filter, timeoutMillis, withPayload, cancellation);
    }

    /** The same search over the points for which {@code condition} holds. */
    public TextRequest where(@Nullable Filter condition) {
        return new TextRequest(query, k, fields, condition, timeoutMillis, withPayload, cancellation);
    }

    /** The same search with a time limit. */
    public TextRequest timeoutMillis(long limit) {
        return new TextRequest(query, k, fields, filter, limit, withPayload, cancellation);
    }

    /** The same search without payloads. */
    public TextRequest withoutPayload() {
        return new TextRequest(query, k, fields, filter, timeoutMillis, false, cancellation);
    }

    /** The same search, given up when {@code signal} says so. */
    public TextRequest cancelledBy(Cancellation signal) {
        return new TextRequest(query, k, fields, filter, timeoutMillis, withPayload, signal);
    }
}
