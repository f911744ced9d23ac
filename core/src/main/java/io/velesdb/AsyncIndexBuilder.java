package io.velesdb;

import org.jspecify.annotations.Nullable;

/**
 * New vectors of a collection are linked into its vector index in the background instead of by the writes that bring them. A
 * host with a background begins when {@code mergeThreshold} wait, and links them in pieces, between which others write. Where
 * nobody does, the write that makes twice as many wait links them.
 *
 * @param mergeThreshold vectors, 1..{@value DeferredIndexing#MOST_WAITING}; 10,000 unless said otherwise
 * @param segmentCount in so many pieces, 1..1024; null, unless said otherwise, for pieces of 1,000 vectors
 */
public record AsyncIndexBuilder(
        int mergeThreshold, @Nullable Integer segmentCount) {
    /** The most pieces. */
    public static final int MOST_SEGMENTS = 1_024;

    /** What is used where nothing else is asked for. */
    public static final AsyncIndexBuilder DEFAULT = new AsyncIndexBuilder(10_000, null);

    /** @throws VelesException VELES-009 for a value out of range */
    public AsyncIndexBuilder {
        DeferredIndexing.check("async_index_builder.merge_threshold", mergeThreshold, DeferredIndexing.MOST_WAITING);
        if (segmentCount != null) {
            DeferredIndexing.check("async_index_builder.segment_count", segmentCount, MOST_SEGMENTS);
        }
    }
}
