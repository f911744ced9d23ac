package io.velesdb.index.column;

import io.velesdb.filter.FieldPath;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows by the value of one field. What the column keeps by value is counted without a look at a row: by the sets of slots,
 * or, when few rows are selected, by their codes. The rest is read from payloads.
 */
final class Grouping {
    private static final int ROWS_BETWEEN_CHECKS = 256;

    private final @Nullable Column column;
    private final FieldPath path;
    private final ColumnIndex.RowReader rows;
    private final long[] selected;
    private final int slots;
    private final Cancellation cancellation;
    private final List<ValueCount> groups = new ArrayList<>();

    Grouping(
            @Nullable Column column,
            FieldPath path,
            ColumnIndex.RowReader rows,
            long[] selected,
            int slots,
            Cancellation cancellation) {
        this.column = column;
        this.path = path;
        this.rows = rows;
        this.selected = selected;
        this.slots = slots;
        this.cancellation = cancellation;
    }

    /** @param withMore slots that may have the field without being in a column */
    List<ValueCount> run(SlotSet withMore) {
        int all = Bits.count(selected, slots);
        long[] unkept = new long[Bits.words(slots)];
        Column known = column;
        long missing = all;
        if (known != null) {
            missing -= known.present.countIn(selected, slots);
            NumberRows keyed = known.numbers();
            countEntries(known, keyed != null, all);
            if (keyed != null) {
                countKeys(keyed.store());
            }
            known.strings.store().addAllTo(unkept, slots);
            known.otherNumbers.addTo(unkept, slots);
            known.arrays.addTo(unkept, slots);
            known.objects.addTo(unkept, slots);
        } else if (withMore.count() > 0) {
            withMore.addTo(unkept, slots);
        }
        Bits.and(unkept, selected, slots);
        missing += read(unkept, known == null);
        if (missing > 0) {
            groups.add(new ValueCount(null, missing));
        }
        return groups;
    }

    private void countEntries(Column known, boolean withoutNumbers, int all) {
        Dictionary.@Nullable Entry[] entries = known.scalars.entries();
        int[] codes = known.codes();
        if (codes != null && all < slots / 8) {
            countCodes(entries, codes, withoutNumbers);
            return;
        }
        for (Dictionary.Entry entry : entries) {
            if (entry != null && !(withoutNumbers && entry.value() instanceof Value.Num)) {
                addGroup(entry.value(), entry.slots().countIn(selected, slots));
            }
        }
    }

    private void countCodes(Dictionary.@Nullable Entry[] entries, int[] codes, boolean withoutNumbers) {
        int[] counts = new int[entries.length + 1];
        for (int w = 0, n = Bits.words(slots); w < n; w++) {
            for (long rest = selected[w]; rest != 0; rest &= rest - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                int code = slot < codes.length ? codes[slot] : 0;
                if (code < counts.length) {
                    counts[code]++;
                }
            }
        }
        for (int i = 0; i < entries.length; i++) {
            Dictionary.Entry entry = entries[i];
            if (entry != null && !(withoutNumbers && entry.value() instanceof Value.Num)) {
                addGroup(entry.value(), counts[i + 1]);
            }
        }
    }

    private void countKeys(NumberRows.Store numbers) {
        long[] keys = numbers.keysOf(selected, slots);
        Arrays.sort(keys);
        for (int from = 0; from < keys.length; ) {
            int to = from + 1;
            while (to < keys.length && keys[to] == keys[from]) {
                to++;
            }
            addGroup(numbers.encoding().number(keys[from]), to - from);
            from = to;
        }
    }

    private void addGroup(Value value, int count) {
        if (count > 0) {
            groups.add(new ValueCount(value, count));
        }
    }

    /** Counts what only payloads tell; of rows that were counted as missing, returns minus those that are not. */
    private long read(long[] unkept, boolean countedAsMissing) {
        Map<Value, Long> counts = new LinkedHashMap<>();
        int read = 0;
        long found = 0;
        for (int w = 0; w < unkept.length; w++) {
            for (long rest = unkept[w]; rest != 0; rest &= rest - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                Value value = path.resolve(rows.id(slot), rows.payload(slot));
                if (value != null) {
                    counts.merge(value, 1L, Long::sum);
                    found++;
                }
                if (++read % ROWS_BETWEEN_CHECKS == 0) {
                    cancellation.check();
                }
            }
        }
        counts.forEach((value, count) -> groups.add(new ValueCount(value, count)));
        return countedAsMissing ? -found : 0;
    }
}
