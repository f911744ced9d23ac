package io.velesdb;

/** Which guard-rail a VELES-027 came from, for hosts that answer them differently. */
public enum GuardRail {
    /** A size, count, dimension or k is over its configured limit. */
    LIMIT,
    /** The time for one call is over. */
    TIMEOUT,
    /** A traversal is asked to go too deep. */
    DEPTH,
    /** An operator holds too many rows at once. */
    CARDINALITY,
    /** A query needs too much memory. */
    MEMORY,
    /** A client sends more requests than it may. */
    RATE,
    /** Too many requests of a client failed of late. */
    CIRCUIT,
    /** An observer refused the request. */
    ACCESS
}
