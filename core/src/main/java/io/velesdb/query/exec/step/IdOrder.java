package io.velesdb.query.exec.step;

import io.velesdb.engine.CollectionSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Steps by ascending id through slots that do not stand in that order. Few rows of many are sorted; otherwise the ids of the
 * collection are walked and the set is asked about each.
 */
final class IdOrder implements SlotCursor {
    private static final int SPARSE = 32;

    private final RowSet rows;
    private final CollectionSnapshot.@Nullable RowCursor cursor;
    private final int[] sorted;
    private int at;
    private int left;
    private int slot;

    /** @param rows whose slots are wanted */
    IdOrder(RowSet rows) {
        this.rows = rows;
        left = rows.count();
        boolean sparse = (long) left * SPARSE < rows.collection().rows();
        cursor = sparse ? null : rows.collection().scan();
        sorted = sparse ? rows.slotsById() : new int[0];
    }

    @Override
    public boolean next() {
        CollectionSnapshot.RowCursor walked = cursor;
        if (walked == null) {
            if (at == sorted.length) {
                return false;
            }
            slot = sorted[at++];
            return true;
        }
        while (left > 0 && walked.next()) {
            if (rows.contains(walked.slot())) {
                slot = walked.slot();
                left--;
                return true;
            }
        }
        return false;
    }

    @Override
    public int slot() {
        return slot;
    }
}
