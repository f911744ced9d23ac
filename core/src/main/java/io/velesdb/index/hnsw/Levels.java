package io.velesdb.index.hnsw;

import io.velesdb.vector.SplitMix64;
import java.util.Arrays;

/**
 * The level of a row, drawn from its id: the largest l with hash(id) &lt; 2^64 / m^l, so that about one row in m^l reaches
 * level l, on every host and in every replay the same ones.
 */
final class Levels {
    private static final int HIGHEST = 16;

    private final long[] bounds;

    Levels(HnswParameters parameters) {
        int highest = parameters.maxLayers() == 0 ? HIGHEST : Math.min(HIGHEST, parameters.maxLayers());
        int m = parameters.m();
        long[] all = new long[highest];
        int n = 0;
        // floor(2^64 / m) without 128 bits: 2^64 = 1 + (2^64 - 1)
        long bound = Long.divideUnsigned(-1L, m) + (Long.remainderUnsigned(-1L, m) == m - 1 ? 1 : 0);
        while (n < highest && bound != 0) {
            all[n++] = bound;
            bound = Long.divideUnsigned(bound, m);
        }
        bounds = Arrays.copyOf(all, n);
    }

    int of(long id) {
        long hash = SplitMix64.finalise(id + 0x9E3779B97F4A7C15L);
        int level = 0;
        while (level < bounds.length && Long.compareUnsigned(hash, bounds[level]) < 0) {
            level++;
        }
        return level;
    }
}
