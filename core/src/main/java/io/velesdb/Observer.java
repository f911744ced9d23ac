package io.velesdb;

/**
 * Watches a database and decides who may do what. Methods are called on the thread of the caller that caused them, so
 * they must be thread-safe and quick; without an observer everything is allowed and nothing is told.
 *
 * <p>What a decision method throws reaches the caller and nothing is read or written: an observer that fails, fails
 * closed. What a notification throws is reported to the host's diagnostics, because what it tells of has happened.
 */
public interface Observer {
    /** Asked before every read and every write. */
    default Decision decide(AccessRequest request) {
        return Decision.ALLOW;
    }

    /** A collection was created. */
    default void collectionCreated(String name, CollectionKind kind) {}

    /** A collection was deleted. */
    default void collectionDeleted(String name) {}

    /**
     * Rows were written, one by one or in a batch, whole or in part; told once for each collection of an atomic batch.
     *
     * @param points the rows that were written and are there, ids counted once
     */
    default void upserted(String collection, long points) {}

    /**
     * A read was answered: a search, a statement, a traversal, rows by id or page, a count. Not told of one that was
     * refused or failed.
     *
     * @param collection empty for what concerns the database as a whole
     */
    default void queried(String collection, long durationMicros) {}

    /** Allows everything, hears nothing. */
    Observer NONE = new Observer() {};
}
