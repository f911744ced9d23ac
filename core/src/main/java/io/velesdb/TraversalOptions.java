package io.velesdb;

import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a graph is walked from a node. Immutable.
 *
 * <pre>{@code
 * TraversalOptions friends = TraversalOptions.DEFAULT.maxDepth(2).relTypes("KNOWS").nodes(Filter.eq("city", "Oslo"));
 * }</pre>
 *
 * <p>Each node is reported once, the source never. A node that fails {@code nodeFilter} is neither reported nor passed
 * through; an edge that fails {@code edgeFilter} is not followed.
 *
 * @param direction which edges are followed; {@link Direction#OUT} unless said otherwise
 * @param minDepth nodes that are fewer edges away are passed through, not reported; 1 unless said otherwise
 * @param maxDepth how many edges away a node may be, at most {@value #DEPTH_CAP}; 3 unless said otherwise
 * @param limit how many nodes are reported, 1 or more; 100 unless said otherwise
 * @param relTypes labels of the edges that are followed; empty for all
 * @param nodeFilter held against the id and payload of a node; null for all
 * @param edgeFilter held against the id and the properties of an edge; null for all
 * @param cursor where an earlier traversal with the same options ended, as it said; null for the beginning
 * @param timeoutMillis VELES-027 when it takes longer; null for {@code search.query_timeout_ms}, 0 expires at once
 * @param cancellation asked now and then whether to give up; null for never
 */
public record TraversalOptions(
        Direction direction,
        int minDepth,
        int maxDepth,
        int limit,
        List<String> relTypes,
        @Nullable Filter nodeFilter,
        @Nullable Filter edgeFilter,
        @Nullable String cursor,
        @Nullable Long timeoutMillis,
        @Nullable Cancellation cancellation) {

    /** No traversal goes deeper. */
    public static final int DEPTH_CAP = 100;

    /** Outgoing edges of any label, depth 1 to 3, 100 nodes. */
    public static final TraversalOptions DEFAULT =
            new TraversalOptions(Direction.OUT, 1, 3, 100, List.of(), null, null, null, null, null);

    /**
     * @throws VelesException VELES-010 for a negative depth, a {@code minDepth} above {@code maxDepth}, a limit below 1;
     *     VELES-027 for a {@code maxDepth} above {@value #DEPTH_CAP}; VELES-021 for a blank type
     */
    public TraversalOptions {
        if (maxDepth > DEPTH_CAP) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "max_depth is " + maxDepth + ", traversals go at most " + DEPTH_CAP + " deep: choose less");
        }
        if (minDepth < 0 || maxDepth < minDepth) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "min_depth is " + minDepth + " and max_depth is " + maxDepth
                            + ": choose 0 or more, and max_depth not below min_depth");
        }
        if (limit < 1) {
            throw new VelesException(ErrorCode.QUERY, "limit is " + limit + ": choose 1 or more");
        }
        relTypes = relTypes.stream().map(Edge::checkLabel).toList();
    }

    /** The same traversal in another direction. */
    public TraversalOptions direction(Direction value) {
        return new TraversalOptions(
                value,
                minDepth,
                maxDepth,
                limit,
                relTypes,
                nodeFilter,
                edgeFilter,
                cursor,
                timeoutMillis,
                cancellation);
    }

    /** The same traversal, reporting nodes that are {@code from} to {@code to} edges away. */
    public TraversalOptions depth(int from, int to) {
        return new TraversalOptions(
                direction, from, to, limit, relTypes, nodeFilter, edgeFilter, cursor, timeoutMillis, cancellation);
    }

    /** The same traversal with another greatest depth. */
    public TraversalOptions maxDepth(int value) {
        return depth(Math.min(minDepth, Math.max(0, value)), value);
    }

    /** The same traversal with another limit. */
    public TraversalOptions limit(int value) {
        return new TraversalOptions(
                direction,
                minDepth,
                maxDepth,
                value,
                relTypes,
                nodeFilter,
                edgeFilter,
                cursor,
                timeoutMillis,
                cancellation);
    }

    /** The same traversal along edges with these labels only. */
    public TraversalOptions relTypes(String... values) {
        return relTypes(List.of(values));
    }

    /** The same traversal along edges with these labels only; an empty list for all. */
    public TraversalOptions relTypes(List<String> values) {
        return new TraversalOptions(
                direction,
                minDepth,
                maxDepth,
                limit,
                values,
                nodeFilter,
                edgeFilter,
                cursor,
                timeoutMillis,
                cancellation);
    }

    /** The same traversal through nodes for which {@code condition} holds. */
    public TraversalOptions nodes(@Nullable Filter condition) {
        return new TraversalOptions(
                direction,
                minDepth,
                maxDepth,
                limit,
                relTypes,
                condition,
                edgeFilter,
                cursor,
                timeoutMillis,
                cancellation);
    }

    /** The same traversal along edges for which {@code condition} holds. */
    public TraversalOptions edges(@Nullable Filter condition) {
        return new TraversalOptions(
                direction,
                minDepth,
                maxDepth,
                limit,
                relTypes,
                nodeFilter,
                condition,
                cursor,
                timeoutMillis,
                cancellation);
    }

    /** The same traversal, continued. */
    public TraversalOptions from(@Nullable String value) {
        return new TraversalOptions(
                direction,
                minDepth,
                maxDepth,
                limit,
                relTypes,
                nodeFilter,
                edgeFilter,
                value,
                timeoutMillis,
                cancellation);
    }

    /** The same traversal with a time limit. */
    public TraversalOptions timeoutMillis(@Nullable Long value) {
        return new TraversalOptions(
                direction, minDepth, maxDepth, limit, relTypes, nodeFilter, edgeFilter, cursor, value, cancellation);
    }

    /** The same traversal, given up with VELES-027 when {@code signal} says so. */
    public TraversalOptions cancelledBy(@Nullable Cancellation signal) {
        return new TraversalOptions(
                direction, minDepth, maxDepth, limit, relTypes, nodeFilter, edgeFilter, cursor, timeoutMillis, signal);
    }
}
