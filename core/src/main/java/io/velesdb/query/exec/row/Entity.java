package io.velesdb.query.exec.row;

import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** What one name of a statement stands for in one row: a row of a collection, an edge, or the edges of a range. */
public sealed interface Entity permits RowEntity, EdgeEntity, EdgeListEntity, GroupEntity, SetRow, EdgeRow {
    /** The id that ties are broken by, unsigned. */
    long id();

    /** The value of a field, whatever source the reference names; null when it is missing. */
    @Nullable
    Value get(FieldRef field);

    /** About what it takes on the heap beside what others hold anyway, with what was read of it so far. */
    default long bytes() {
        return 0;
    }
}
