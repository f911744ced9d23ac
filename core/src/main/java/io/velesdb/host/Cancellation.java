package io.velesdb.host;

/** Asked every few hundred steps of a long read, so that a deadline or a closing caller ends it. */
@FunctionalInterface
public interface Cancellation {
    /**
     * Returns when the work may go on.
     *
     * @throws io.velesdb.VelesException the error that the caller shall see when it may not
     */
    void check();

    /** Never ends anything. */
    Cancellation NONE = () -> {};
}
