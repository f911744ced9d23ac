package io.velesdb.index.hnsw;

/**
 * What an ef means for a walk, and which way of searching is the cheapest: the one place with measured constants.
 *
 * @param hops rows whose links are followed at most
 * @param gamma how far beyond the k-th distance the walk goes, relative to it
 * @param rescored nearest rows by estimate that are scored exactly
 */
record SearchPlan(int hops, float gamma, int rescored) {
    /** Up to so many candidates are always scored exactly. */
    static final int EXACT_CANDIDATES = 1_000;

    private static final double ROWS_PER_HOP = 12;

    /** Nanoseconds for a row met by a walk, for one met by a scan, and for one scored exactly. */
    private static final double WALKED = 45;

    private static final double SCANNED = 8;
    private static final double RESCORED = 50;

    /** The walk for an ef and k hits. */
    static SearchPlan of(int ef, int k, boolean coded) {
        double reach = (double) ef / Math.max(1, k);
        float gamma = (float) (0.045 * Math.sqrt(reach));
        int rescored = coded ? Math.max(24, 3 * k) : k + 6;
        return new SearchPlan((int) Math.min(Integer.MAX_VALUE / 4, 2L * ef + k), gamma, rescored);
    }

    /** The longest pool that the walk needs. */
    int capacity() {
        return Math.max(hops, rescored);
    }

    /** Rows that a scan of codes scores exactly: more than a walk, as candidates chosen by a filter may lie close together. */
    static int rescoredByScan(int k) {
        return Math.max(64, 4 * k);
    }

    /**
     * True when walking past the rows that are no candidates costs less than scanning the candidates' codes.
     *
     * @param candidates rows that may be hits, of {@code slots}
     */
    boolean walksAmong(int candidates, int slots, int k) {
        double walk = hops * 0.5 * ROWS_PER_HOP * slots / candidates * WALKED;
        return walk < candidates * SCANNED + rescoredByScan(k) * RESCORED;
    }

    /** Hops that a walk may take to find enough candidates, before a scan is the safer bet. */
    int hopsAmong(int candidates, int slots) {
        return (int) Math.min(Integer.MAX_VALUE / 4, (long) hops * slots / candidates);
    }
}
