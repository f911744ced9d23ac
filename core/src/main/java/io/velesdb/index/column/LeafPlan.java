package io.velesdb.index.column;

import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a field that has a column, as the places of the column where it holds: sets of slots for certain, sets
 * that only payloads can tell about, ranges of number keys, hashes of strings. Conditions that must be held against every
 * distinct value are, but only when asked for all slots, or when there is no way from a slot to its value.
 */
final class LeafPlan implements Plan {
    private static final int[] NO_HASHES = {};
    private static final long[] NO_RANGES = {};

    private final Filter.Leaf leaf;
    private Filter.@Nullable Leaf second;
    private final Column column;
    private final Workspace workspace;
    private final int slots;

    private final List<SlotSet> certain = new ArrayList<>();
    private final List<SlotSet> undecided = new ArrayList<>();
    /** Null while the scalars have the numbers. */
    private final NumberRows.@Nullable Store numbers;

    private final HashRows.Store strings;
    private final int @Nullable [] codes;
    private long[] ranges = NO_RANGES;
    private int[] hashes = NO_HASHES;
    private boolean anyHash;
    private boolean missingToo;
    /** Whether the distinct values that are not in {@link #certain} yet must be held against the condition. */
    private boolean valuesToTest;
    /** Whether the condition is about values themselves, not about elements of arrays: then codes lead to the answer. */
    private boolean onScalars = true;

    /** @param leaf no {@code Neq}, {@code IsNotNull} or {@code ArrayContainsAll} with values: those are made of others */
    LeafPlan(Filter.Leaf leaf, Column column, Workspace workspace, int slots) {
        this.leaf = leaf;
        this.column = column;
        this.workspace = workspace;
        this.slots = slots;
        this.codes = column.codes();
        NumberRows keys = column.numbers();
        this.numbers = keys == null ? null : keys.store();
        this.strings = column.strings.store();
        switch (leaf) {
            case Filter.Eq f -> equalTo(List.of(f.value()));
            case Filter.In f -> equalTo(f.values().values());
            case Filter.IsNull f -> {
                addEntry(column.scalars, Value.NULL);
                missingToo = true;
            }
            case Filter.Compare f -> {
                boolean number = f.value() instanceof Value.Num;
                valuesToTest = !number || numbers == null;
                if (number) {
                    addNumbers();
                }
                anyHash = f.value() instanceof Value.Str;
            }
            case Filter.Contains f -> {
                valuesToTest = true;
                anyHash = true;
            }
            case Filter.Like f -> {
                valuesToTest = true;
                anyHash = true;
            }
            case Filter.ArrayContains f -> elements(List.of(f.value()));
            case Filter.ArrayContainsAny f -> elements(f.values().values());
            case Filter.ArrayContainsAll f -> {
                onScalars = false;
                certain.add(column.arrays);
            }
            default -> addUndecided(column.objects);
        }
    }

    /**
     * Makes this the conjunction with a second comparison of the same field, so that a range between two bounds is one
     * pass; false when it cannot be.
     */
    @Override
    public boolean narrow(Filter.Compare other) {
        boolean alike = second == null
                && leaf instanceof Filter.Compare first
                && first.field().equals(other.field())
                && (first.value() instanceof Value.Num && other.value() instanceof Value.Num
                        || first.value() instanceof Value.Str && other.value() instanceof Value.Str);
        if (!alike) {
            return false;
        }
        second = other;
        if (numbers != null && ranges.length > 0) {
            long[] others = numbers.encoding().ranges(other);
            boolean empty = others.length == 0 || others[0] > ranges[1] || others[1] < ranges[0];
            ranges = empty ? NO_RANGES : new long[] {Math.max(ranges[0], others[0]), Math.min(ranges[1], others[1])};
        }
        return true;
    }

    /** Leaves the strings that the column does not keep to another plan. */
    void leaveHashes() {
        anyHash = false;
        hashes = NO_HASHES;
    }

    /** Whether a value of the field meets the condition. */
    private boolean accepts(Value value) {
        return leaf.test(value) && (second == null || second.test(value));
    }

    private void equalTo(List<Value> values) {
        int[] wanted = new int[values.size()];
        int texts = 0;
        boolean number = false;
        boolean array = false;
        boolean object = false;
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            if (value instanceof Arr) {
                array = true;
            } else if (value instanceof Obj) {
                object = true;
            } else {
                number |= value instanceof Value.Num;
                if (numbers == null || !(value instanceof Value.Num)) {
                    addEntry(column.scalars, value);
                }
                if (value instanceof Value.Str text) {
                    wanted[texts++] = HashRows.hash(text.text());
                }
            }
        }
        hashes = Arrays.copyOf(wanted, texts);
        if (number) {
            addNumbers();
        }
        if (array) {
            addUndecided(column.arrays);
        }
        if (object) {
            addUndecided(column.objects);
        }
    }

    private void addNumbers() {
        if (numbers != null) {
            ranges = numbers.encoding().ranges(leaf);
            addUndecided(column.otherNumbers);
        }
    }

    private void elements(List<Value> values) {
        onScalars = false;
        for (int i = 0; i < values.size(); i++) {
            addEntry(column.elements, values.get(i));
        }
        if (!values.isEmpty()) {
            addUndecided(column.partlyKnownArrays);
        }
    }

    private void addEntry(Dictionary dictionary, Value value) {
        Dictionary.Entry entry = dictionary.find(value);
        if (entry != null) {
            certain.add(entry.slots());
        }
    }

    private void addUndecided(SlotSet set) {
        if (set.count() > 0) {
            undecided.add(set);
        }
    }

    /** Holds all distinct values against the condition. */
    private void testValues() {
        if (valuesToTest) {
            valuesToTest = false;
            for (Dictionary.Entry entry : column.scalars.entries()) {
                if (entry != null && accepts(entry.value())) {
                    certain.add(entry.slots());
                }
            }
        }
    }

    @Override
    public void evaluate(Bounds into) {
        testValues();
        long[] bits = into.certain();
        for (int i = 0; i < certain.size(); i++) {
            certain.get(i).addTo(bits, slots);
        }
        if (numbers != null) {
            numbers.addTo(bits, slots, ranges);
        }
        if (missingToo) {
            long[] present = workspace.take(Bits.words(slots));
            Bits.clear(present, slots);
            column.present.addTo(present, slots);
            Bits.not(present, slots);
            Bits.or(bits, present, slots);
            workspace.giveBack(present);
        }
        for (int i = 0; i < undecided.size(); i++) {
            undecided.get(i).addTo(into.doubt(), slots);
        }
        if (column.strings.count() > 0) {
            if (anyHash) {
                strings.addAllTo(into.doubt(), slots);
            } else if (hashes.length > 0) {
                strings.addTo(into.doubt(), slots, hashes);
            }
        }
    }

    @Override
    public int test(int slot) {
        int[] ways = onScalars ? codes : null;
        if (ways != null) {
            int code = slot < ways.length ? ways[slot] : 0;
            if (code > 0) {
                Dictionary.Entry entry = column.scalars.entries()[code - 1];
                return entry != null && accepts(entry.value()) ? YES : NO;
            }
        } else {
            testValues();
            for (int i = 0; i < certain.size(); i++) {
                if (certain.get(i).contains(slot)) {
                    return YES;
                }
            }
        }
        if (numbers != null && numbers.contains(slot, ranges) || missingToo && !column.present.contains(slot)) {
            return YES;
        }
        for (int i = 0; i < undecided.size(); i++) {
            if (undecided.get(i).contains(slot)) {
                return MAYBE;
            }
        }
        boolean maybe = anyHash ? strings.contains(slot) : hashes.length > 0 && strings.contains(slot, hashes);
        return maybe ? MAYBE : NO;
    }

    @Override
    public int estimate() {
        if (valuesToTest) {
            return Math.min(slots, column.present.count());
        }
        long sum = 0;
        for (int i = 0; i < certain.size(); i++) {
            sum += certain.get(i).count();
        }
        for (int i = 0; i < undecided.size(); i++) {
            sum += undecided.get(i).count();
        }
        sum += missingToo ? slots - column.present.count() : 0;
        sum += ranges.length > 0 ? column.present.count() : 0;
        sum += hashes.length > 0 ? column.strings.count() : 0;
        return (int) Math.max(0, Math.min(sum, slots));
    }

    @Override
    public long costOfAll() {
        long sum = (long) slots >>> 7;
        for (int i = 0; i < certain.size(); i++) {
            sum += certain.get(i).costOfAdding();
        }
        for (int i = 0; i < undecided.size(); i++) {
            sum += undecided.get(i).costOfAdding() + (slots >>> 7);
        }
        sum += missingToo ? column.present.costOfAdding() + (slots >>> 6) : 0;
        sum += valuesToTest ? 10L * column.scalars.size() + column.present.count() : 0;
        sum += ranges.length > 0 ? (long) ranges.length / 2 * slots : 0;
        sum += anyHash || hashes.length > 0 ? column.strings.count() : 0;
        return sum;
    }

    @Override
    public long costOfOne() {
        if (onScalars && codes != null) {
            return 8;
        }
        return valuesToTest ? 10L * column.scalars.size() : 5L + 10L * (certain.size() + undecided.size());
    }
}
