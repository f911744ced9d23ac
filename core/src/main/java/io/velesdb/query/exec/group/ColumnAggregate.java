package io.velesdb.query.exec.group;

import io.velesdb.index.column.FieldKeys;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.plan.AggregatePlan;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aggregate over all groups at once, fed with slots by ascending id: as {@link Accumulator}, without rows. */
abstract class ColumnAggregate {
    /** @param keys what it is over; null for {@code COUNT(*)} */
    static ColumnAggregate of(AggregatePlan plan, @Nullable FieldKeys keys) {
        if (keys == null) {
            return new CountRows();
        }
        return switch (plan.function()) {
            case COUNT -> new Count(keys);
            case SUM -> new Sum(keys, false);
            case AVG -> new Sum(keys, true);
            case MIN, MAX -> new Extreme(keys, plan.function() == Aggregate.Function.MAX);
            case FIRST -> new First(keys);
        };
    }

    /** Whether it is the number of rows, whatever is in them. */
    boolean countsRows() {
        return false;
    }

    /** Makes room for groups below {@code groups}. */
    abstract void ensure(int groups);

    abstract void add(int group, int slot);

    /** The value over the rows of a group so far. */
    abstract Value result(int group);

    private static int grown(int length, int groups) {
        return Math.max(groups, length + (length >>> 1) + 16);
    }

    private abstract static class Counting extends ColumnAggregate {
        long[] counts = {};

        @Override
        void ensure(int groups) {
            if (groups > counts.length) {
                counts = Arrays.copyOf(counts, grown(counts.length, groups));
            }
        }

        @Override
        Value result(int group) {
            return Value.of(counts[group]);
        }
    }

    private static final class CountRows extends Counting {
        @Override
        boolean countsRows() {
            return true;
        }

        @Override
        void add(int group, int slot) {
            counts[group]++;
        }
    }

    private static final class Count extends Counting {
        private final FieldKeys keys;

        Count(FieldKeys keys) {
            this.keys = keys;
        }

        @Override
        void add(int group, int slot) {
            if (keys.wholePlace(slot) >= 0) {
                counts[group]++;
                return;
            }
            Value value = keys.key(slot);
            if (value != null && !(value instanceof Value.Null)) {
                counts[group]++;
            }
        }
    }

    private static final class Sum extends Counting {
        private final FieldKeys keys;
        private final boolean mean;
        private double[] sums = {};

        Sum(FieldKeys keys, boolean mean) {
            this.keys = keys;
            this.mean = mean;
        }

        @Override
        void ensure(int groups) {
            super.ensure(groups);
            if (groups > sums.length) {
                sums = Arrays.copyOf(sums, counts.length);
            }
        }

        @Override
        void add(int group, int slot) {
            int place = keys.code(slot) > 0 ? -1 : keys.wholePlace(slot);
            if (place >= 0) {
                sums[group] += keys.wholeAt(place);
                counts[group]++;
            } else if (keys.key(slot) instanceof Value.Num number) {
                sums[group] += number.doubleValue();
                counts[group]++;
            }
        }

        @Override
        Value result(int group) {
            return counts[group] == 0 ? Value.NULL : Value.of(mean ? sums[group] / counts[group] : sums[group]);
        }
    }

    private static final class Extreme extends ColumnAggregate {
        private final FieldKeys keys;
        private final boolean greatest;
        private final List<@Nullable Value> best = new ArrayList<>();
        private int[] slots = {};

        Extreme(FieldKeys keys, boolean greatest) {
            this.keys = keys;
            this.greatest = greatest;
        }

        @Override
        void ensure(int groups) {
            if (groups > slots.length) {
                slots = Arrays.copyOf(slots, grown(slots.length, groups));
            }
            while (best.size() < groups) {
                best.add(null);
            }
        }

        @Override
        void add(int group, int slot) {
            Value value = keys.key(slot);
            if (value == null || value instanceof Value.Null) {
                return;
            }
            Value before = best.get(group);
            int order = before == null ? 0 : Value.compare(value, before);
            if (before == null || (greatest ? order > 0 : order < 0)) {
                best.set(group, value);
                slots[group] = slot;
            }
        }

        @Override
        Value result(int group) {
            Value found = best.get(group) == null ? null : keys.value(slots[group]);
            return found == null ? Value.NULL : found;
        }
    }

    /** Of the row with the smallest id. */
    private static final class First extends ColumnAggregate {
        private final FieldKeys keys;
        /** By group: the slot plus one, or 0. */
        private int[] slots = {};

        First(FieldKeys keys) {
            this.keys = keys;
        }

        @Override
        void ensure(int groups) {
            if (groups > slots.length) {
                slots = Arrays.copyOf(slots, grown(slots.length, groups));
            }
        }

        @Override
        void add(int group, int slot) {
            if (slots[group] == 0) {
                slots[group] = slot + 1;
            }
        }

        @Override
        Value result(int group) {
            Value value = slots[group] == 0 ? null : keys.value(slots[group] - 1);
            return value == null ? Value.NULL : value;
        }
    }
}
