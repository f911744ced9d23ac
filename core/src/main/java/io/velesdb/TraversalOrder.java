package io.velesdb;

/** In which order a traversal finds nodes. */
public enum TraversalOrder {
    /** By depth, neighbours by ascending edge id. */
    BREADTH_FIRST,
    /** In preorder, neighbours by ascending edge id; the same nodes, each at the depth of the first way to it. */
    DEPTH_FIRST
}
