package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/** The three kinds of memory, each with a collection of its own. */
public enum MemoryKind {
    /** Facts: what is true whenever it was learned. */
    SEMANTIC("semantic"),
    /** Episodes: what happened when. */
    EPISODIC("episodic"),
    /** Procedures: how something is done, and how far that can be relied upon. */
    PROCEDURAL("procedural");

    private final String canonicalName;

    MemoryKind(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name on every surface, for example {@code semantic}. */
    public String canonicalName() {
        return canonicalName;
    }

    /** The collection that holds it, for example {@code _semantic_memory}. */
    public String collectionName() {
        return "_" + canonicalName + "_memory";
    }

    /**
     * The kind of a name.
     *
     * @throws VelesException VELES-010 for any other name
     */
    public static MemoryKind parse(String name) {
        for (MemoryKind kind : values()) {
            if (kind.canonicalName.equals(name)) {
                return kind;
            }
        }
        throw new VelesException(
                ErrorCode.QUERY, "memory kind '" + name + "' is unknown: use semantic, episodic or procedural");
    }
}
