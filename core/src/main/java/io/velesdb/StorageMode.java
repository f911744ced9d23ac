package io.velesdb;

import java.util.Locale;

/** What memory holds for the search of a vector collection. The exact vectors are on disk in every mode. */
public enum StorageMode {
    /** The exact vectors, beside an internal 2-bit code that only the walk of the graph uses. */
    FULL("full");

    private final String canonicalName;

    StorageMode(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name that every surface writes and reads back. */
    public String canonicalName() {
        return canonicalName;
    }

    /**
     * Reads a mode name or one of its aliases, in any case, surrounding blanks ignored.
     *
     * @throws VelesException VELES-010 for an unknown name
     */
    public static StorageMode parse(String name) {
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "full", "f32" -> FULL;
            default -> throw new VelesException(ErrorCode.QUERY, "unknown storage mode '" + name + "': use full");
        };
    }
}
