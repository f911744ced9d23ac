package io.velesdb.query.ast;

/**
 * The number of LIMIT and OFFSET.
 *
 * @param rows not negative; a larger number than 2^63-1 counts as that
 */
public record RowCount(Position position, long rows) implements Node {}
