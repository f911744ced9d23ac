package io.velesdb.index.hnsw;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Locale;

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

    /**
     * A shape by its name. The numbers are the contract's; {@link #DEFAULT} is what was measured to be best, and a profile is
     * asked for by those who know why.
     *
     * <pre>
     *   fast            16, 150
     *   turbo           12, 100
     *   high_recall     32, 500 to 256 dimensions, above 40, 600
     *   max_recall      32, 500 to 256 dimensions, to 768 48, 800, above 64, 1000
     *   fast_indexing   12, 150 to 256 dimensions, above 16, 200
     * </pre>
     *
     * @throws VelesException VELES-009 for another name
     */
    public static HnswParameters profile(String name, int dimension) {
        boolean small = dimension <= 256;
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "fast" -> of(16, 150);
            case "turbo" -> of(12, 100);
            case "high_recall" -> small ? of(32, 500) : of(40, 600);
            case "max_recall" -> small ? of(32, 500) : dimension <= 768 ? of(48, 800) : of(64, 1_000);
            case "fast_indexing" -> small ? of(12, 150) : of(16, 200);
            default ->
                throw new VelesException(
                        ErrorCode.CONFIG,
                        "unknown hnsw profile '" + name
                                + "': use fast, turbo, high_recall, max_recall or fast_indexing");
        };
    }

    /** A shape for a collection that will hold about {@code rows} rows: denser for more of them. */
    public static HnswParameters forSize(long rows, int dimension) {
        boolean small = dimension <= 256;
        if (rows <= 10_000) {
            return small ? of(24, 200) : of(32, 400);
        }
        if (rows <= 100_000) {
            return small ? of(64, 800) : of(128, 1_600);
        }
        if (rows <= 500_000) {
            return small ? of(96, 1_200) : of(128, 2_000);
        }
        return small ? of(64, 800) : of(128, 1_600);
    }

    private static HnswParameters of(int m, int efConstruction) {
        return new HnswParameters(m, efConstruction, 0);
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
