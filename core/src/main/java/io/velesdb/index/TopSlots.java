package io.velesdb.index;

import io.velesdb.index.hnsw.SlotIds;
import java.util.Arrays;

/**
 * The best of any number of scored slots: a binary heap with the worst on top. Higher scores are better; equal ones are
 * decided by the ids of the slots, ascending and unsigned. Belongs to one search at a time.
 */
public final class TopSlots {
    private final int limit;
    private final SlotIds ids;
    private float[] scores;
    private int[] slots;
    private int size;
    private float worst = Float.NEGATIVE_INFINITY;
    private double competitive = Double.NEGATIVE_INFINITY;

    /** @param limit how many to keep, at least 1 */
    public TopSlots(int limit, SlotIds ids) {
        this.limit = limit;
        this.ids = ids;
        int room = Math.min(limit, 64);
        scores = new float[room];
        slots = new int[room];
    }

    /**
     * Scores that are less than this, before they are rounded to a float, cannot enter: where a float ends up below the
     * worst that is kept. Minus infinity while there is room.
     */
    public double competitive() {
        return competitive;
    }

    /** Takes a slot if it is among the best so far. True when {@link #competitive} may have changed. */
    public boolean offer(float score, int slot) {
        if (size < limit) {
            push(score, slot);
            if (size < limit) {
                return false;
            }
        } else {
            if (!worse(scores[0], slots[0], score, slot)) {
                return false;
            }
            sink(score, slot, size);
        }
        if (scores[0] != worst) {
            worst = scores[0];
            // Half way to the float below; a tie rounds to the even one, so it still competes.
            competitive = ((double) worst + below(worst)) / 2;
        }
        return true;
    }

    /** The answer; the heap is used up. */
    public ScoredSlots sorted() {
        for (int end = size - 1; end > 0; end--) {
            float score = scores[0];
            int slot = slots[0];
            sink(scores[end], slots[end], end);
            scores[end] = score;
            slots[end] = slot;
        }
        return new ScoredSlots(Arrays.copyOf(slots, size), Arrays.copyOf(scores, size));
    }

    /** The greatest float below a finite one. */
    private static double below(float value) {
        if (value == 0) {
            return 0.0 - Float.MIN_VALUE;
        }
        int bits = Float.floatToRawIntBits(value);
        float next = Float.intBitsToFloat(value > 0 ? bits - 1 : bits + 1);
        return next;
    }

    private void push(float score, int slot) {
        if (size == scores.length) {
            int room = (int) Math.min(limit, 2L * size);
            scores = Arrays.copyOf(scores, room);
            slots = Arrays.copyOf(slots, room);
        }
        int at = size++;
        while (at > 0) {
            int parent = at - 1 >> 1;
            if (!worse(score, slot, scores[parent], slots[parent])) {
                break;
            }
            scores[at] = scores[parent];
            slots[at] = slots[parent];
            at = parent;
        }
        scores[at] = score;
        slots[at] = slot;
    }

    /** Puts a slot in the place of the top, in a heap of {@code count}. */
    private void sink(float score, int slot, int count) {
        int at = 0;
        for (int child = 1; child < count; child = 2 * at + 1) {
            if (child + 1 < count && worse(scores[child + 1], slots[child + 1], scores[child], slots[child])) {
                child++;
            }
            if (!worse(scores[child], slots[child], score, slot)) {
                break;
            }
            scores[at] = scores[child];
            slots[at] = slots[child];
            at = child;
        }
        scores[at] = score;
        slots[at] = slot;
    }

    private boolean worse(float score, int slot, float other, int otherSlot) {
        if (score != other) {
            return score < other;
        }
        return Long.compareUnsigned(ids.id(slot), ids.id(otherSlot)) > 0;
    }
}
