package io.velesdb.query.exec.group;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.plan.AggregatePlan;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY and aggregates. Its input must come by ascending ids, so that sums are what they are whatever the plan. Groups
 * come by key; without keys there is one group, also over no rows.
 */
public final class GroupBy implements Operator {
    private static final class Group {
        final List<Value> keys;
        final List<Accumulator> accumulators;

        @Nullable
        Tuple best;

        Group(List<Value> keys, List<Accumulator> accumulators) {
            this.keys = keys;
            this.accumulators = accumulators;
        }
    }

    private final Operator input;
    private final List<FieldKey> keys;
    private final List<AggregatePlan> aggregates;
    private final boolean ranked;
    private final int maxGroups;
    private @Nullable Operator output;

    /**
     * @param ranked whether rows that lack a key are left out; else they join the group of null
     * @param maxGroups one group more is VELES-009
     */
    public GroupBy(Operator input, List<FieldRef> keys, List<AggregatePlan> aggregates, boolean ranked, int maxGroups) {
        this.input = input;
        this.keys = keys.stream().map(FieldKey::new).toList();
        this.aggregates = aggregates;
        this.ranked = ranked;
        this.maxGroups = maxGroups;
    }

    @Override
    public @Nullable List<Tuple> next() {
        Operator groups = output;
        if (groups == null) {
            groups = Operator.of(group());
            output = groups;
        }
        return groups.next();
    }

    private List<Tuple> group() {
        Map<Value, Group> byKey = new HashMap<>();
        List<Group> groups = new ArrayList<>();
        if (keys.isEmpty()) {
            groups.add(newGroup(List.of()));
        }
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            for (Tuple row : batch) {
                Group group = keys.isEmpty() ? groups.get(0) : groupOf(row, byKey, groups);
                if (group != null) {
                    add(group, row);
                }
            }
        }
        groups.sort((a, b) -> compare(a.keys, b.keys));
        List<Tuple> rows = new ArrayList<>(groups.size());
        for (Group group : groups) {
            Tuple row = Tuple.of(new GroupEntity(
                    group.keys,
                    group.accumulators.stream().map(Accumulator::result).toList()));
            Tuple best = group.best;
            if (best != null) {
                row.score = best.score;
                row.graphScore = best.graphScore;
            }
            rows.add(row);
        }
        return rows;
    }

    private static void add(Group group, Tuple row) {
        for (int i = 0; i < group.accumulators.size(); i++) {
            group.accumulators.get(i).add(row);
        }
        Tuple best = group.best;
        if (best == null || RowOrder.BEST_FIRST.compare(row, best) < 0) {
            group.best = row;
        }
    }

    private @Nullable Group groupOf(Tuple row, Map<Value, Group> byKey, List<Group> groups) {
        List<Value> values = new ArrayList<>(keys.size());
        for (FieldKey key : keys) {
            Value value = key.key(row);
            if (value == null && ranked) {
                return null;
            }
            values.add(value == null ? Value.NULL : value);
        }
        Value key = values.size() == 1 ? values.get(0) : Arr.of(values);
        Group known = byKey.get(key);
        if (known == null) {
            if (groups.size() == maxGroups) {
                throw tooMany(maxGroups);
            }
            known = newGroup(shown(row));
            byKey.put(key, known);
            groups.add(known);
        }
        return known;
    }

    /** The keys of a group as its first row has them. */
    private List<Value> shown(Tuple first) {
        List<Value> values = new ArrayList<>(keys.size());
        for (FieldKey key : keys) {
            Value value = key.value(first);
            values.add(value == null ? Value.NULL : value);
        }
        return List.copyOf(values);
    }

    static VelesException tooMany(int maxGroups) {
        return new VelesException(
                ErrorCode.CONFIG,
                "the statement makes more than " + maxGroups
                        + " groups: filter more, or raise the budget with WITH (max_groups = n)");
    }

    private Group newGroup(List<Value> values) {
        return new Group(values, aggregates.stream().map(Accumulator::of).toList());
    }

    /** By the values of the keys, from left to right. */
    static int compare(List<Value> a, List<Value> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = Value.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
