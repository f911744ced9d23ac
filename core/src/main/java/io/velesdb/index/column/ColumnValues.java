package io.velesdb.index.column;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way from a slot to the value of one field, by the column where it leads there, else by the payload. */
final class ColumnValues {
    private static final Arr ANY_ARRAY = Arr.of(List.of());

    private final Column column;
    private final FieldPath path;
    private final ColumnIndex.RowReader rows;
    private final int @Nullable [] codes;
    private final NumberRows.@Nullable Store numbers;

    ColumnValues(Column column, FieldPath path, ColumnIndex.RowReader rows) {
        this.column = column;
        this.path = path;
        this.rows = rows;
        codes = column.codes();
        NumberRows keyed = column.numbers();
        numbers = keyed == null ? null : keyed.store();
    }

    /** A value that stands where that of the slot does in the order of sorting; null when the field is missing. */
    @Nullable
    Value sortKey(int slot) {
        int[] ways = codes;
        int code = ways != null && slot < ways.length ? ways[slot] : 0;
        Dictionary.Entry entry = code > 0 ? column.scalars.entries()[code - 1] : null;
        if (entry != null) {
            return entry.value();
        }
        Value.Num number = numbers == null ? null : numbers.number(slot);
        if (number != null) {
            return number;
        }
        if (column.arrays.contains(slot)) {
            return ANY_ARRAY;
        }
        return column.objects.contains(slot) ? Obj.EMPTY : read(slot);
    }

    /** The value as the payload has it. */
    @Nullable
    Value read(int slot) {
        return path.resolve(rows.id(slot), rows.payload(slot));
    }

    long id(int slot) {
        return rows.id(slot);
    }
}
