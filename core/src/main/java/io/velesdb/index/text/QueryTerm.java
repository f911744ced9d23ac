package io.velesdb.index.text;

/** One distinct token of a query, and where a search stands in its postings. */
final class QueryTerm {
    private static final int[] NOT_DECODED = {};

    final PostingList list;
    final double idf;

    /** The idf, as often as the query has the token. */
    double weight;

    /** The first block that reaches into the present window or lies behind it. */
    int block;

    /** No less than what any row of the window gets from this token. */
    double bound;

    /** From {@link #block} on: the block in which the row looked up last would be. */
    int lookUp;

    int[] slots = NOT_DECODED;
    int[] frequencies = NOT_DECODED;
    int decodedCount;
    private int decoded = -1;

    QueryTerm(PostingList list, double idf) {
        this.list = list;
        this.idf = idf;
    }

    /** Unpacks a block into {@link #slots} and {@link #frequencies} unless it is there. */
    void decode(int wanted) {
        if (decoded != wanted) {
            if (slots.length == 0) {
                slots = new int[PostingList.BLOCK];
                frequencies = new int[PostingList.BLOCK];
            }
            decodedCount = list.decode(wanted, slots, frequencies);
            decoded = wanted;
        }
    }

    /** The frequency in any slot; a binary search over the blocks. */
    int frequency(int slot) {
        int low = 0;
        int high = list.blocks();
        while (low < high) {
            int middle = low + high >>> 1;
            if (list.last(middle) < slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == list.blocks() || list.first(low) > slot ? 0 : list.frequency(low, slot);
    }
}
