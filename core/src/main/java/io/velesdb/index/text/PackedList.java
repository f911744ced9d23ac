package io.velesdb.index.text;

import java.util.Arrays;

/** The postings of one token as a search sees them: the full blocks, and the tail unpacked as the last one. */
final class PackedList implements PostingList {
    private final Postings postings;
    private final Blocks blocks;
    private final int full;
    private final double[] bounds;
    private final int[] tailSlots;
    private final int[] tailFrequencies;
    private final int tail;
    private double tailBound;

    PackedList(Postings postings, DocumentLengths lengths, Bm25 bm25) {
        this.postings = postings;
        blocks = postings.blocks;
        full = blocks.count();
        bounds = blocks.bounds(bm25);
        tail = postings.tailCount;
        tailSlots = new int[tail];
        tailFrequencies = new int[tail];
        TailReader reader = new TailReader(postings);
        for (int i = 0; i < tail; i++) {
            reader.next();
            tailSlots[i] = reader.slot();
            tailFrequencies[i] = reader.frequency();
            tailBound = Math.max(tailBound, bm25.weigh(tailFrequencies[i], lengths.of(tailSlots[i])));
        }
    }

    Postings postings() {
        return postings;
    }

    @Override
    public int blocks() {
        return tail == 0 ? full : full + 1;
    }

    @Override
    public int count() {
        return postings.count();
    }

    @Override
    public int first(int block) {
        return block < full ? blocks.first(block) : tailSlots[0];
    }

    @Override
    public int last(int block) {
        return block < full ? blocks.last(block) : tailSlots[tail - 1];
    }

    @Override
    public int decode(int block, int[] slots, int[] frequencies) {
        if (block < full) {
            blocks.decode(block, slots, frequencies);
            return BLOCK;
        }
        System.arraycopy(tailSlots, 0, slots, 0, tail);
        System.arraycopy(tailFrequencies, 0, frequencies, 0, tail);
        return tail;
    }

    @Override
    public int frequency(int block, int slot) {
        if (block < full) {
            return blocks.frequency(block, slot);
        }
        int at = Arrays.binarySearch(tailSlots, slot);
        return at < 0 ? 0 : tailFrequencies[at];
    }

    @Override
    public double bound(int block) {
        return block < full ? bounds[block] : tailBound;
    }
}
