package io.velesdb.cli.transfer;

/**
 * Where a line keeps what.
 *
 * @param id the name of the member or column with the id
 * @param vector the name of the member or column with the vector
 * @param lineIds whether the line's number is the id, for data that has none
 * @param vectorRequired whether a line without a vector is a bad one
 */
public record Columns(String id, String vector, boolean lineIds, boolean vectorRequired) {
    /** {@code id} and {@code vector}. */
    public static final Columns USUAL = new Columns("id", "vector", false, false);
}
