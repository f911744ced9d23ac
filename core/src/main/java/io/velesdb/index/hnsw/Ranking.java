package io.velesdb.index.hnsw;

/** Keys in ascending order. */
interface Ranking {
    /** How many there are. */
    int size();

    /** The i-th nearest; see {@link Keys}. */
    long key(int i);
}
