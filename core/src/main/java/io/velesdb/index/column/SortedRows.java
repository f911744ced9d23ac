package io.velesdb.index.column;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Value;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots that have a field, by its value in the order of sorting, and by id where values tie: a long run of slots, and a
 * short one of those that came later, which has the values too. Dead slots stay in it: readers of older states may still
 * see them. Immutable.
 */
final class SortedRows {
    static final SortedRows EMPTY = new SortedRows(0, new int[0], new long[0], new Entry[0], null);

    private static final int LEAST_RECENT = 1_024;
    private static final int RECENT_SHARE = 8;

    private static final Comparator<Entry> ORDER = (a, b) -> {
        int byValue = Value.compare(a.value, b.value);
        return byValue != 0 ? byValue : byId(a.id, a.slot, b.id, b.slot);
    };

    /** A slot with its value and the id of its row. */
    record Entry(Value value, long id, int slot) {}

    private final int covered;
    final int[] main;

    /** A bit for each place of {@link #main} whose value is not that of the place before. */
    private final long[] starts;

    final Entry[] recent;

    /** The values of all slots in it: a reader of an older state has no way to those that came after. */
    private final @Nullable ColumnValues values;

    private SortedRows(int covered, int[] main, long[] starts, Entry[] recent, @Nullable ColumnValues values) {
        this.covered = covered;
        this.main = main;
        this.starts = starts;
        this.recent = recent;
        this.values = values;
    }

    /** The value at a place of the main run. */
    Value valueAt(int place) {
        Value value = values == null ? null : values.sortKey(main[place]);
        if (value == null) {
            throw new VelesException(
                    ErrorCode.INDEX_CORRUPTED,
                    "slot " + main[place] + " is in a sorted index and has no value there: reopen the database");
        }
        return value;
    }

    /** The id of the row at a place of the main run. */
    long idAt(int place) {
        return values == null ? 0 : values.id(main[place]);
    }

    /** All slots below it that have the field are here. */
    int covered() {
        return covered;
    }

    int size() {
        return main.length + recent.length;
    }

    long memoryBytes() {
        return 4L * main.length + 8L * starts.length + 48L * recent.length;
    }

    /** Whether another value begins at this place of the main run, or the run ends. */
    boolean startsAt(int place) {
        return place >= main.length || (starts[place >>> 6] >>> place & 1) != 0;
    }

    /** These and the {@code added} entries, which cover the slots from {@link #covered} to {@code slots}. */
    SortedRows with(Entry[] added, int slots, ColumnValues values) {
        Arrays.sort(added, ORDER);
        Entry[] merged = merge(recent, added);
        if (merged.length <= Math.max(LEAST_RECENT, main.length / RECENT_SHARE)) {
            return new SortedRows(slots, main, starts, merged, values);
        }
        int[] run = new int[main.length + merged.length];
        long[] begins = new long[Bits.words(run.length)];
        int size = 0;
        int next = 0;
        Value before = null;
        for (int place = 0; place <= main.length; place++) {
            Value value = place == main.length ? null : values.sortKey(main[place]);
            while (next < merged.length
                    && (value == null || precedes(merged[next], value, values.id(main[place]), main[place]))) {
                before = append(run, begins, size++, merged[next].slot, merged[next].value, before);
                next++;
            }
            if (value != null) {
                before = append(run, begins, size++, main[place], value, before);
            }
        }
        return new SortedRows(slots, run, begins, new Entry[0], values);
    }

    private static Value append(int[] run, long[] begins, int at, int slot, Value value, @Nullable Value before) {
        run[at] = slot;
        if (before == null || Value.compare(before, value) != 0) {
            begins[at >>> 6] |= 1L << at;
        }
        return value;
    }

    private static boolean precedes(Entry entry, Value value, long id, int slot) {
        int byValue = Value.compare(entry.value, value);
        return byValue != 0 ? byValue < 0 : byId(entry.id, entry.slot, id, slot) < 0;
    }

    /** Rows whose values tie go by id, and the versions of one row by age. */
    static int byId(long id, int slot, long otherId, int otherSlot) {
        int byId = Long.compareUnsigned(id, otherId);
        return byId != 0 ? byId : Integer.compare(slot, otherSlot);
    }

    private static Entry[] merge(Entry[] a, Entry[] b) {
        Entry[] merged = Arrays.copyOf(a, a.length + b.length);
        int i = a.length - 1;
        int j = b.length - 1;
        for (int at = merged.length - 1; j >= 0; at--) {
            merged[at] = i >= 0 && ORDER.compare(a[i], b[j]) > 0 ? a[i--] : b[j--];
        }
        return merged;
    }

    /** The first place of the main run whose value meets a condition that holds from some place on. */
    int firstOfMain(Predicate<Value> condition) {
        int low = 0;
        int high = main.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(valueAt(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** As {@link #firstOfMain}, of the recent run. */
    int firstOfRecent(Predicate<Value> condition) {
        int low = 0;
        int high = recent.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(recent[middle].value)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
