package io.velesdb.query.exec;

import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import org.jspecify.annotations.Nullable;

/** A row of the result of a statement that writes. */
final class WrittenRow {
    private WrittenRow() {}

    /** The id, then the members of the payload. */
    static ResultRow of(long id, @Nullable Obj payload) {
        Obj.Builder row = Obj.builder().put("id", Ids.toValue(id));
        if (payload != null) {
            for (int i = 0; i < payload.size(); i++) {
                if (!payload.name(i).equals("id")) {
                    row.put(payload.name(i), payload.value(i));
                }
            }
        }
        return new ResultRow(row.build(), id, null, null);
    }
}
