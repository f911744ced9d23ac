package io.velesdb.query.exec.join;

import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of the joined source by their keys, each key's in the order in which they came. Belongs to one join. */
final class JoinTable {
    /** A row, and whether it has been joined. */
    static final class Row {
        final Entity entity;
        boolean matched;

        private Row(Entity entity) {
            this.entity = entity;
        }
    }

    private final Map<Value, List<Row>> byKey = new HashMap<>();
    private final List<Row> all = new ArrayList<>();

    /**
     * Reads the rows of a source.
     *
     * @param rows one source each, by ascending id
     * @param keys fields of that source, as the only one
     * @param keepsAll whether {@link #unmatched} will be asked for
     */
    JoinTable(Operator rows, List<FieldKey> keys, boolean keepsAll, Execution execution) {
        long held = 0;
        for (List<Tuple> batch = rows.next(); batch != null; batch = rows.next()) {
            for (Tuple row : batch) {
                Entity entity = row.entity(0);
                if (entity == null) {
                    continue;
                }
                Row kept = new Row(entity);
                Value key = key(row, keys);
                if (key != null) {
                    byKey.computeIfAbsent(key, k -> new ArrayList<>(1)).add(kept);
                }
                if (keepsAll) {
                    all.add(kept);
                }
            }
            held += batch.size();
            execution.checkHeld(held);
        }
    }

    /** The rows of a key; empty for none, as for a key that is null. */
    List<Row> rows(@Nullable Value key) {
        List<Row> found = key == null ? null : byKey.get(key);
        return found == null ? List.of() : found;
    }

    /** The keys that rows have. */
    Set<Value> keys() {
        return byKey.keySet();
    }

    /** The rows that were not joined, those without a key among them. */
    List<Entity> unmatched() {
        List<Entity> rows = new ArrayList<>();
        for (Row row : all) {
            if (!row.matched) {
                rows.add(row.entity);
            }
        }
        return rows;
    }

    /** The values of the fields; null when one of them is missing or null, which joins nothing. */
    static @Nullable Value key(Tuple row, List<FieldKey> fields) {
        if (fields.size() == 1) {
            Value value = fields.get(0).key(row);
            return value instanceof Value.Null ? null : value;
        }
        List<Value> values = new ArrayList<>(fields.size());
        for (FieldKey field : fields) {
            Value value = field.key(row);
            if (value == null || value instanceof Value.Null) {
                return null;
            }
            values.add(value);
        }
        return Arr.of(values);
    }
}
