package io.velesdb.index.column;

import org.jspecify.annotations.Nullable;

/**
 * The same answer for every slot, but for some that only their payload can tell about: a field without a column, for
 * example.
 *
 * @param undecided the slots that are exceptions, or null for none
 */
record ConstantPlan(int slots, int answer, @Nullable SlotSet undecided) implements Plan {
    @Override
    public void evaluate(Bounds into) {
        if (answer == YES) {
            Bits.fill(into.certain(), slots);
        } else if (answer == MAYBE) {
            Bits.fill(into.doubt(), slots);
        }
        if (undecided == null || undecided.count() == 0) {
            return;
        }
        // Adding them to the complement takes them away from what is certain.
        if (answer == YES) {
            into.doubt();
            Bits.not(into.certain(), slots);
            undecided.addTo(into.certain(), slots);
            Bits.not(into.certain(), slots);
        } else {
            undecided.addTo(into.doubt(), slots);
        }
    }

    @Override
    public int test(int slot) {
        return undecided != null && undecided.contains(slot) ? MAYBE : answer;
    }

    @Override
    public int estimate() {
        return answer == NO ? undecided == null ? 0 : undecided.count() : slots;
    }

    @Override
    public long costOfAll() {
        return (long) slots >>> 7;
    }

    @Override
    public long costOfOne() {
        return 10;
    }
}
