package io.velesdb.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The names of collections by number, also of those that were deleted since the database was opened: the journal knows
 * them by number only. One writer, any number of readers. Of deleted ones the last {@value #MOST_DELETED} are known at
 * least.
 */
final class NameHistory {
    private static final int MOST_DELETED = 10_000;

    /** The first {@code size} entries never change; a writer appends behind them. */
    private record Names(int[] numbers, String[] names, int size) {}

    private volatile Names names = new Names(new int[16], new String[16], 0);

    /**
     * Adds a name; numbers ascend.
     *
     * @param present tells which collections are there
     */
    void add(int number, String name, IntPredicate present) {
        Names old = names;
        if (old.size == old.numbers.length) {
            old = grown(old, present);
        }
        old.numbers[old.size] = number;
        old.names[old.size] = name;
        names = new Names(old.numbers, old.names, old.size + 1);
    }

    private static Names grown(Names old, IntPredicate present) {
        int[] numbers = new int[2 * old.size];
        String[] kept = new String[2 * old.size];
        int size = 0;
        for (int i = 0; i < old.size; i++) {
            if (old.size - i <= MOST_DELETED || present.test(old.numbers[i])) {
                numbers[size] = old.numbers[i];
                kept[size++] = old.names[i];
            }
        }
        int capacity = Math.max(16, 2 * size);
        return new Names(Arrays.copyOf(numbers, capacity), Arrays.copyOf(kept, capacity), size);
    }

    /** The name of a collection that is or was; null for one that is not known. */
    @Nullable
    String find(int number) {
        Names now = names;
        int at = Arrays.binarySearch(now.numbers, 0, now.size, number);
        return at < 0 ? null : now.names[at];
    }
}
