package io.velesdb.host;

import io.velesdb.VelesException;

/** Port: what an operator should hear of although nothing failed. */
@FunctionalInterface
public interface Diagnostics {
    /**
     * A derived structure was damaged and has been made again from documents and vectors.
     *
     * @param structure for example {@code graph of collection 'books'}
     */
    void rebuilt(String structure, VelesException damage);

    /** An observer threw where it was only told of something. */
    default void observerFailed(RuntimeException failure) {}

    /** Tells nobody. */
    Diagnostics SILENT = (structure, damage) -> {};
}
