package io.velesdb.query.exec;

import io.velesdb.query.ast.Select;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash join on equality: the right rows are kept by key, the left rows stream past. Rows come in the order of the left
 * ones, then by ascending id of the right; rows that exist on the right only come last.
 */
final class Join implements Operator {
    private static final class Right {
        final Entity entity;
        boolean matched;

        Right(Entity entity) {
            this.entity = entity;
        }
    }

    private final Operator left;
    private final Operator right;
    private final int leftSources;
    private final Select.JoinKind kind;
    private final List<FieldKey> leftKeys;
    private final List<FieldKey> rightKeys;
    private final Execution execution;
    private @Nullable Map<Value, List<Right>> table;
    private final List<Right> all = new ArrayList<>();
    private @Nullable Operator unmatched;

    /** The left rows that are being joined, and how many of them have been looked up. */
    private List<Tuple> batch = List.of();

    private int at;

    /** What the last of them joins, and how many of those rows were handed on. */
    private List<Right> partners = List.of();

    private int partner;
    private boolean leftEnded;

    /**
     * @param right the joined rows, one source each, by ascending id
     * @param leftSources the number of sources of the left rows
     * @param leftKeys fields of the left rows
     * @param rightKeys fields of the single source of the right rows
     */
    Join(
            Operator left,
            Operator right,
            int leftSources,
            Select.JoinKind kind,
            List<FieldRef> leftKeys,
            List<FieldRef> rightKeys,
            Execution execution) {
        this.left = left;
        this.right = right;
        this.leftSources = leftSources;
        this.kind = kind;
        this.leftKeys = leftKeys.stream().map(FieldKey::new).toList();
        this.rightKeys = rightKeys.stream().map(FieldKey::new).toList();
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        Map<Value, List<Right>> byKey = table;
        if (byKey == null) {
            byKey = build();
            table = byKey;
        }
        Operator rest = unmatched;
        if (rest == null) {
            List<Tuple> joined = join(byKey);
            execution.check();
            if (!joined.isEmpty()) {
                return joined;
            }
            rest = Operator.of(onlyRight());
            unmatched = rest;
        }
        return rest.next();
    }

    private Map<Value, List<Right>> build() {
        Map<Value, List<Right>> byKey = new HashMap<>();
        boolean keepsAll = keepsRight();
        long held = 0;
        for (List<Tuple> batch = right.next(); batch != null; batch = right.next()) {
            for (Tuple row : batch) {
                Entity entity = row.entity(0);
                if (entity == null) {
                    continue;
                }
                Right kept = new Right(entity);
                Value key = key(row, rightKeys);
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
        return byKey;
    }

    /** The next batch of joined rows, however many partners one left row has; empty at the end of the left rows. */
    private List<Tuple> join(Map<Value, List<Right>> byKey) {
        List<Tuple> joined = new ArrayList<>();
        while (joined.size() < BATCH && !leftEnded) {
            if (partner < partners.size()) {
                Right found = partners.get(partner++);
                found.matched = true;
                joined.add(batch.get(at - 1).with(found.entity));
            } else if (at < batch.size()) {
                Tuple row = batch.get(at++);
                Value key = key(row, leftKeys);
                List<Right> found = key == null ? null : byKey.get(key);
                partners = found == null ? List.of() : found;
                partner = 0;
                if (found == null && (kind == Select.JoinKind.LEFT || kind == Select.JoinKind.FULL)) {
                    joined.add(row.with(null));
                }
            } else {
                List<Tuple> more = left.next();
                if (more == null) {
                    leftEnded = true;
                    break;
                }
                execution.check();
                batch = more;
                at = 0;
            }
        }
        return joined;
    }

    private List<Tuple> onlyRight() {
        List<Tuple> rows = new ArrayList<>();
        if (keepsRight()) {
            for (Right candidate : all) {
                if (!candidate.matched) {
                    @Nullable Entity[] entities = new Entity[leftSources + 1];
                    entities[leftSources] = candidate.entity;
                    rows.add(new Tuple(entities));
                }
            }
        }
        return rows;
    }

    private boolean keepsRight() {
        return kind == Select.JoinKind.RIGHT || kind == Select.JoinKind.FULL;
    }

    /** The values of the fields; null when one of them is missing or null, which joins nothing. */
    private static @Nullable Value key(Tuple row, List<FieldKey> fields) {
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
