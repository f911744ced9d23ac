package io.velesdb.query.exec;

import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** A row of a result that is ordered once more: its columns are found by key, members of their values by path. */
record ResultEntity(ResultRow row) implements Entity {
    @Override
    public long id() {
        return row.id();
    }

    @Override
    public @Nullable Value get(FieldRef field) {
        Obj values = row.values();
        Value column = values.get(field.text());
        return column != null || field.path() == null
                ? column
                : field.requirePath().resolve(row.id(), values);
    }
}
