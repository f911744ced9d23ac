package io.velesdb.vector.quantize;

import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Rotation;
import io.velesdb.vector.TwoBitQuantizer;
import org.jspecify.annotations.Nullable;

/**
 * Port: where codes live and what scores them. Kernels read the views of rows that the same host made, and return the bits
 * of the definitions in this package.
 */
public interface CodeHost {
    /** Empty rows. */
    CodeRows createCodes(int stride);

    /**
     * The rows that {@link CodeRows#save} wrote.
     *
     * @throws io.velesdb.VelesException VELES-006 when the section does not hold {@code rows} rows
     */
    CodeRows openCodes(CheckpointReader in, String name, int stride, int rows);

    PlaneKernel planes(PlaneLayout layout);

    TableKernel tables(int parts);

    /** Makes points of vectors and prepares queries. */
    TwoBitQuantizer points(Reduction reduction, @Nullable Rotation rotation);
}
