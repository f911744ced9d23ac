package io.velesdb.engine;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.value.Value;

/**
 * When rows expire: the payload member {@value #FIELD} is a number of seconds since the Unix epoch, and that moment has
 * come. A member of any other type means no expiry.
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
}
