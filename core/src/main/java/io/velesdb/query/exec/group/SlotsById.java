package io.velesdb.query.exec.group;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.query.exec.step.RowScan;
import io.velesdb.query.exec.step.RowSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a set by ascending id, some at a time. Where ids ascend with slots, as in a collection that was filled in
 * order and not changed since, the bitmap is walked; otherwise the ids are.
 */
final class SlotsById {
    /** Slots of a batch, at most. */
    static final int BATCH = 1_024;

    private final long[] words;
    private final int last;
    private final RowScan.@Nullable Slots scan;
    private int word;
    private long rest;

    SlotsById(RowSet rows) {
        CollectionSnapshot collection = rows.collection();
        words = rows.words();
        last = (collection.slots() + 63) >>> 6;
        scan = ascends(collection) ? null : new RowScan.Slots(rows);
        rest = last == 0 ? 0 : words[0];
    }

    private boolean ascends(CollectionSnapshot collection) {
        long before = 0;
        for (int w = 0; w < last; w++) {
            for (long bits = words[w]; bits != 0; bits &= bits - 1) {
                long id = collection.id((w << 6) + Long.numberOfTrailingZeros(bits));
                if (Long.compareUnsigned(id, before) < 0) {
                    return false;
                }
                before = id;
            }
        }
        return true;
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
