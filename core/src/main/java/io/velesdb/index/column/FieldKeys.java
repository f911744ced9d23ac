package io.velesdb.index.column;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.Ids;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The way from a slot to the value of one field: by the column where it leads there, else by the payload. A column keeps
 * one of equal numbers ({@code 1} or {@code 1.0}), so a key equals the value of the row without being it; {@link #value} is
 * the value itself. For slots of the state that it was made from; immutable, thread-safe.
 */
public final class FieldKeys {
    private static final int[] NO_CODES = {};
    private static final Dictionary.@Nullable Entry[] NO_ENTRIES = {};

    private final FieldPath path;
    private final ColumnIndex.RowReader rows;
    private final @Nullable Column column;
    private final boolean absent;
    private final int[] codes;
    private final Dictionary.@Nullable Entry[] entries;
    private final NumberRows.@Nullable Store numbers;
    private final NumberRows.@Nullable Store wholes;

    /** @param column null where the field has none; {@code absent}: because no row has it */
    FieldKeys(FieldPath path, ColumnIndex.RowReader rows, @Nullable Column column, boolean absent) {
        this.path = path;
        this.rows = rows;
        this.column = column;
        this.absent = absent;
        int[] ways = column == null ? null : column.codes();
        codes = ways == null ? NO_CODES : ways;
        entries = column == null ? NO_ENTRIES : column.scalars.entries();
        NumberRows keyed = column == null ? null : column.numbers();
        numbers = keyed == null ? null : keyed.store();
        wholes = numbers != null && numbers.encoding() == NumberKeys.LONG ? numbers : null;
    }

    /** Whether no row has the field. */
    public boolean isAbsent() {
        return absent;
    }

    /** All codes are below it. */
    public int codes() {
        return entries.length + 1;
    }

    /** The same number for rows with equal values, another for others; 0 where only {@link #key} tells. */
    public int code(int slot) {
        return slot < codes.length ? codes[slot] : 0;
    }

    /** The value that a code above 0 stands for. */
    public Value ofCode(int code) {
        Dictionary.Entry entry = entries[code - 1];
        if (entry == null) {
            throw new IllegalArgumentException("code " + code + " stands for no value");
        }
        return entry.value();
    }

    /** Where {@link #wholeAt} finds the value of a slot; negative where it does not. */
    public int wholePlace(int slot) {
        NumberRows.Store store = wholes;
        return store == null ? -1 : store.place(slot);
    }

    /** The whole number that stands at a place. */
    public long wholeAt(int place) {
        NumberRows.Store store = wholes;
        if (store == null) {
            throw new IllegalArgumentException("no whole numbers");
        }
        return store.key(place);
    }

    /** The least and the greatest whole number that {@link #wholeAt} finds, of rows that are gone as well; null for none. */
    public long @Nullable [] wholeRange() {
        NumberRows.Store store = wholes;
        return store == null ? null : store.range();
    }

    /**
     * The long that is equal to a number, so that equal numbers have equal ones.
     *
     * @return null for a number that is no whole number of that range
     */
    public static @Nullable Long wholeOf(Value.Num number) {
        return NumberKeys.LONG.holds(number) ? (Long) NumberKeys.LONG.key(number) : null;
    }

    /** A value that equals that of the slot; null when it is missing. */
    public @Nullable Value key(int slot) {
        int code = code(slot);
        if (code > 0) {
            return ofCode(code);
        }
        if (absent) {
            return null;
        }
        NumberRows.Store store = numbers;
        if (store != null) {
            int place = store.place(slot);
            if (place >= 0) {
                return store.encoding().number(store.key(place));
            }
        }
        return read(slot);
    }

    /** The value of the slot; null when it is missing. */
    public @Nullable Value value(int slot) {
        int code = code(slot);
        if (code > 0 && !(ofCode(code) instanceof Value.Num)) {
            return ofCode(code);
        }
        return absent ? null : read(slot);
    }

    private @Nullable Value read(int slot) {
        if (path.isId()) {
            return Ids.toValue(rows.id(slot));
        }
        if (column != null && !column.present.contains(slot)) {
            return null;
        }
        return path.resolve(rows.id(slot), rows.payload(slot));
    }
}
