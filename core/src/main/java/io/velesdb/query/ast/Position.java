package io.velesdb.query.ast;

import io.velesdb.StatementPlace;
import org.jspecify.annotations.Nullable;

/**
 * Where a node begins in the text of its query. Positions are for people: two nodes that say the same are equal wherever
 * they stand, so all positions are equal to each other.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param offset from 0, in bytes of the UTF-8 form of the text
 */
public record Position(int line, int column, int offset) {
    /** The beginning of a text, and the position of what was never written. */
    public static final Position START = new Position(1, 1, 0);

    /** The same as a value for people, which differs where it stands elsewhere. */
    public StatementPlace place() {
        return new StatementPlace(line, column, offset);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
