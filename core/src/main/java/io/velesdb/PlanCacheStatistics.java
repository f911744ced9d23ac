package io.velesdb;

/**
 * How the cache of statements has served. A statement has one plan, however it is spelt: blanks, comments and the case of
 * keywords do not count.
 *
 * @param size plans that are kept for the present definitions
 * @param capacity the most that are kept
 * @param texts texts whose plan is found without reading them
 * @param bytes about what plans and texts take on the heap
 * @param textHits times a text was known, letter by letter
 * @param planHits times a text was new and the plan of its statement known
 * @param misses times a statement was planned
 */
public record PlanCacheStatistics(
        int size, int capacity, int texts, long bytes, long textHits, long planHits, long misses) {
    /** Times a plan was known when it was asked for. */
    public long hits() {
        return textHits + planHits;
    }

    /** The share of hits, 0 to 1; 0 before the first statement. */
    public double hitRate() {
        long all = hits() + misses;
        return all == 0 ? 0 : (double) hits() / all;
    }
}
