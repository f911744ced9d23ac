package io.velesdb;

/** What an index helps with. No index changes an answer; it changes what the answer costs. */
public enum IndexKind {
    /** Rows ordered by one payload field: equality, ranges, {@code ORDER BY field LIMIT k}. */
    SECONDARY("secondary"),
    /** Rows of one label by equality of a property. */
    PROPERTY("hash"),
    /** Rows of one label ordered by a property. */
    RANGE("range"),
    /** Runs of three characters of a text field: {@code LIKE}, {@code ILIKE}, {@code CONTAINS_TEXT}. */
    TRIGRAM("trigram"),
    /** Points on the globe in one payload field: boxes and distances. */
    GEO("geo");

    private final String canonicalName;

    IndexKind(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name that every surface uses. */
    public String canonicalName() {
        return canonicalName;
    }

    /** Whether indexes of this kind are about the rows of one label. */
    public boolean hasLabel() {
        return this == PROPERTY || this == RANGE;
    }

    /** @throws VelesException VELES-010 when no kind has this name */
    public static IndexKind parse(String name) {
        for (IndexKind kind : values()) {
            if (kind.canonicalName.equals(name)) {
                return kind;
            }
        }
        throw new VelesException(
                ErrorCode.QUERY,
                "index type '" + name + "' is unknown: use one of secondary, hash, range, trigram, geo");
    }
}
