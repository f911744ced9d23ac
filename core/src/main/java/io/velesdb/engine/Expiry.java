package io.velesdb.engine;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * When rows expire: the payload member {@value #FIELD} is a number of seconds since the Unix epoch, and that moment has
 * come. A member of any other type means no expiry.
 *
 * <p>From then on the row is as good as deleted, for writers too: its edges are not there, their ids are free, and a row that
 * takes its place has none. No answer depends on when the sweep comes.
 */
public final class Expiry {
    /** The reserved payload member. */
    public static final String FIELD = "_veles_expires_at";

    static final FieldPath PATH = FieldPath.ofNames(FIELD);

    private Expiry() {}

    /** Holds for the rows that are expired at {@code nowSeconds}. */
    static Filter expiredAt(long nowSeconds) {
        return new Filter.Compare(PATH, Operator.LTE, Value.of(nowSeconds));
    }

    /** Whether a row with this payload is expired at {@code nowSeconds}. */
    public static boolean isExpired(@Nullable Obj payload, long nowSeconds) {
        // the id is of no interest to this condition
        return payload != null && expiredAt(nowSeconds).matches(0, payload);
    }
}
