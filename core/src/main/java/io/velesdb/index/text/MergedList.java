package io.velesdb.index.text;

import java.util.Arrays;

/** Postings that a search put together itself: of several fields, of all tokens that begin alike, of a phrase. */
final class MergedList implements PostingList {
    private final int[] slots;
    private final int[] frequencies;
    private final int count;
    private final double[] bounds;

    /** The first {@code count} of each array, by ascending slot. */
    MergedList(int[] slots, int[] frequencies, int count, DocumentLengths lengths, Bm25 bm25) {
        this.slots = slots;
        this.frequencies = frequencies;
        this.count = count;
        bounds = new double[(count + BLOCK - 1) / BLOCK];
        for (int i = 0; i < count; i++) {
            bounds[i / BLOCK] = Math.max(bounds[i / BLOCK], bm25.weigh(frequencies[i], lengths.of(slots[i])));
        }
    }

    @Override
    public int blocks() {
        return bounds.length;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int first(int block) {
        return slots[block * BLOCK];
    }

    @Override
    public int last(int block) {
        return slots[Math.min(count, (block + 1) * BLOCK) - 1];
    }

    @Override
    public int decode(int block, int[] into, int[] intoFrequencies) {
        int from = block * BLOCK;
        int n = Math.min(count - from, BLOCK);
        System.arraycopy(slots, from, into, 0, n);
        System.arraycopy(frequencies, from, intoFrequencies, 0, n);
        return n;
    }

    @Override
    public int frequency(int block, int slot) {
        int at = Arrays.binarySearch(slots, block * BLOCK, Math.min(count, (block + 1) * BLOCK), slot);
        return at < 0 ? 0 : frequencies[at];
    }

    @Override
    public double bound(int block) {
        return bounds[block];
    }
}
