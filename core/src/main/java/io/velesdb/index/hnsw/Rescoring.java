package io.velesdb.index.hnsw;

/**
 * How many of the best candidates of a walk on codes are scored exactly.
 *
 * <p>An oversampling f asks for max(k*f, k+32), and 0 for none: then the scores are those of the codes. Left to the index, a
 * walk scores candidates as long as the noise of the estimates says that they may belong to the answer, up to the larger of
 * that number and ef, or more for codes of one bit.
 *
 * @param oversampling f
 * @param most whether that number is the limit whatever ef is
 */
public record Rescoring(int oversampling, boolean most) {
    /** The largest f. */
    public static final int MOST_OVERSAMPLING = 1_000;

    /** Candidates that are always worth a look. */
    private static final int LEAST = 64;

    /** For codes that only the index knows about. */
    public static final Rescoring AS_NEEDED = new Rescoring(4, false);

    /** Exactly what a request asked for. */
    public static Rescoring of(int oversampling) {
        return new Rescoring(oversampling, true);
    }

    /** At least what a collection asks for. */
    public static Rescoring atLeast(int oversampling) {
        return new Rescoring(oversampling, oversampling == 0);
    }

    /**
     * The largest number of candidates to score.
     *
     * @param noise of the estimates, where that of 2-bit codes is 1
     */
    int candidates(int k, int ef, float noise) {
        if (oversampling == 0) {
            return 0;
        }
        int asked = (int) Math.min(Integer.MAX_VALUE / 4, Math.max((long) k * oversampling, k + 32L));
        return most ? asked : (int) (Math.max(Math.max(LEAST, asked), ef) * Math.max(1f, noise));
    }
}
