package io.velesdb.index.hnsw;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/**
 * How a graph is built. Fixed when a collection is created.
 *
 * @param m links that a new row gets per level, and the most a row keeps above level 0; level 0 keeps {@code 2 * m}. In
 *     4..128
 * @param efConstruction candidates that the search for a new row's neighbours keeps, in 100..2000
 * @param maxLayers the highest level, in 1..64; 0: as many as the ids ask for. Levels end at 16 in any case
 */
public record HnswParameters(int m, int efConstruction, int maxLayers) {
    /** Used unless asked otherwise: the best of the measured ones at every dimension. */
    public static final HnswParameters DEFAULT = new HnswParameters(16, 200, 0);

    /** @throws VelesException VELES-009 for a value out of range */
    public HnswParameters {
        check("hnsw.m", m, 4, 128);
        check("hnsw.ef_construction", efConstruction, 100, 2000);
        check("hnsw.max_layers", maxLayers, 0, 64);
    }

    /** The defaults for vectors of this dimension. */
    public static HnswParameters forDimension(int dimension) {
        return DEFAULT;
    }

    /** Links per row at level 0. */
    public int m0() {
        return 2 * m;
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new VelesException(
                    ErrorCode.CONFIG, key + " is " + value + ": choose a value from " + least + " to " + most);
        }
    }
}
