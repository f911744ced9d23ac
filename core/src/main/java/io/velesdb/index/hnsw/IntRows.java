package io.velesdb.index.hnsw;

import io.velesdb.journal.CheckpointWriter;

/**
 * Port: rows of a fixed number of ints in one flat block (off heap on the JVM). One writer; readers may read a row
 * while it is written and then see a mixture of old and new ints, never anything else.
 */
public interface IntRows {
    int stride();

    /** The number of rows that there is room for. */
    int rows();

    /** Makes room for {@code rows} rows; new ints are -1. Never shrinks. */
    void ensure(int rows);

    /** Copies a whole row, one of [0, {@link #rows}), to {@code into[0..stride)}. */
    void read(int row, int[] into);

    /** Overwrites a whole row from {@code from[0..stride)}. Different rows may be written by different threads. */
    void write(int row, int[] from);

    /**
     * Verifies what opening left to be verified as it is used.
     *
     * @throws io.velesdb.VelesException VELES-008 when it is damaged
     */
    default void verify() {}

    /** Writes the first {@code rows} rows as one checkpoint section. */
    void save(CheckpointWriter out, String name, int rows);
}
