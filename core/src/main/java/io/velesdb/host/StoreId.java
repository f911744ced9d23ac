package io.velesdb.host;

/**
 * Names the stores of one collection. A compaction writes a new generation beside the old one; the old one goes when no
 * checkpoint refers to it any more.
 *
 * @param collection number of the collection, from 1; never reused
 * @param generation number of the rewrite, from 0
 */
public record StoreId(int collection, int generation) {}
