package io.velesdb.vector.quantize;

import io.velesdb.journal.CheckpointWriter;

/**
 * Rows of 64-bit words by slot. One writer ensures and writes rows that no published view shows; distinct rows may be
 * written by several threads at once. Readers use a {@link View}.
 */
public interface CodeRows {
    /** Words per row. */
    int stride();

    /** Makes room for the rows [0, rows). */
    void ensure(int rows);

    /** Writes row {@code row} from {@code from[0..stride)}. */
    void write(int row, long[] from);

    /** Copies row {@code row} to {@code into[0..stride)}. */
    void read(int row, long[] into);

    /**
     * Verifies what opening left to be verified as it is used.
     *
     * @throws io.velesdb.VelesException VELES-008 when it is damaged
     */
    default void verify() {}

    /** What is written up to now, unmoved by later growth. Given to the kernels of the same host. */
    View view();

    /** Writes the first {@code rows} rows as one section. */
    void save(CheckpointWriter out, String name, int rows);

    /** A published state of the rows; safe for any thread. */
    interface View {}
}
