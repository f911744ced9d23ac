package io.velesdb.index.column;

import io.velesdb.host.Cancellation;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one generation by the value of one field. Whoever asks for more slots than it covers takes in the rest,
 * which costs about what sorting without an index would; the next one finds it done. Nobody waits: while one thread is at
 * it, others go without.
 */
final class SortedIndex {
    private static final int ROWS_BETWEEN_CHECKS = 256;

    private final AtomicReference<SortedRows> current = new AtomicReference<>(SortedRows.EMPTY);
    private final AtomicBoolean busy = new AtomicBoolean();

    /** What is there now. */
    SortedRows current() {
        return current.get();
    }

    /**
     * Rows that cover all slots below {@code slots}; null while another thread makes them.
     *
     * @param column the column of the field; null when no row below {@code slots} has it
     */
    @Nullable
    SortedRows upTo(int slots, @Nullable Column column, @Nullable ColumnValues values, Cancellation cancellation) {
        SortedRows known = current.get();
        if (known.covered() >= slots || column == null || values == null) {
            return known;
        }
        if (!busy.compareAndSet(false, true)) {
            return null;
        }
        try {
            known = current.get();
            if (known.covered() < slots) {
                known = known.with(entries(known.covered(), slots, column, values, cancellation), slots, values);
                current.set(known);
            }
            return known;
        } finally {
            busy.set(false);
        }
    }

    private static SortedRows.Entry[] entries(
            int from, int slots, Column column, ColumnValues values, Cancellation cancellation) {
        List<SortedRows.Entry> added = new ArrayList<>();
        for (int slot = from; slot < slots; slot++) {
            Value value = column.present.contains(slot) ? values.sortKey(slot) : null;
            if (value != null) {
                added.add(new SortedRows.Entry(value, values.id(slot), slot));
            }
            if (slot % ROWS_BETWEEN_CHECKS == 0) {
                cancellation.check();
            }
        }
        return added.toArray(new SortedRows.Entry[0]);
    }
}
