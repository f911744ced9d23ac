package io.velesdb.query.exec.join;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.index.column.FieldKeys;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.KeyNumbers;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.JoinPlan;
import java.util.Arrays;
import java.util.List;

/** How many rows a join of two collections has: keys are numbered and counted, no row is made. */
public final class JoinCount {
    private final RowSet left;
    private final RowSet right;
    private final JoinPlan join;
    private final Execution execution;
    private int[] counts = {};
    private boolean[] matched = {};

    /**
     * @param left the rows of the first source
     * @param right those of the joined one
     * @param join one of which {@link #canCount} holds
     */
    public JoinCount(RowSet left, RowSet right, JoinPlan join, Execution execution) {
        this.left = left;
        this.right = right;
        this.join = join;
        this.execution = execution;
    }

    /** Whether the columns of the two sources tell the keys. */
    public static boolean canCount(JoinPlan join) {
        return join.left().stream().allMatch(field -> field.source() == 0 && ofColumn(field))
                && join.right().stream().allMatch(JoinCount::ofColumn);
    }

    private static boolean ofColumn(FieldRef field) {
        return field.kind() != FieldRef.Kind.VECTOR;
    }

    /** Counts the rows of the join. */
    public long run() {
        KeyNumbers numbers = new KeyNumbers(join.left().size(), false);
        long rightWithout = 0;
        List<FieldKeys> rightKeys = keys(right, join.right());
        numbers.expect(right.count(), rightKeys);
        Keys build = new Keys(right, numbers.reader(rightKeys, true));
        for (int n = build.next(); n > 0; n = build.next()) {
            rightWithout += count(build.numbers, n, numbers.size());
            execution.checkHeld(numbers.size());
        }
        matched = new boolean[numbers.size()];
        long pairs = 0;
        long leftWithout = 0;
        Keys probe = new Keys(left, numbers.reader(keys(left, join.left()), false));
        for (int n = probe.next(); n > 0; n = probe.next()) {
            for (int i = 0; i < n; i++) {
                int number = probe.numbers[i];
                if (number >= 0) {
                    pairs += counts[number];
                    matched[number] = true;
                } else {
                    leftWithout++;
                }
            }
        }
        Select.JoinKind kind = join.kind();
        long total = pairs;
        if (kind == Select.JoinKind.LEFT || kind == Select.JoinKind.FULL) {
            total += leftWithout;
        }
        if (kind == Select.JoinKind.RIGHT || kind == Select.JoinKind.FULL) {
            total += rightWithout + unmatched(numbers.size());
        }
        return total;
    }

    /** Counts the rows of each key; returns how many rows have none. */
    private long count(int[] found, int n, int size) {
        if (size > counts.length) {
            counts = Arrays.copyOf(counts, size + (size >>> 1));
        }
        long without = 0;
        for (int i = 0; i < n; i++) {
            if (found[i] >= 0) {
                counts[found[i]]++;
            } else {
                without++;
            }
        }
        return without;
    }

    private long unmatched(int size) {
        long rows = 0;
        for (int i = 0; i < size; i++) {
            rows += matched[i] ? 0 : counts[i];
        }
        return rows;
    }

    private static List<FieldKeys> keys(RowSet rows, List<FieldRef> fields) {
        CollectionSnapshot state = rows.collection();
        return fields.stream()
                .map(field -> state.columns().keys(field.requirePath(), state))
                .toList();
    }

    /** The numbers of the keys of a set, some rows at a time, in no order that matters. */
    private final class Keys {
        private final long[] words;
        private final int last;
        private final KeyNumbers.Reader reader;
        final int[] numbers = new int[Operator.BATCH];
        private int word;
        private long rest;

        Keys(RowSet rows, KeyNumbers.Reader reader) {
            this.reader = reader;
            words = rows.words();
            last = (rows.collection().slots() + 63) >>> 6;
            rest = last == 0 ? 0 : words[0];
        }

        int next() {
            execution.check();
            int n = 0;
            while (n < numbers.length) {
                if (rest == 0) {
                    if (++word >= last) {
                        break;
                    }
                    rest = words[word];
                } else {
                    numbers[n++] = reader.number((word << 6) + Long.numberOfTrailingZeros(rest));
                    rest &= rest - 1;
                }
            }
            execution.visited(n);
            return n;
        }
    }
}
