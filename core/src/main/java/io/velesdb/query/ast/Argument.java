package io.velesdb.query.ast;

/** What an aggregate is over. */
public sealed interface Argument extends Node permits Path, Argument.AllRows, Argument.RowScore {
    /** {@code *}. */
    record AllRows(Position position) implements Argument {}

    /** The word {@code score}: the score of the row in a ranked search, else the field of that name. */
    record RowScore(Position position) implements Argument {}
}
