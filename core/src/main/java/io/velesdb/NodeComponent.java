package io.velesdb;

/**
 * Which part of a graph a node belongs to when directions are ignored.
 *
 * @param id the node
 * @param component the smallest id of a node that it is connected with, unsigned
 */
public record NodeComponent(long id, long component) {}
