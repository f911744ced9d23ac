package io.velesdb.query.exec.group;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.index.column.FieldKeys;
import io.velesdb.index.column.ValueCount;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.KeyNumbers;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.plan.AggregatePlan;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY and aggregates over the rows of one collection that no search ranks, read from columns: the groups of {@link
 * GroupBy}, without a tuple per row.
 */
public final class ColumnGroups implements Operator {
    /** With more values than this, their sets of rows take longer to go through than the rows. */
    private static final int MOST_SETS = 200;

    private final RowSet rows;
    private final List<FieldRef> groupBy;
    private final List<FieldKeys> keys;
    private final List<ColumnAggregate> aggregates = new ArrayList<>();
    private final KeyNumbers numbers;
    private final int maxGroups;
    private final Execution execution;
    private int[] firstSlots = {};
    private @Nullable Operator output;

    /** Where {@link #canGroup} says so. */
    public ColumnGroups(
            RowSet rows, List<FieldRef> groupBy, List<AggregatePlan> aggregated, int maxGroups, Execution execution) {
        this.rows = rows;
        this.groupBy = groupBy;
        this.maxGroups = maxGroups;
        this.execution = execution;
        CollectionSnapshot state = rows.collection();
        keys = groupBy.stream().map(field -> keys(state, field)).toList();
        numbers = new KeyNumbers(Math.max(1, keys.size()), true);
        for (AggregatePlan aggregate : aggregated) {
            FieldRef field = aggregate.field();
            aggregates.add(ColumnAggregate.of(aggregate, field == null ? null : keys(state, field)));
        }
    }

    /** Whether columns tell the groups. */
    public static boolean canGroup(List<FieldRef> groupBy, Collection<AggregatePlan> aggregated) {
        for (FieldRef field : groupBy) {
            if (field.kind() == FieldRef.Kind.VECTOR) {
                return false;
            }
        }
        for (AggregatePlan aggregate : aggregated) {
            FieldRef field = aggregate.field();
            if (aggregate.ofScore() || field != null && field.kind() == FieldRef.Kind.VECTOR) {
                return false;
            }
        }
        return true;
    }

    private static FieldKeys keys(CollectionSnapshot state, FieldRef field) {
        return state.columns().keys(field.requirePath(), state);
    }

    @Override
    public @Nullable List<Tuple> next() {
        Operator groups = output;
        if (groups == null) {
            List<GroupEntity> counted = countSets();
            groups = Operator.of(sorted(counted == null ? group() : counted));
            output = groups;
        }
        return groups.next();
    }

    /** Rows by the few texts that one field holds, counted by their sets; null where rows have to be looked at. */
    private @Nullable List<GroupEntity> countSets() {
        if (keys.size() != 1
                || keys.get(0).codes() < 2
                || keys.get(0).codes() > MOST_SETS
                || groupBy.get(0).requirePath().isId()
                || !aggregates.stream().allMatch(ColumnAggregate::countsRows)) {
            return null;
        }
        CollectionSnapshot state = rows.collection();
        List<GroupEntity> groups = new ArrayList<>();
        long withoutValue = 0;
        for (ValueCount found :
                state.columns().groupCount(groupBy.get(0).requirePath(), state, rows.words(), execution)) {
            Value value = found.value();
            if (value == null || value instanceof Value.Null) {
                withoutValue += found.rows();
            } else if (value instanceof Value.Str || value instanceof Value.Bool) {
                groups.add(group(value, found.rows()));
            } else {
                // of equal numbers the one of the first row has to be shown
                return null;
            }
        }
        if (withoutValue > 0) {
            groups.add(group(Value.NULL, withoutValue));
        }
        if (groups.size() > maxGroups) {
            throw GroupBy.tooMany(maxGroups);
        }
        execution.visited(rows.count());
        return groups;
    }

    private GroupEntity group(Value key, long count) {
        return new GroupEntity(
                List.of(key),
                aggregates.stream().map(aggregate -> Value.of(count)).toList());
    }

    private List<GroupEntity> group() {
        int groups = keys.isEmpty() ? 1 : 0;
        ensure(groups);
        KeyNumbers.Reader reader = keys.isEmpty() ? null : numbers.reader(keys, true);
        SlotsById slots = new SlotsById(rows);
        int[] batch = new int[SlotsById.BATCH];
        int[] ofRow = new int[SlotsById.BATCH];
        for (int n = slots.next(batch); n > 0; n = slots.next(batch)) {
            execution.check();
            execution.visited(n);
            if (reader != null) {
                groups = number(reader, batch, n, ofRow, groups);
            }
            for (ColumnAggregate aggregate : aggregates) {
                for (int i = 0; i < n; i++) {
                    aggregate.add(ofRow[i], batch[i]);
                }
            }
        }
        return result(groups);
    }

    /** Writes the group of each slot and makes room for new ones; returns how many there are. */
    private int number(KeyNumbers.Reader reader, int[] batch, int n, int[] ofRow, int before) {
        int groups = before;
        for (int i = 0; i < n; i++) {
            int group = reader.number(batch[i]);
            ofRow[i] = group;
            if (group >= groups) {
                if (group >= maxGroups) {
                    throw GroupBy.tooMany(maxGroups);
                }
                groups = group + 1;
                ensure(groups);
                firstSlots[group] = batch[i];
            }
        }
        return groups;
    }

    private void ensure(int groups) {
        if (groups > firstSlots.length) {
            firstSlots = Arrays.copyOf(firstSlots, groups + (groups >>> 1) + 16);
        }
        for (ColumnAggregate aggregate : aggregates) {
            aggregate.ensure(groups);
        }
    }

    private List<GroupEntity> result(int groups) {
        List<GroupEntity> all = new ArrayList<>(groups);
        for (int group = 0; group < groups; group++) {
            List<Value> values = new ArrayList<>(keys.size());
            for (FieldKeys key : keys) {
                Value value = key.value(firstSlots[group]);
                values.add(value == null ? Value.NULL : value);
            }
            List<Value> results = new ArrayList<>(aggregates.size());
            for (ColumnAggregate aggregate : aggregates) {
                results.add(aggregate.result(group));
            }
            all.add(new GroupEntity(List.copyOf(values), List.copyOf(results)));
        }
        return all;
    }

    private static List<Tuple> sorted(List<GroupEntity> groups) {
        List<GroupEntity> all = new ArrayList<>(groups);
        all.sort((a, b) -> GroupBy.compare(a.keys(), b.keys()));
        List<Tuple> tuples = new ArrayList<>(all.size());
        for (GroupEntity group : all) {
            tuples.add(Tuple.of(group));
        }
        return tuples;
    }
}
