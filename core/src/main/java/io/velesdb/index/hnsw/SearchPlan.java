package io.velesdb.index.hnsw;

/**
 * What an ef means for a walk, and which way of searching is the cheapest: the one place with measured constants.
 *
 * @param hops rows whose links are followed at most
 * @param gamma how far beyond the k-th distance the walk goes, relative to it
 * @param rescored nearest rows by estimate that are scored exactly in any case
 * @param rescoredAtMost the most
 * @param lookedAtAgain the most rows that a walk looks at again: where codes are all there is, by more than those of the walk
 * @param asked rows that are looked at again whatever the effort is
 * @param margin standard deviations of an estimate by which a row may lie beyond the k-th exact distance and still be
 *     scored
 */
record SearchPlan(int hops, float gamma, int rescored, int rescoredAtMost, int lookedAtAgain, int asked, float margin) {
    /** Up to so many candidates are always scored exactly. */
    static final int EXACT_CANDIDATES = 1_000;

    /**
     * gamma = GAMMA * ln(1 + (ef/k) / REACH): up to ten rows of ef per hit asked, it gives the recall of a pool of ef rows
     * without early stop; beyond, where more effort finds little more, it grows more slowly than that would take.
     */
    private static final double GAMMA = 0.15;

    private static final double REACH = 3.5;

    /** Of gamma where the walk goes by 2-bit estimates, which is given slack for their noise besides. */
    private static final double CODED_SHARE = 0.7;

    /**
     * The k-th distance stands for at least so many deviations: where many rows lie close together, as in a tight cluster,
     * the noise of the estimates is larger than their distances.
     */
    private static final float NOISE = 10f;

    /** At 2 deviations, no more is lost to the estimates than a walk loses anyway. */
    private static final float MARGIN = 2f;

    /** A scan loses nothing but to the estimates, so their errors are given more room. */
    private static final float SCAN_MARGIN = 2.5f;

    private static final int MANY_CANDIDATES = 4_000;

    /** The fewest rows that a scan of many candidates scores exactly. */
    private static final int LEAST_OF_MANY = 48;

    private static final double ROWS_PER_HOP = 12;

    /** Nanoseconds for a row met by a walk, for one met by a scan, and for one scored exactly. */
    private static final double WALKED = 45;

    private static final double SCANNED = 8;
    private static final double RESCORED = 50;

    /** The walk for an ef and k hits. */
    static SearchPlan of(int ef, int k, boolean coded, float noise, Rescoring rescoring) {
        double gamma = GAMMA * StrictMath.log(1 + (double) ef / k / REACH);
        int hops = (int) Math.min(Integer.MAX_VALUE / 4, 2L * ef + k);
        if (!coded) {
            return new SearchPlan(hops, (float) gamma, k + 6, k + 6, k + 6, k + 6, 0f);
        }
        int most = rescoring.candidates(k, ef, noise);
        int lookedAtAgain = most > 0 ? most : Math.max(2 * k + 16, (int) (ef * Math.max(1f, noise)));
        return new SearchPlan(
                hops,
                (float) (share(noise) * gamma),
                Math.min(k + 6, most),
                most,
                lookedAtAgain,
                rescoring.candidates(k, 0, noise),
                MARGIN);
    }

    /** Between exact distances and 2-bit codes, by the square of the noise. */
    private static double share(float noise) {
        return 1 - (1 - CODED_SHARE) * Math.min(1f, noise * noise);
    }

    /** How far beyond the k-th distance the walk goes besides gamma, for estimates with this deviation. */
    float slack(float deviation) {
        return gamma * NOISE * deviation;
    }

    /** The longest pool that the walk needs. */
    int capacity() {
        return Math.max(hops, lookedAtAgain);
    }

    /** The most rows that better codes than those of the walk leave for exact scoring. */
    int refined(int k) {
        return 2 * leastByScan(k);
    }

    /** Deviations by which a row that a scan found may lie beyond the k-th exact distance and still be scored. */
    float scanMargin() {
        return SCAN_MARGIN;
    }

    /**
     * The most rows that a scan of codes scores exactly. A scan misses no row but by its estimate, so of the effort of a walk it
     * needs but a part; few candidates are likely to have been chosen for lying close together, which takes more.
     */
    int rescoredByScan(int k, int candidates) {
        boolean many = candidates > MANY_CANDIDATES;
        int byEffort = Math.max(many ? lookedAtAgain / 2 : lookedAtAgain, asked);
        return Math.max(byEffort, many ? Math.max(LEAST_OF_MANY, 4 * k) : leastByScan(k));
    }

    private static int leastByScan(int k) {
        return Math.max(64, 4 * k);
    }

    /** Rows that a walk among candidates keeps. */
    int kept(int k) {
        return Math.max(2 * k + 16, lookedAtAgain);
    }

    /**
     * True when walking past the rows that are no candidates costs less than scanning the candidates' codes.
     *
     * @param candidates rows that may be hits, of {@code slots}
     */
    boolean walksAmong(int candidates, int slots, int k) {
        double walk = hops * 0.5 * ROWS_PER_HOP * slots / candidates * WALKED;
        return walk < candidates * SCANNED + leastByScan(k) * RESCORED;
    }

    /** Hops that a walk may take to find enough candidates, before a scan is the safer bet. */
    int hopsAmong(int candidates, int slots) {
        return (int) Math.min(Integer.MAX_VALUE / 4, (long) hops * slots / candidates);
    }
}
