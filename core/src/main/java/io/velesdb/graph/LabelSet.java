package io.velesdb.graph;

import java.util.Arrays;
import java.util.List;

/** The labels that edges may have, resolved once per query: {@link GraphView#labels}. Immutable. */
public final class LabelSet {
    /** Every label. */
    public static final LabelSet ALL = new LabelSet(new int[0], true);

    private final int[] sorted;
    private final boolean all;

    private LabelSet(int[] sorted, boolean all) {
        this.sorted = sorted;
        this.all = all;
    }

    /** The labels of these names; names that no edge has are in no edge's way. An empty list means all. */
    static LabelSet of(List<String> names, Labels.View labels) {
        if (names.isEmpty()) {
            return ALL;
        }
        int[] numbers = new int[names.size()];
        int count = 0;
        for (String name : names) {
            int label = labels.find(name);
            if (label != Labels.ABSENT) {
                numbers[count++] = label;
            }
        }
        int[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        int distinct = 0;
        for (int label : sorted) {
            if (distinct == 0 || sorted[distinct - 1] != label) {
                sorted[distinct++] = label;
            }
        }
        return new LabelSet(Arrays.copyOf(sorted, distinct), false);
    }

    /** True when no edge has any of the labels. */
    public boolean isEmpty() {
        return !all && sorted.length == 0;
    }

    boolean isAll() {
        return all;
    }

    /** The only label, or -1 when there are others. */
    int single() {
        return sorted.length == 1 ? sorted[0] : -1;
    }

    /** The labels, unless {@link #isAll}. */
    int[] numbers() {
        return sorted;
    }

    boolean has(int label) {
        if (all) {
            return true;
        }
        return sorted.length <= 8 ? scan(label) : Arrays.binarySearch(sorted, label) >= 0;
    }

    private boolean scan(int label) {
        for (int member : sorted) {
            if (member == label) {
                return true;
            }
        }
        return false;
    }
}
