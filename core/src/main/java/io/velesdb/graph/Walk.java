package io.velesdb.graph;

/** Finds nodes in some order. For one reader at a time. */
interface Walk {
    /** Steps to the next node; false at the end. */
    boolean next();

    /** The number of the node. */
    int node();

    /** The edges that lead to it. */
    int depth();

    /** The ids of the edges that lead to it. */
    long[] path();

    /** Nodes that were found so far, the source included. */
    long visited();

    /** Edges that were looked at so far. */
    long followed();

    /** The greatest depth of a node so far. */
    int depthReached();
}
