package io.velesdb.index.hnsw;

import io.velesdb.host.Cancellation;
import io.velesdb.vector.Scorer;
import org.jspecify.annotations.Nullable;

/** Scores all candidates, block by block in the order of their slots. */
final class Scan {
    private static final int BLOCKS_BETWEEN_CHECKS = 16;

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
        int blocks = 0;
        for (int base = 0; base < slots; base += 64) {
            long word = accept == null ? -1L : base >> 6 < accept.length ? accept[base >> 6] : 0L;
            if (slots - base < 64) {
                word &= (1L << slots - base) - 1;
            }
            // several at a time, whether there are so many or not: the end of every word would be a mispredicted branch
            int end = n + Long.bitCount(word);
            for (; n < end; n += SearchScratch.TOGETHER) {
                for (int i = 0; i < SearchScratch.TOGETHER; i++) {
                    block[n + i] = base + Long.numberOfTrailingZeros(word);
                    word &= word - 1;
                }
            }
            n = end;
            if (n >= SearchScratch.BLOCK) {
                offerNear(scorer, n, into, scratch);
                n = 0;
                if (++blocks % BLOCKS_BETWEEN_CHECKS == 0) {
                    cancellation.check();
                }
            }
        }
        offerNear(scorer, n, into, scratch);
    }

    /** Offers {@code scratch.slots[0..n)}, or those of them that may find a place. */
    private static void offerNear(Scorer scorer, int n, Nearest into, SearchScratch scratch) {
        if (into.isFull()) {
            int near = scorer.scoreWithin(into.farthest(), scratch.slots, n, scratch.distances);
            into.offer(scratch.distances, scratch.slots, near);
        } else {
            Rescorer.offer(scorer, n, into, scratch);
        }
    }
}
