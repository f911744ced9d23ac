package io.velesdb;

import io.velesdb.index.hnsw.LinkBuffer;
import org.jspecify.annotations.Nullable;

/**
 * When new vectors of a collection are linked into its vector index. Of no effect below 1,500 vectors, where there is no
 * index and every search is exact.
 *
 * @param deferred whether they wait for company
 * @param async set when a host is to link them in the background; null when writes do
 */
public record IndexBuilding(
        DeferredIndexing deferred, @Nullable AsyncIndexBuilder async) {
    private static final int PIECE = 1_000;

    /** By the writes that bring them. */
    public static final IndexBuilding IMMEDIATE = new IndexBuilding(DeferredIndexing.DEFAULT, null);

    /** How many may wait before a write links them. */
    public LinkBuffer buffer() {
        if (async != null) {
            int background = deferred.enabled()
                    ? Math.max(async.mergeThreshold(), deferred.mergeThreshold())
                    : async.mergeThreshold();
            return LinkBuffer.upTo(2 * background);
        }
        return deferred.enabled() ? LinkBuffer.upTo(deferred.mergeThreshold()) : LinkBuffer.PROMPT;
    }

    /**
     * Whether a host should link what waits.
     *
     * @param waiting vectors
     * @param ageMillis how long the first of them waits
     */
    public boolean isDue(int waiting, long ageMillis) {
        if (waiting == 0) {
            return false;
        }
        if (deferred.enabled() && ageMillis >= deferred.maxBufferAgeMillis()) {
            return true;
        }
        return async != null && waiting >= (deferred.enabled() ? deferred.mergeThreshold() : async.mergeThreshold());
    }

    /** Vectors that are linked by one change, of so many. */
    public int piece(int waiting) {
        if (buffer().prompt()) {
            return LinkBuffer.TOGETHER;
        }
        Integer segments = async == null ? null : async.segmentCount();
        return segments == null ? PIECE : Math.max(1, (waiting + segments - 1) / segments);
    }
}
