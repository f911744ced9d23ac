package io.velesdb.index.column;

import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Comparisons of one field with numbers or with strings, by the two ends of a range of sorted rows. Where a pass over the
 * column costs less, that is made instead; it never does where strings would have to be read from payloads.
 */
final class OrderedPlan implements Plan {
    private static final int COST_OF_SLOT = 3;
    private static final int COST_OF_PROBE = 20;
    private static final int COST_OF_PAYLOAD = 1_000;

    private final LeafPlan leaf;
    private final SortedRows rows;
    private final int slots;
    private final boolean readsStrings;
    private final boolean probesPayloads;
    private final List<Filter.Compare> comparisons = new ArrayList<>();
    private int mainFrom = -1;
    private int mainTo;
    private int recentFrom;
    private int recentTo;

    /**
     * @param readsStrings whether the leaf would read the payload of every string that the column does not keep
     * @param probesPayloads whether a look at a sorted row may read its payload
     */
    OrderedPlan(
            LeafPlan leaf,
            List<Filter.Compare> comparisons,
            SortedRows rows,
            int slots,
            boolean readsStrings,
            boolean probesPayloads) {
        this.leaf = leaf;
        this.rows = rows;
        this.slots = slots;
        this.readsStrings = readsStrings;
        this.probesPayloads = probesPayloads;
        this.comparisons.addAll(comparisons);
    }

    @Override
    public boolean narrow(Filter.Compare other) {
        if (!leaf.narrow(other)) {
            return false;
        }
        comparisons.add(other);
        return true;
    }

    private void find() {
        if (mainFrom >= 0) {
            return;
        }
        mainFrom = 0;
        mainTo = rows.main.length;
        recentTo = rows.recent.length;
        for (Filter.Compare comparison : comparisons) {
            boolean upwards = comparison.operator() == Operator.GT || comparison.operator() == Operator.GTE;
            Value bound = comparison.value();
            Predicate<Value> from = upwards
                    ? value -> kind(value, bound) > 0 || kind(value, bound) == 0 && comparison.test(value)
                    : value -> kind(value, bound) >= 0;
            Predicate<Value> to = upwards
                    ? value -> kind(value, bound) > 0
                    : value -> kind(value, bound) > 0 || kind(value, bound) == 0 && !comparison.test(value);
            mainFrom = Math.max(mainFrom, rows.firstOfMain(from));
            mainTo = Math.min(mainTo, rows.firstOfMain(to));
            recentFrom = Math.max(recentFrom, rows.firstOfRecent(from));
            recentTo = Math.min(recentTo, rows.firstOfRecent(to));
        }
    }

    /** Whether a value is of a kind that sorts before the kind of {@code bound}, of that kind, or of a later one. */
    private static int kind(Value value, Value bound) {
        boolean alike = value instanceof Value.Num && bound instanceof Value.Num
                || value instanceof Value.Str && bound instanceof Value.Str;
        return alike ? 0 : Value.compare(value, bound);
    }

    private int found() {
        find();
        return Math.max(0, mainTo - mainFrom) + Math.max(0, recentTo - recentFrom);
    }

    private long costOfRange() {
        int probe = probesPayloads ? COST_OF_PAYLOAD : COST_OF_PROBE;
        long probes = 2L * comparisons.size() * (32 - Integer.numberOfLeadingZeros(rows.main.length));
        return (long) COST_OF_SLOT * found() + probe * probes + (slots >>> 7);
    }

    private boolean usesRange() {
        return readsStrings || costOfRange() < leaf.costOfAll();
    }

    @Override
    public void evaluate(Bounds into) {
        if (!usesRange()) {
            leaf.evaluate(into);
            return;
        }
        find();
        long[] bits = into.certain();
        for (int place = mainFrom; place < mainTo; place++) {
            set(bits, rows.main[place]);
        }
        for (int place = recentFrom; place < recentTo; place++) {
            set(bits, rows.recent[place].slot());
        }
    }

    private void set(long[] bits, int slot) {
        if (slot < slots) {
            bits[slot >>> 6] |= 1L << slot;
        }
    }

    @Override
    public int test(int slot) {
        return leaf.test(slot);
    }

    @Override
    public int estimate() {
        return Math.min(slots, found());
    }

    @Override
    public long costOfAll() {
        return readsStrings ? costOfRange() : Math.min(costOfRange(), leaf.costOfAll());
    }

    @Override
    public long costOfOne() {
        return leaf.costOfOne();
    }
}
