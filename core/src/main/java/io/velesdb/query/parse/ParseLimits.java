package io.velesdb.query.parse;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Pattern;

/**
 * The budgets of a statement that can be configured; a breach is E007.
 *
 * @param maxLength {@code query.max_length_bytes}, of the text in UTF-8
 * @param maxLikeTerms {@code query.max_like_terms}, LIKE and ILIKE in the WHERE clauses of a SELECT or compound
 * @param maxExpansion {@code query.max_expansion}, the upper bound of a range in a pattern; {@link #UNLIMITED} makes open
 *     ranges legal
 */
public record ParseLimits(int maxLength, int maxLikeTerms, int maxExpansion) {
    /** No bound of a range is too high. */
    public static final int UNLIMITED = Pattern.HopRange.UNBOUNDED;

    public static final ParseLimits DEFAULTS = new ParseLimits(262_144, 8, 32);

    /** Parentheses and brackets that are open at once, with the NOTs before the next token. */
    static final int MAX_NESTING = 64;

    /** Joins of one SELECT: each is an operator that reads the one before it, so that they nest when they run. */
    static final int MAX_JOINS = 64;

    /** Levels of a condition; a predicate is one, each AND, OR, NOT and parenthesis one more. */
    static final int MAX_CONDITION_LEVELS = 64;

    public ParseLimits {
        check("query.max_length_bytes", maxLength);
        check("query.max_like_terms", maxLikeTerms);
        check("query.max_expansion", maxExpansion);
    }

    private static void check(String key, int value) {
        if (value <= 0) {
            throw new VelesException(ErrorCode.CONFIG, key + " is " + value + ": use a positive number");
        }
    }
}
