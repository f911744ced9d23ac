package io.velesdb;

/**
 * The PageRank of a node; the ranks of all nodes add up to 1.
 *
 * @param id the node
 * @param rank how often a random walker is there
 */
public record NodeRank(long id, double rank) {}
