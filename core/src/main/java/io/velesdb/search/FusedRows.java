package io.velesdb.search;

/**
 * What a fusion made of its branches.
 *
 * @param ids unsigned ids, best first, ties by ascending id
 * @param scores the fused scores
 * @param higherIsBetter false when the scores are distances
 * @param parts by branch, then by row: what the branch contributed to the fused score (for average, maximum and weighted its
 *     raw score), 0 where the branch does not hold the row
 */
public record FusedRows(long[] ids, float[] scores, boolean higherIsBetter, float[][] parts) {
    public int size() {
        return ids.length;
    }
}
