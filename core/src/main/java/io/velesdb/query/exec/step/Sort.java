package io.velesdb.query.exec.step;

import io.velesdb.query.exec.expression.SortKey;
import io.velesdb.query.exec.row.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders its input by sort keys, and rows that are equal on all of them by a last order. With a bound it keeps little
 * more than so many rows at a time.
 */
public final class Sort implements Operator {
    /** A row with what its keys extracted, and its place in the input. */
    private record Keyed(Tuple row, @Nullable Object[] keys, long place) {}

    /** Rows kept beyond the bound, at least. */
    private static final int FEW = 256;

    private final Operator input;
    private final List<SortKey> keys;
    private final Comparator<Tuple> last;
    private final int bound;
    private final Execution execution;
    private @Nullable Operator output;

    /** @param bound the rows that will be asked for, at most */
    public Sort(Operator input, List<SortKey> keys, Comparator<Tuple> last, int bound, Execution execution) {
        this.input = input;
        this.keys = keys;
        this.last = last;
        this.bound = bound;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        Operator sorted = output;
        if (sorted == null) {
            sorted = Operator.of(sort());
            output = sorted;
        }
        return sorted.next();
    }

    private List<Tuple> sort() {
        if (bound == 0) {
            return List.of();
        }
        List<Keyed> all = new ArrayList<>();
        // what exceeds the bound by a part of it is sorted out at once; what is worse than the rest never comes in
        // again
        int most = bound < Execution.UNBOUNDED / 2 ? bound + Math.max(FEW, bound >> 2) : Execution.UNBOUNDED;
        Keyed worst = null;
        long place = 0;
        long bytes = 0;
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            execution.check();
            for (Tuple row : batch) {
                Keyed keyed = new Keyed(row, extract(row), place++);
                if (worst != null && compare(keyed, worst) >= 0) {
                    continue;
                }
                all.add(keyed);
                bytes += row.bytes();
                if (all.size() == most) {
                    worst = cut(all);
                    bytes = bytes(all);
                }
            }
            execution.checkHeld(Math.min(all.size(), bound), bytes);
        }
        cut(all);
        List<Tuple> sorted = new ArrayList<>(all.size());
        for (Keyed keyed : all) {
            sorted.add(keyed.row);
        }
        return sorted;
    }

    private static long bytes(List<Keyed> rows) {
        long sum = 0;
        for (Keyed keyed : rows) {
            sum += keyed.row.bytes();
        }
        return sum;
    }

    /** Sorts, and leaves no more rows than are wanted; returns the last of so many, or null. */
    private @Nullable Keyed cut(List<Keyed> all) {
        all.sort(execution.checking(this::compare));
        if (all.size() < bound) {
            return null;
        }
        all.subList(bound, all.size()).clear();
        return all.get(bound - 1);
    }

    private @Nullable Object[] extract(Tuple row) {
        @Nullable Object[] extracted = new Object[keys.size()];
        for (int i = 0; i < extracted.length; i++) {
            extracted[i] = keys.get(i).extract(row);
        }
        return extracted;
    }

    private int compare(Keyed a, Keyed b) {
        for (int i = 0; i < a.keys.length; i++) {
            int order = keys.get(i).compare(a.keys[i], b.keys[i]);
            if (order != 0) {
                return order;
            }
        }
        int order = last.compare(a.row, b.row);
        return order != 0 ? order : Long.compare(a.place, b.place);
    }
}
