package io.velesdb.index.text;

import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.index.TopSlots;
import io.velesdb.index.hnsw.SlotIds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text query against one state of an index: the best rows, the set of all matching rows, or the score of a row. Made by {@link
 * TextIndex.View#search}; belongs to one thread at a time.
 */
public final class TextSearch {
    /** What a look-up costs, in postings passed over. */
    private static final int LOOK_UP = 16;

    private final QueryTerm[] terms;

    /** By token of the query, its place in {@link #terms}. */
    private final int[] tokens;

    private final DocumentLengths lengths;
    private final Bm25 bm25;
    private final int slots;
    private final double slack;

    /** @param terms those that rows have; their weights are set here */
    TextSearch(QueryTerm[] terms, int[] tokens, DocumentLengths lengths, Bm25 bm25, int slots) {
        this(terms, tokens, lengths, bm25, slots, (tokens.length + 4) * 0x1p-52);
    }

    /** @param slack the relative error to reckon with; more than is needed makes more sums be computed twice */
    TextSearch(QueryTerm[] terms, int[] tokens, DocumentLengths lengths, Bm25 bm25, int slots, double slack) {
        this.terms = terms;
        this.tokens = tokens;
        this.lengths = lengths;
        this.bm25 = bm25;
        this.slots = slots;
        this.slack = slack;
        for (QueryTerm term : terms) {
            term.weight = 0;
        }
        for (int token : tokens) {
            terms[token].weight += terms[token].idf;
        }
    }

    /** The same search with another slack, for tests. */
    TextSearch withSlack(double other) {
        return new TextSearch(terms, tokens, lengths, bm25, slots, other);
    }

    DocumentLengths lengths() {
        return lengths;
    }

    Bm25 bm25() {
        return bm25;
    }

    /**
     * The {@code k} best of the rows that match.
     *
     * @param k at least 1
     * @param allowed the slots to consider, dead ones left out; null when all slots are live and wanted
     * @param ids decide between equal scores
     * @param cancellation asked now and then
     */
    public ScoredSlots best(int k, long @Nullable [] allowed, SlotIds ids, Cancellation cancellation) {
        if (terms.length == 0) {
            return ScoredSlots.NONE;
        }
        if (allowed != null && isCheaperByLookUp(allowed)) {
            return bestByLookUp(k, allowed, ids, cancellation);
        }
        return new Ranking(this, terms, slack, k, ids).best(slots, allowed, cancellation);
    }

    private boolean isCheaperByLookUp(long[] allowed) {
        long postings = 0;
        for (QueryTerm term : terms) {
            postings += term.list.count();
        }
        long wanted = 0;
        for (int w = 0; w < slots + 63 >>> 6; w++) {
            wanted += Long.bitCount(allowed[w]);
        }
        return wanted * terms.length * LOOK_UP < postings;
    }

    private ScoredSlots bestByLookUp(int k, long[] allowed, SlotIds ids, Cancellation cancellation) {
        TopSlots top = new TopSlots(k, ids);
        for (int w = 0; w < slots + 63 >>> 6; w++) {
            if ((w & 63) == 0) {
                cancellation.check();
            }
            for (long rest = allowed[w]; rest != 0; rest &= rest - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                float score = score(slot);
                if (score > 0) {
                    top.offer(score, slot);
                }
            }
        }
        return top.sorted();
    }

    /** The score of a row, greater than 0 if it matches and 0 if it does not. */
    public float score(int slot) {
        double sum = 0;
        int length = 0;
        for (int token : tokens) {
            QueryTerm term = terms[token];
            int frequency = term.frequency(slot);
            if (frequency > 0) {
                if (length == 0) {
                    length = lengths.of(slot);
                }
                sum += term.idf * bm25.weigh(frequency, length);
            }
        }
        return (float) sum;
    }

    /**
     * Which rows match.
     *
     * @param allowed the slots to consider; null for all, dead ones included
     * @param into receives the matching ones, (slots + 63) / 64 words, whatever it held before
     * @return the number of bits set
     */
    public int matching(long @Nullable [] allowed, long[] into, Cancellation cancellation) {
        int words = slots + 63 >>> 6;
        Arrays.fill(into, 0, words, 0);
        for (QueryTerm term : terms) {
            for (int block = 0; block < term.list.blocks(); block++) {
                if ((block & 63) == 0) {
                    cancellation.check();
                }
                term.decode(block);
                for (int i = 0; i < term.decodedCount; i++) {
                    into[term.slots[i] >>> 6] |= 1L << term.slots[i];
                }
            }
        }
        int count = 0;
        for (int w = 0; w < words; w++) {
            if (allowed != null) {
                into[w] &= allowed[w];
            }
            count += Long.bitCount(into[w]);
        }
        return count;
    }
}
