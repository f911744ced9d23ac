package io.velesdb;

/**
 * How the cache of statements has served.
 *
 * @param size statements that are kept
 * @param capacity the most that are kept
 * @param hits times a statement was known when it was asked for
 * @param misses times it was parsed and planned
 */
public record PlanCacheStatistics(int size, int capacity, long hits, long misses) {
    /** The share of hits, 0 to 1; 0 before the first statement. */
    public double hitRate() {
        long all = hits + misses;
        return all == 0 ? 0 : (double) hits / all;
    }
}
