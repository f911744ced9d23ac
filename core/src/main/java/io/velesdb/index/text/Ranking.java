package io.velesdb.index.text;

import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.index.TopSlots;
import io.velesdb.index.hnsw.SlotIds;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The best k rows of a search, exactly, without looking at most postings: MaxScore (Turtle and Flood, 1995) over windows of slots
 * with the bounds of block-max indexes (Ding and Suel, SIGIR 2011).
 *
 * <p>In each window the tokens are ordered by the most that they can add there. Those that cannot lift a row to the k-th
 * best score even together are only looked up for rows that the others found; the others are summed up in an array, block by
 * block, but for blocks that cannot lead to an answer. Filters are a bitmap that is laid over the array.
 *
 * <p>Sums come in another order than the definition has, so a sum near the border between two floats is computed again as
 * defined: the scores are those of the definition, bit for bit.
 */
final class Ranking {
    private static final int WINDOW = 2048;

    private static final Comparator<QueryTerm> BY_BOUND = Comparator.comparingDouble(term -> term.bound);

    private final TextSearch search;
    private final DocumentLengths lengths;
    private final Bm25 bm25;
    private final QueryTerm[] byBound;

    /** At i, what the first i of {@link #byBound} can add together. */
    private final double[] bounds;

    /** Relative, more than what the order of a sum of positive numbers can change. */
    private final double slack;

    private final double[] sums = new double[WINDOW];
    private final long[] touched = new long[WINDOW / 64];
    private final TopSlots top;

    /** What a sum must reach to be worth a look. */
    private double competitive;

    Ranking(TextSearch search, QueryTerm[] terms, double slack, int k, SlotIds ids) {
        this.search = search;
        lengths = search.lengths();
        bm25 = search.bm25();
        byBound = Arrays.copyOf(terms, terms.length);
        bounds = new double[terms.length + 1];
        this.slack = slack;
        top = new TopSlots(k, ids);
        competitive = top.competitive();
        for (QueryTerm term : terms) {
            term.block = 0;
        }
    }

    ScoredSlots best(int slots, long @Nullable [] allowed, Cancellation cancellation) {
        int start = 0;
        while (start < slots) {
            cancellation.check();
            int next = Integer.MAX_VALUE;
            for (QueryTerm term : byBound) {
                while (term.block < term.list.blocks() && term.list.last(term.block) < start) {
                    term.block++;
                }
                if (term.block < term.list.blocks()) {
                    next = Math.min(next, Math.max(start, term.list.first(term.block)));
                }
            }
            if (next == Integer.MAX_VALUE) {
                break;
            }
            start = next & ~63;
            int end = (int) Math.min(slots, start + (long) WINDOW);
            window(start, end, allowed);
            start = end;
        }
        return top.sorted();
    }

    private void window(int start, int end, long @Nullable [] allowed) {
        int n = byBound.length;
        for (QueryTerm term : byBound) {
            double most = 0;
            for (int block = term.block; block < term.list.blocks() && term.list.first(block) < end; block++) {
                most = Math.max(most, term.list.bound(block));
            }
            term.bound = most * term.weight;
            term.lookUp = term.block;
        }
        sort();
        for (int i = 0; i < n; i++) {
            bounds[i + 1] = bounds[i] + byBound[i].bound;
        }
        int essential = 0;
        while (essential < n && !reaches(bounds[essential + 1])) {
            essential++;
        }
        if (essential < n) {
            for (int i = essential; i < n; i++) {
                if (byBound[i].bound > 0) {
                    add(byBound[i], start, end, bounds[n] - byBound[i].bound);
                }
            }
            collect(start, essential, allowed);
        }
    }

    private boolean reaches(double bound) {
        return bound + bound * slack >= competitive;
    }

    private void sort() {
        if (byBound.length > 32) {
            Arrays.sort(byBound, BY_BOUND);
            return;
        }
        for (int i = 1; i < byBound.length; i++) {
            QueryTerm term = byBound[i];
            int at = i;
            while (at > 0 && byBound[at - 1].bound > term.bound) {
                byBound[at] = byBound[at - 1];
                at--;
            }
            byBound[at] = term;
        }
    }

    /** Adds what a token gives to the rows of the window. */
    private void add(QueryTerm term, int start, int end, double others) {
        PostingList list = term.list;
        int blocks = list.blocks();
        for (int block = term.block; block < blocks && list.first(block) < end; block++) {
            if (!reaches(list.bound(block) * term.weight + others)) {
                // Its rows keep sums that are too small, and cannot reach with the right ones either.
                continue;
            }
            term.decode(block);
            int from = 0;
            if (term.slots[0] < start) {
                from = Arrays.binarySearch(term.slots, 0, term.decodedCount, start);
                from = from < 0 ? -from - 1 : from;
            }
            add(term.slots, term.frequencies, from, term.decodedCount, term.weight, start, end);
        }
    }

    private void add(int[] slots, int[] frequencies, int from, int to, double weight, int start, int end) {
        for (int i = from; i < to; i++) {
            int slot = slots[i];
            if (slot >= end) {
                return;
            }
            int place = slot - start;
            sums[place] += weight * bm25.weigh(frequencies[i], lengths.of(slot));
            touched[place >>> 6] |= 1L << place;
        }
    }

    private void collect(int start, int essential, long @Nullable [] allowed) {
        for (int w = 0; w < touched.length; w++) {
            long bits = touched[w];
            if (bits == 0) {
                continue;
            }
            long wanted = allowed == null ? bits : bits & allowed[(start >>> 6) + w];
            for (; wanted != 0; wanted &= wanted - 1) {
                int place = (w << 6) + Long.numberOfTrailingZeros(wanted);
                double sum = sums[place];
                if (reaches(sum + bounds[essential])) {
                    consider(start + place, sum, essential);
                }
            }
            touched[w] = 0;
            Arrays.fill(sums, w << 6, (w << 6) + 64, 0);
        }
    }

    /** Completes a sum by the tokens that are not essential, those that may add most first. */
    private void consider(int slot, double essentialSum, int essential) {
        double sum = essentialSum;
        for (int i = essential - 1; i >= 0; i--) {
            if (!reaches(sum + bounds[i + 1])) {
                return;
            }
            QueryTerm term = byBound[i];
            PostingList list = term.list;
            int blocks = list.blocks();
            while (term.lookUp < blocks && list.last(term.lookUp) < slot) {
                term.lookUp++;
            }
            if (term.lookUp < blocks && list.first(term.lookUp) <= slot) {
                if (!reaches(sum + list.bound(term.lookUp) * term.weight + bounds[i])) {
                    return;
                }
                int frequency = list.frequency(term.lookUp, slot);
                if (frequency > 0) {
                    sum += term.weight * bm25.weigh(frequency, lengths.of(slot));
                }
            }
        }
        if (reaches(sum) && top.offer(rounded(sum, slot), slot)) {
            competitive = top.competitive();
        }
    }

    private float rounded(double sum, int slot) {
        float score = (float) sum;
        boolean certain = (float) (sum + sum * slack) == score && (float) (sum - sum * slack) == score;
        return certain ? score : search.score(slot);
    }
}
