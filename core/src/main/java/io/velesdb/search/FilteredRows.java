package io.velesdb.search;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;

/** The visible rows of a collection for which a filter holds, as a bitmap over slots. Belongs to one thread. */
public final class FilteredRows {
    private final long[] words;
    private final int count;

    private FilteredRows(long[] words, int count) {
        this.words = words;
        this.count = count;
    }

    /** Evaluates {@code filter}; give the bitmap back with {@link #release} when done. */
    public static FilteredRows of(VisibleRows visible, Filter filter, Cancellation cancellation) {
        CollectionSnapshot state = visible.state();
        long[] words = BitmapPool.acquire((state.slots() + 63) >>> 6);
        int count = state.columns().evaluate(filter, state, visible.words(), cancellation, words);
        return new FilteredRows(words, count);
    }

    /** All visible rows. */
    public static FilteredRows all(VisibleRows visible) {
        int length = (visible.state().slots() + 63) >>> 6;
        long[] words = BitmapPool.acquire(length);
        System.arraycopy(visible.words(), 0, words, 0, length);
        return new FilteredRows(words, visible.count());
    }

    /** The dense vectors of these rows, by the numbers that the vector index knows them by; releases this one. */
    FilteredRows vectors(CollectionSnapshot state) {
        int length = (state.vectors() + 63) >>> 6;
        long[] renamed = BitmapPool.acquire(length);
        state.renameToVectors(words, renamed);
        release();
        int found = 0;
        for (int w = 0; w < length; w++) {
            found += Long.bitCount(renamed[w]);
        }
        return new FilteredRows(renamed, found);
    }

    /** The number of visible rows for which {@code filter} holds. */
    public static int count(VisibleRows visible, Filter filter, Cancellation cancellation) {
        CollectionSnapshot state = visible.state();
        return state.columns().count(filter, state, visible.words(), cancellation);
    }

    public int count() {
        return count;
    }

    public boolean contains(int slot) {
        return (words[slot >>> 6] & 1L << slot) != 0;
    }

    /** A bit per slot. Not to be used after {@link #release}. */
    public long[] words() {
        return words;
    }

    /** Gives the bitmap back for other queries. */
    public void release() {
        BitmapPool.release(words);
    }
}
