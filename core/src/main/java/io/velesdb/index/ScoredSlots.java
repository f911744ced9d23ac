package io.velesdb.index;

/**
 * The answer of an index: slots and their scores, best first, ties by ascending id.
 *
 * @param slots slots of rows
 * @param scores one per slot; higher is better
 */
public record ScoredSlots(int[] slots, float[] scores) {
    /** No rows. */
    public static final ScoredSlots NONE = new ScoredSlots(new int[0], new float[0]);

    public int size() {
        return slots.length;
    }
}
