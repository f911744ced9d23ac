package io.velesdb.index.text;

/**
 * The rows that have a token, ascending by slot, with the number of its occurrences in each: in blocks of up to {@value
 * #BLOCK}. Immutable while somebody reads it.
 */
interface PostingList {
    int BLOCK = 128;

    int blocks();

    /** Postings in all blocks. */
    int count();

    /** The first slot of a block. */
    int first(int block);

    /** The last slot of a block. */
    int last(int block);

    /** Fills in the slots and frequencies of a block and returns how many there are. */
    int decode(int block, int[] slots, int[] frequencies);

    /** The frequency in a slot that lies between the first and the last one of a block, 0 where there is none. */
    int frequency(int block, int slot);

    /** No less than the most that {@link Bm25#weigh} gives for a posting of a block. */
    double bound(int block);
}
