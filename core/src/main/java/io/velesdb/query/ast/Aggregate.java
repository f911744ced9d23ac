package io.velesdb.query.ast;

/** {@code COUNT(*)}, {@code MAX(score)}, {@code SUM(meta.pages)}. */
public record Aggregate(Position position, Function function, Argument argument) implements SortKey {
    /** The functions; {@link Argument.AllRows} goes with COUNT only. */
    public enum Function {
        FIRST,
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX
    }
}
