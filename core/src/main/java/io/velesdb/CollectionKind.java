package io.velesdb;

/** What a collection holds. A name is unique over all kinds. */
public enum CollectionKind {
    /** One dense vector and an optional JSON payload per point. */
    VECTOR("vector"),
    /** JSON payloads only. */
    METADATA("metadata");

    private final String canonicalName;

    CollectionKind(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name that every surface writes and reads back. */
    public String canonicalName() {
        return canonicalName;
    }
}
