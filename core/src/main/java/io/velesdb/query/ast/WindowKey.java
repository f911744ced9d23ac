package io.velesdb.query.ast;

import org.jspecify.annotations.Nullable;

/**
 * A key of the ORDER BY of a window.
 *
 * @param direction absent when not written: ascending
 */
public record WindowKey(Position position, Value value, OrderItem.@Nullable Direction direction) implements Node {
    /** What a window sorts by. */
    public sealed interface Value permits Path, SimilarityScore {
        Position position();
    }
}
