package io.velesdb.vector;

/**
 * Scores one query against many slots. Holds the query and scratch space, so it belongs to one thread at a time; nothing
 * is allocated after construction unless a view has grown.
 *
 * <p>Order of calls: {@link #attach}, then {@link #query}, then any number of {@link #score}.
 */
public abstract class Scorer {
    /** What the scores of a {@link Scorer} are. In every kind the smaller one is nearer. */
    public enum Kind {
        /** The public score as a key: {@link Scores#key}. */
        EXACT,
        /**
         * An exact distance whose smallest possible value is about 0, for building and walking a graph: 1 - cosine, half
         * the squared distance (dot product: after the reduction of {@link TwoBitQuantizer}), bits that differ, 1 -
         * jaccard.
         */
        GRAPH,
        /** {@link #GRAPH}, estimated from the 2-bit codes. Only in a space that {@link VectorSpace#coded walks on codes}. */
        CODE,
        /** {@link #GRAPH}, estimated from the high plane of the codes alone: cheaper and coarser. */
        COARSE
    }

    /** Room that arrays of {@link #list} and {@link #near} must have behind the last slot: a wide register of them. */
    public static final int SCAN_PADDING = 16;

    /** Slots that {@link #list} takes out of a word at a time. */
    private static final int LISTED_AT_ONCE = 8;

    /** Room that both arrays of {@link #score} must have behind the last slot, for kernels that take four rows at a time. */
    public static final int PADDING = 3;

    /** Reads from this state of the space from now on. The view must come from the space that made this scorer. */
    public abstract void attach(VectorSpace.View view);

    /** Takes {@code vector[offset..offset+dimension)} as the query. */
    public abstract void query(float[] vector, int offset);

    /** Takes the vector of a slot as the query. */
    public abstract void query(int slot);

    /**
     * Writes the scores of {@code slots[0..count)} to {@code out[0..count)}.
     *
     * @param slots slots of the view; {@link #PADDING} places behind them may be overwritten
     * @param out the same
     */
    public abstract void score(int[] slots, int count, float[] out);

    /**
     * For a scan that has no use for slots farther than {@code bound}: moves those to the front, in their order, that a
     * cheaper estimate than {@link #score} does not say are far beyond it. Where there is none, all of them stay.
     *
     * @param slots slots of the view; everything behind the ones that are left may be overwritten, with {@link
     *     #SCAN_PADDING} places behind {@code count}
     * @param scratch the same
     * @return how many are left
     */
    public int near(float bound, int[] slots, int count, float[] scratch) {
        return count;
    }

    /**
     * Moves the slots whose estimates are at most {@code bound} to the front, in their order; a
     * slot whose estimate is not a number stays.
     *
     * @return how many that are
     */
    public static int within(float bound, int[] slots, int count, float[] estimates) {
        int near = 0;
        for (int i = 0; i < count; i++) {
            slots[near] = slots[i];
            near += estimates[i] > bound ? 0 : 1;
        }
        return near;
    }

    /**
     * Lists the members of a word of a bit set, ascending: what a scan scores. It stands here and not where scans are, as a
     * host may have an instruction for it.
     *
     * @param first the slot of the lowest bit
     * @param slots receives the slots from {@code n} on; {@link #SCAN_PADDING} places behind them may be overwritten
     * @return {@code n} and how many they are
     */
    public int list(long word, int first, int[] slots, int n) {
        // several at a time, whether there are so many or not: the end of every word would be a mispredicted branch
        int end = n + Long.bitCount(word);
        long rest = word;
        for (int at = n; at < end; at += LISTED_AT_ONCE) {
            for (int i = 0; i < LISTED_AT_ONCE; i++) {
                slots[at + i] = first + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
            }
        }
        return end;
    }

    /** As {@link #score}, as well as a CODE scorer can: to be used for few slots, once a walk has found them. */
    public void refine(int[] slots, int count, float[] out) {
        score(slots, count, out);
    }

    /** True when {@link #refine} says more than {@link #score} and is worth its cost before exact scoring. */
    public boolean refines() {
        return false;
    }

    /** How far off the scores of {@link #refine} are, as a standard deviation. */
    public float refinedDeviation() {
        return deviation();
    }

    /**
     * How far off the scores of this query are, as a standard deviation: 0 for exact kinds, and for queries that were
     * taken from a slot.
     */
    public float deviation() {
        return 0f;
    }

    /** The noise of a CODE scorer's estimates, where that of 2-bit codes is 1. */
    public float noise() {
        return 1f;
    }

    /** What a CODE scorer would estimate, were it exact, for a row with this public key. */
    public float estimateOf(float key) {
        throw new UnsupportedOperationException("only estimates have to be compared with keys");
    }

    /** The public key that an estimate of a CODE scorer stands for. */
    public float keyOf(float estimate) {
        throw new UnsupportedOperationException("only estimates have to be turned into keys");
    }
}
