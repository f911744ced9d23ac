package io.velesdb.cli.transfer;

import io.velesdb.VelesException;

/** Is told what an import does. */
public interface ImportObserver {
    /**
     * A batch is durable.
     *
     * @param points lines written by it
     * @param position bytes of the file read so far
     */
    void written(long points, long position);

    /** A line was not written. */
    void skipped(long line, VelesException problem);
}
