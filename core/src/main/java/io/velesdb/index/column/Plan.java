package io.velesdb.index.column;

import io.velesdb.filter.Filter;

/**
 * A filter bound to the columns of one state, for one evaluation. It is answered either for all slots at once, or slot by
 * slot when few are left; the costs say which is cheaper.
 */
interface Plan {
    /** Answers of {@link #test}, such that and is the minimum, or the maximum, and not {@code YES - answer}. */
    int NO = 0;

    int MAYBE = 1;
    int YES = 2;

    /** Adds what is selected to empty bounds. */
    void evaluate(Bounds into);

    /** Whether one slot is selected. */
    int test(int slot);

    /** About as many slots are selected at most. */
    int estimate();

    /** About the nanoseconds of {@link #evaluate}. */
    long costOfAll();

    /** About the nanoseconds of {@link #test}. */
    long costOfOne();

    /** Takes in a second comparison of the same field, so that this is both; false when it cannot. */
    default boolean narrow(Filter.Compare other) {
        return false;
    }
}
