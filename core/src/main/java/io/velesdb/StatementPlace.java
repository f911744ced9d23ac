package io.velesdb;

/**
 * A place in the text of a statement.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param offset from 0, in bytes of the UTF-8 form of the text
 */
public record StatementPlace(int line, int column, int offset) {
    /** {@code line:column}, as messages have it. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
