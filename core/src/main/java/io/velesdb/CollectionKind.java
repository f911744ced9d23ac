package io.velesdb;

import org.jspecify.annotations.Nullable;

/** What a collection holds. A name is unique over all kinds. */
public enum CollectionKind {
    /** One dense vector and an optional JSON payload per point. */
    VECTOR("vector"),
    /** Nodes with a JSON payload and, where the collection has a dimension, an optional dense vector; typed edges. */
    GRAPH("graph"),
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

    /** The kind of a canonical name; null for any other text. */
    public static @Nullable CollectionKind find(String canonicalName) {
        for (CollectionKind kind : values()) {
            if (kind.canonicalName.equals(canonicalName)) {
                return kind;
            }
        }
        return null;
    }
}
