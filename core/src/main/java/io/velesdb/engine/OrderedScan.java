package io.velesdb.engine;

import io.velesdb.filter.FieldPath;
import io.velesdb.index.column.ColumnIndex;
import io.velesdb.index.column.OrderedSlots;

/**
 * Selected rows in the total order of sorting by one field, as {@code ORDER BY field} has them: upwards, rows without the
 * field come first, downwards last; rows whose values tie come by ascending id in both directions. For one thread.
 */
public final class OrderedScan {
    private final CollectionSnapshot state;
    private final ColumnIndex.View columns;
    private final FieldPath field;
    private final OrderedSlots withField;
    private final long[] selected;
    private final boolean ascending;
    private final CollectionSnapshot.RowCursor byId;
    private int missing;
    private int slot = -1;

    OrderedScan(
            CollectionSnapshot state,
            FieldPath field,
            OrderedSlots withField,
            long[] selected,
            int missing,
            boolean ascending) {
        this.state = state;
        this.columns = state.columns();
        this.field = field;
        this.withField = withField;
        this.selected = selected;
        this.missing = missing;
        this.ascending = ascending;
        byId = state.scan();
    }

    /** Steps to the next row; false at the end. */
    public boolean next() {
        if (ascending && missing > 0) {
            return nextMissing();
        }
        if (withField.next()) {
            slot = withField.slot();
            return true;
        }
        return missing > 0 && nextMissing();
    }

    private boolean nextMissing() {
        while (byId.next()) {
            int candidate = byId.slot();
            if ((selected[candidate >>> 6] >>> candidate & 1) != 0 && !columns.has(field, candidate)) {
                missing--;
                slot = candidate;
                return true;
            }
        }
        return false;
    }

    /** The slot of the row that {@link #next} stepped to. */
    public int slot() {
        return slot;
    }

    /** The id of that row. */
    public long id() {
        return state.id(slot);
    }
}
