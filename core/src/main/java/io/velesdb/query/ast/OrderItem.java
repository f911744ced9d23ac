package io.velesdb.query.ast;

import org.jspecify.annotations.Nullable;

/**
 * A key of ORDER BY.
 *
 * @param direction absent when not written: descending for a lone similarity, else ascending
 */
public record OrderItem(
        Position position, SortKey key, @Nullable Direction direction) implements Node {
    /** ASC or DESC. */
    public enum Direction {
        ASC,
        DESC
    }
}
