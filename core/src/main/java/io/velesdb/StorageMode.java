package io.velesdb;

import java.util.Locale;

/** What memory holds for the search of a vector collection. The exact vectors are on disk in every mode. */
public enum StorageMode {
    /** The exact vectors, beside an internal 2-bit code that only the walk of the graph uses. */
    FULL("full"),
    /** A byte per component. */
    SQ8("sq8"),
    /** The sign of each component; exact under the Hamming metric. */
    BINARY("binary"),
    /** Product quantization: a byte per part of the vector. Trained. */
    PQ("pq"),
    /** RaBitQ: 1 to 8 bits per component. Trained. */
    RABITQ("rabitq");

    private final String canonicalName;

    StorageMode(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name that every surface writes and reads back. */
    public String canonicalName() {
        return canonicalName;
    }

    /** True for the modes that search exact vectors until there are enough of them to learn from. */
    public boolean isTrained() {
        return this == PQ || this == RABITQ;
    }

    /**
     * Reads a mode name or one of its aliases, in any case, surrounding blanks ignored.
     *
     * @throws VelesException VELES-010 for an unknown name
     */
    public static StorageMode parse(String name) {
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "full", "f32" -> FULL;
            case "sq8", "int8" -> SQ8;
            case "binary", "bit" -> BINARY;
            case "pq", "product_quantization" -> PQ;
            case "rabitq" -> RABITQ;
            default ->
                throw new VelesException(
                        ErrorCode.QUERY, "unknown storage mode '" + name + "': use full, sq8, binary, pq or rabitq");
        };
    }
}
