package io.velesdb.index.column;

import io.velesdb.filter.Filter;

/** A condition on the id of the row: ranges of ids. */
final class IdPlan implements Plan {
    private final int slots;
    private final ColumnIndex.RowReader rows;
    private final long[] ranges;

    IdPlan(Filter.Leaf leaf, int slots, ColumnIndex.RowReader rows) {
        this.slots = slots;
        this.rows = rows;
        ranges = NumberKeys.UNSIGNED.ranges(leaf);
    }

    @Override
    public void evaluate(Bounds into) {
        if (ranges.length == 0) {
            return;
        }
        long[] certain = into.certain();
        for (int slot = 0; slot < slots; slot++) {
            if (test(slot) == YES) {
                certain[slot >>> 6] |= 1L << slot;
            }
        }
    }

    @Override
    public int test(int slot) {
        long key = rows.id(slot) + Long.MIN_VALUE;
        for (int r = 0; r < ranges.length; r += 2) {
            if (key >= ranges[r] && key <= ranges[r + 1]) {
                return YES;
            }
        }
        return NO;
    }

    @Override
    public int estimate() {
        return ranges.length == 0 ? 0 : slots;
    }

    @Override
    public long costOfAll() {
        return slots * costOfOne();
    }

    @Override
    public long costOfOne() {
        return 2L + ranges.length / 2;
    }
}
