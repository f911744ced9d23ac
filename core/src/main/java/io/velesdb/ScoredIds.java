package io.velesdb;

/**
 * The ids and scores of a search, best first, without payloads.
 *
 * @param ids unsigned point ids
 * @param scores by the collection's metric, one per id
 */
public record ScoredIds(long[] ids, float[] scores) {
    public int size() {
        return ids.length;
    }
}
