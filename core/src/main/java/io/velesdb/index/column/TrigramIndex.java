package io.velesdb.index.column;

import io.velesdb.host.Cancellation;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which strings of one field have a run of three characters, for the strings of which the column keeps only a hash; the
 * others are few distinct ones, and tested one by one. Filled by whoever asks, one thread at a time, as {@link
 * SortedIndex} is; what is not covered yet is in doubt.
 */
final class TrigramIndex {
    private static final int ROWS_PER_STEP = 256;

    private final ConcurrentHashMap<Long, SlotSet> postings = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile int covered;
    private volatile long entries;
    private volatile int rows;

    /** Every string of a slot below it is in the postings. */
    int covered() {
        return covered;
    }

    /** Strings in it. */
    int rows() {
        return rows;
    }

    int distinct() {
        return postings.size();
    }

    long memoryBytes() {
        return 4 * entries + 96L * postings.size();
    }

    /** Takes in the strings of the slots below {@code slots}, unless another thread is at it. */
    void advance(int slots, Column column, ColumnValues values, Cancellation cancellation) {
        if (covered >= slots || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            HashRows.Store strings = column.strings.store();
            for (int slot = covered; slot < slots; slot++) {
                if (strings.contains(slot) && values.read(slot) instanceof Value.Str text) {
                    add(slot, text.text());
                }
                if (slot % ROWS_PER_STEP == 0) {
                    covered = slot + 1;
                    cancellation.check();
                }
            }
            covered = Math.max(covered, slots);
        } finally {
            busy.set(false);
        }
    }

    private void add(int slot, String text) {
        int added = 0;
        for (long trigram : Trigrams.of(text)) {
            SlotSet set = postings.get(trigram);
            if (set == null) {
                set = new SlotSet();
                postings.put(trigram, set);
            }
            if (set.last() != slot) {
                set.add(slot);
                added++;
            }
        }
        // only whoever is busy writes them, so nothing is lost between reading and writing
        long moreEntries = entries + added;
        entries = moreEntries;
        int moreRows = rows + 1;
        rows = moreRows;
    }

    /** The postings of the trigrams, those of the fewest slots first; null when one of them is in no string. */
    @Nullable
    List<SlotSet> find(long[] trigrams) {
        List<SlotSet> found = new ArrayList<>(trigrams.length);
        for (long trigram : trigrams) {
            SlotSet set = postings.get(trigram);
            if (set == null) {
                return null;
            }
            found.add(set);
        }
        found.sort(Comparator.comparingInt(SlotSet::count));
        return found;
    }
}
