package io.velesdb.query.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Orders its input by sort keys, and rows that are equal on all of them by a last order. With a bound it keeps no more
 * than so many rows at a time.
 */
final class Sort implements Operator {
    /** A row with what its keys extracted, and its place in the input. */
    private record Keyed(Tuple row, @Nullable Object[] keys, long place) {}

    private final Operator input;
    private final List<SortKey> keys;
    private final Comparator<Tuple> last;
    private final int bound;
    private final Execution execution;
    private @Nullable Operator output;

    /** @param bound the rows that will be asked for, at most */
    Sort(Operator input, List<SortKey> keys, Comparator<Tuple> last, int bound, Execution execution) {
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
        // the worst row kept is the head
        PriorityQueue<Keyed> kept = new PriorityQueue<>((a, b) -> compare(b, a));
        List<Keyed> all = new ArrayList<>();
        long place = 0;
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            execution.check();
            for (Tuple row : batch) {
                Keyed keyed = new Keyed(row, extract(row), place++);
                if (bound == Execution.UNBOUNDED) {
                    all.add(keyed);
                } else if (kept.size() < bound) {
                    kept.add(keyed);
                } else if (compare(keyed, kept.element()) < 0) {
                    kept.remove();
                    kept.add(keyed);
                }
            }
            execution.checkHeld(Math.max(all.size(), kept.size()));
        }
        all.addAll(kept);
        all.sort(this::compare);
        List<Tuple> sorted = new ArrayList<>(all.size());
        for (Keyed keyed : all) {
            sorted.add(keyed.row);
        }
        return sorted;
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
