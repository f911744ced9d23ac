package io.velesdb.host;

/**
 * Asked every few hundred steps of a long read, so that a deadline or a closing caller ends it; and told what the read holds, so
 * that it ends before it takes too much.
 */
@FunctionalInterface
public interface Cancellation {
    /**
     * Returns when the work may go on.
     *
     * @throws io.velesdb.VelesException the error that the caller shall see when it may not
     */
    void check();

    /**
     * Tells what a step of the work holds now, and returns when it may go on.
     *
     * @param rows rows, nodes or edges held at once
     * @param bytes about what they take on the heap
     * @throws io.velesdb.VelesException the error that the caller shall see when it may not
     */
    default void holds(long rows, long bytes) {}

    /** Never ends anything. */
    Cancellation NONE = () -> {};
}
