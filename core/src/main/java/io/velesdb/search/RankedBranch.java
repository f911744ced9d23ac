package io.velesdb.search;

/**
 * The rows that one branch of a search retrieved: after filtering, cut at {@link io.velesdb.Fusion#depth}, best first,
 * ties by ascending id.
 *
 * @param ids unsigned ids, each once
 * @param scores finite, one per id
 * @param higherIsBetter false when the scores are distances
 */
public record RankedBranch(long[] ids, float[] scores, boolean higherIsBetter) {
    /** @throws IllegalArgumentException when the lengths differ */
    public RankedBranch {
        if (ids.length != scores.length) {
            throw new IllegalArgumentException(ids.length + " ids, " + scores.length + " scores");
        }
    }
}
