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

    /**
     * Writes the squared distances of {@code points[at + from .. at + to)} to the {@code k} centroids of these components,
     * each summed in the order of components, and returns the least of them.
     *
     * @param book component j of centroid c at {@code j * k + c}
     */
    default float distances(float[] points, int at, int from, int to, float[] book, int k, float[] out) {
        return Centroids.distances(points, at, from, to, book, k, out);
    }

    /** The greatest of {@code values[from..from + count)}, {@code count} at least 1. */
    default float greatest(float[] values, int from, int count) {
        float greatest = values[from];
        for (int i = from + 1; i < from + count; i++) {
            greatest = Math.max(greatest, values[i]);
        }
        return greatest;
    }

    /** Writes {@code (values[from + i] - least) * scale}, rounded, from 0 to 255, for i below {@code count}, as bytes. */
    default void quantise(float[] values, int from, int count, float least, float scale, byte[] out, int to) {
        for (int i = 0; i < count; i++) {
            out[to + i] = (byte) (int) ((values[from + i] - least) * scale + 0.5f);
        }
    }
}
