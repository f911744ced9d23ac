package io.velesdb;

import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which paths count, and what makes one short. Immutable.
 *
 * @param direction which edges are followed; {@link Direction#OUT} unless said otherwise
 * @param relTypes labels of the edges that are followed; empty for all
 * @param nodeFilter every node after the first must pass it; null for all
 * @param edgeFilter held against the id and the properties of every edge; null for all
 * @param weight the edge property whose sum is least: 0 or more, and 1 where it is missing or null; null for the number
 *     of edges
 * @param timeoutMillis VELES-027 when it takes longer; null for {@code search.query_timeout_ms}, 0 expires at once
 * @param cancellation asked now and then whether to give up; null for never
 */
public record PathOptions(
        Direction direction,
        List<String> relTypes,
        @Nullable Filter nodeFilter,
        @Nullable Filter edgeFilter,
        @Nullable String weight,
        @Nullable Long timeoutMillis,
        @Nullable Cancellation cancellation) {

    /** The path with the fewest outgoing edges of any label. */
    public static final PathOptions DEFAULT = new PathOptions(Direction.OUT, List.of(), null, null, null, null, null);

    /** @throws VelesException VELES-021 for a blank type */
    public PathOptions {
        relTypes = relTypes.stream().map(Edge::checkLabel).toList();
    }

    /** The same in another direction. */
    public PathOptions direction(Direction value) {
        return new PathOptions(value, relTypes, nodeFilter, edgeFilter, weight, timeoutMillis, cancellation);
    }

    /** The same along edges with these labels only. */
    public PathOptions relTypes(String... values) {
        return new PathOptions(direction, List.of(values), nodeFilter, edgeFilter, weight, timeoutMillis, cancellation);
    }

    /** The same through nodes for which {@code condition} holds. */
    public PathOptions nodes(@Nullable Filter condition) {
        return new PathOptions(direction, relTypes, condition, edgeFilter, weight, timeoutMillis, cancellation);
    }

    /** The same along edges for which {@code condition} holds. */
    public PathOptions edges(@Nullable Filter condition) {
        return new PathOptions(direction, relTypes, nodeFilter, condition, weight, timeoutMillis, cancellation);
    }

    /** The path with the least sum of this edge property. */
    public PathOptions weight(@Nullable String property) {
        return new PathOptions(direction, relTypes, nodeFilter, edgeFilter, property, timeoutMillis, cancellation);
    }

    /** The same with a time limit. */
    public PathOptions timeoutMillis(@Nullable Long value) {
        return new PathOptions(direction, relTypes, nodeFilter, edgeFilter, weight, value, cancellation);
    }

    /** The same, given up with VELES-027 when {@code signal} says so. */
    public PathOptions cancelledBy(@Nullable Cancellation signal) {
        return new PathOptions(direction, relTypes, nodeFilter, edgeFilter, weight, timeoutMillis, signal);
    }
}
