package io.velesdb;

/**
 * Edges at one point.
 *
 * @param in edges that enter it
 * @param out edges that leave it
 */
public record Degree(long in, long out) {}
