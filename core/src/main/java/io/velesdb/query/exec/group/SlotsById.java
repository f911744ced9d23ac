package io.velesdb.query.exec.group;

import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.SlotCursor;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a set by ascending id, some at a time. Where ids ascend with slots the bitmap is walked; otherwise the ids are.
 */
final class SlotsById {
    /** Slots of a batch, at most. */
    static final int BATCH = 1_024;

    private final long[] words;
    private final int last;
    private final @Nullable SlotCursor scan;
    private int word;
    private long rest;

    SlotsById(RowSet rows) {
        words = rows.words();
        last = (rows.collection().slots() + 63) >>> 6;
        scan = rows.ascends() ? null : rows.byId();
        rest = last == 0 ? 0 : words[0];
    }

    /** Writes the next slots; 0 at the end. */
    int next(int[] into) {
        int count = 0;
        if (scan != null) {
            while (count < BATCH && scan.next()) {
                into[count++] = scan.slot();
            }
            return count;
        }
        while (count < BATCH) {
            if (rest == 0) {
                if (++word >= last) {
                    return count;
                }
                rest = words[word];
            } else {
                into[count++] = (word << 6) + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
            }
        }
        return count;
    }
}
