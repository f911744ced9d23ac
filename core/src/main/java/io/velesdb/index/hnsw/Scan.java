package io.velesdb.index.hnsw;

import io.velesdb.host.Cancellation;
import io.velesdb.vector.Scorer;
import org.jspecify.annotations.Nullable;

/** Scores all candidates, block by block in the order of their slots. */
final class Scan {
    private static final int BLOCKS_BETWEEN_CHECKS = 16;

    /** So many slots that may find a place are scored together. */
    static final int KEPT = 64;

    private Scan() {}

    /** Offers every candidate. */
    static void offerAll(
            Scorer scorer,
            int slots,
            long @Nullable [] accept,
            Nearest into,
            Cancellation cancellation,
            SearchScratch scratch) {
        int[] block = scratch.slots;
        int n = 0;
        int near = 0;
        int blocks = 0;
        for (int base = 0; base < slots; base += 64) {
            long word = accept == null ? -1L : base >> 6 < accept.length ? accept[base >> 6] : 0L;
            if (slots - base < 64) {
                word &= (1L << slots - base) - 1;
            }
            n = scorer.list(word, base, block, n);
            if (n >= SearchScratch.BLOCK) {
                near = offerNear(scorer, n, near, into, scratch);
                n = 0;
                if (++blocks % BLOCKS_BETWEEN_CHECKS == 0) {
                    cancellation.check();
                }
            }
        }
        near = offerNear(scorer, n, near, into, scratch);
        offerKept(scorer, near, into, scratch);
    }

    /**
     * Offers the slots of a block, or keeps those of them that may find a place until there are so many that their scoring
     * does not wait for memory row by row.
     *
     * @param near slots that were kept up to now
     * @return slots that are kept now
     */
    private static int offerNear(Scorer scorer, int n, int near, Nearest into, SearchScratch scratch) {
        if (!into.isFull()) {
            Rescorer.offer(scorer, n, into, scratch);
            return 0;
        }
        int left = scorer.near(into.farthest(), scratch.slots, n, scratch.distances);
        System.arraycopy(scratch.slots, 0, scratch.kept, near, left);
        if (near + left < KEPT) {
            return near + left;
        }
        offerKept(scorer, near + left, into, scratch);
        return 0;
    }

    private static void offerKept(Scorer scorer, int near, Nearest into, SearchScratch scratch) {
        scorer.score(scratch.kept, near, scratch.distances);
        into.offer(scratch.distances, scratch.kept, near);
    }
}
