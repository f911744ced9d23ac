package io.velesdb.query.exec.row;

import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group of rows: the values of its keys and of the aggregates over it.
 *
 * @param keys in the order of GROUP BY, null where a row lacks the field
 * @param aggregates in the order of the plan
 */
public record GroupEntity(List<Value> keys, List<Value> aggregates) implements Entity {
    /** The group that a row stands for. */
    public static GroupEntity of(Tuple row) {
        if (row.entity(0) instanceof GroupEntity group) {
            return group;
        }
        throw new IllegalStateException("a row that is no group");
    }

    @Override
    public long id() {
        return 0;
    }

    /** Nothing: a path over groups was resolved to a key or an aggregate when the statement was planned. */
    @Override
    public @Nullable Value get(FieldRef field) {
        return null;
    }
}
