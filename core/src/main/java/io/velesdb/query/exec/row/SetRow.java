package io.velesdb.query.exec.row;

import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Output;
import io.velesdb.search.Memory;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a set operation. Its columns, under the keys of the first SELECT, are made when they are first asked for; they are
 * found by key, members of their values by path.
 */
public final class SetRow implements Entity {
    private static final int BYTES = 40;

    private final Value compared;
    private final long id;
    private final List<Output> keys;
    private @Nullable Obj columns;

    /**
     * @param compared what the row is compared by: the values of an explicit list as an array, or the whole row
     * @param id the row's id, 0 where it has none
     * @param keys the list of the first SELECT
     */
    public SetRow(Value compared, long id, List<Output> keys) {
        this.compared = compared;
        this.id = id;
        this.keys = keys;
    }

    /** What the row of a tuple is compared by. */
    public static Value compared(Tuple row) {
        return of(row).compared;
    }

    /** The row of a tuple. */
    public static SetRow of(Tuple row) {
        if (row.entity(0) instanceof SetRow set) {
            return set;
        }
        throw new IllegalStateException("a row of no set operation");
    }

    @Override
    public long id() {
        return id;
    }

    /** The columns of the row. */
    public Obj columns() {
        Obj known = columns;
        if (known == null) {
            known = compared instanceof Arr values ? keyed(values) : (Obj) compared;
            columns = known;
        }
        return known;
    }

    private Obj keyed(Arr values) {
        Obj.Builder all = Obj.builder();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i).key();
            if (key != null) {
                all.put(key, values.get(i));
            }
        }
        return all.build();
    }

    @Override
    public @Nullable Value get(FieldRef field) {
        Obj values = columns();
        Value column = values.get(field.text());
        return column != null || field.path() == null
                ? column
                : field.requirePath().resolve(id, values);
    }

    @Override
    public long bytes() {
        return BYTES + Memory.bytes(compared);
    }
}
