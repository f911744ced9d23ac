package io.velesdb.query.exec.step;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.search.FilteredRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some visible rows of a collection, as a bitmap over slots. Immutable. */
public final class RowSet {
    private final VisibleRows visible;
    private final long[] words;
    private final int count;

    private RowSet(VisibleRows visible, long[] words, int count) {
        this.visible = visible;
        this.words = words;
        this.count = count;
    }

    /** The visible rows for which a filter holds; null for all. */
    public static RowSet of(VisibleRows visible, @Nullable Filter filter, Execution execution) {
        if (filter == null) {
            return new RowSet(visible, visible.words(), visible.count());
        }
        FilteredRows rows = FilteredRows.of(visible, filter, execution);
        execution.onClose(rows::release);
        return new RowSet(visible, rows.words(), rows.count());
    }

    /** Collects slots of the same collection. */
    public static final class Builder {
        private final VisibleRows visible;
        private final long[] words;
        private int count;

        /** @param visible the rows of the collection that may be added */
        public Builder(VisibleRows visible) {
            this.visible = visible;
            words = new long[(visible.state().slots() + 63) >>> 6];
        }

        /** Adds a row, which may be there already. */
        public void add(int slot) {
            if ((words[slot >>> 6] & 1L << slot) == 0) {
                words[slot >>> 6] |= 1L << slot;
                count++;
            }
        }

        /** The rows that were added; nothing is added afterwards. */
        public RowSet build() {
            return new RowSet(visible, words, count);
        }
    }

    /** All rows of the collection that the statement sees. */
    public VisibleRows visible() {
        return visible;
    }

    /** The state of the collection. */
    public CollectionSnapshot collection() {
        return visible.state();
    }

    /** How many rows there are. */
    public int count() {
        return count;
    }

    /** A bit per slot. Shared: not to be written to. */
    public long[] words() {
        return words;
    }

    /** Whether the row at a slot belongs to the set. */
    public boolean contains(int slot) {
        return (words[slot >>> 6] & 1L << slot) != 0;
    }

    /** Steps through the slots in their own order, which is quicker than that of ids. */
    public SlotCursor bySlot() {
        return new SlotCursor() {
            private int word = -1;
            private long rest;
            private int slot;

            @Override
            public boolean next() {
                while (rest == 0) {
                    if (++word >= visible.state().slots() + 63 >>> 6) {
                        return false;
                    }
                    rest = words[word];
                }
                slot = (word << 6) + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
                return true;
            }

            @Override
            public int slot() {
                return slot;
            }
        };
    }

    /** Steps through the slots by ascending id. */
    public SlotCursor byId() {
        return ascends() ? bySlot() : new IdOrder(this);
    }

    /** Whether the slots stand in the order of their ids, as they do until one of the rows is written again. */
    public boolean ascends() {
        int word = (visible.state().slots() + 63 >>> 6) - 1;
        while (word >= 0 && words[word] == 0) {
            word--;
        }
        int last = word < 0 ? -1 : (word << 6) + 63 - Long.numberOfLeadingZeros(words[word]);
        return last < visible.state().orderedSlots();
    }

    /** The slots of the set by ascending id; for sets that are small beside the collection. */
    int[] slotsById() {
        CollectionSnapshot state = visible.state();
        Integer[] slots = new Integer[count];
        int found = 0;
        for (int w = 0; w < state.slots() + 63 >>> 6; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                slots[found++] = (w << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        Arrays.sort(slots, (a, b) -> Long.compareUnsigned(state.id(a), state.id(b)));
        int[] sorted = new int[found];
        for (int i = 0; i < found; i++) {
            sorted[i] = slots[i];
        }
        return sorted;
    }
}
