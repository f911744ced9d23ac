package io.velesdb.vector;

/**
 * A query as the codes see it: 4 bits per component in bit planes, and the numbers that turn counts of bits into a
 * distance. Belongs to one thread; filled by {@link TwoBitQuantizer#prepare}.
 */
public final class QueryCode {
    /** Bit planes of the query. */
    public static final int PLANES = 4;

    /** Scratch: the centred, rotated point, padded with zeros to whole words. */
    public final float[] point;

    /** Word w of plane k, which weighs 2^k, is {@code planes[k * words + w]}. */
    public final long[] planes;

    /** Scratch of {@link ScalarKernels}. */
    public final float[] lanes = new float[ScalarKernels.LANES];

    /** The width of one step of the 4 bits. */
    public float step;

    /** The smallest value of the 4 bits. */
    public float low;

    /** The sum of the point's components. */
    public float sum;

    /** Half the squared norm of the point. */
    public float half;

    /** What a bit that differs in the lightest of the {@code planes} heaviest planes takes from the inner product with signs. */
    public float coarseStep(int planes) {
        return step * (1 << PLANES - planes);
    }

    /** The inner product with the signs of the query itself, by its {@code planes} heaviest planes. */
    public float coarseMost(int planes, int bits) {
        return 0.5f * coarseStep(planes) * (bits * ((1 << planes) - 1));
    }

    /** Room for queries of one quantizer. */
    public QueryCode(CodeLayout layout) {
        point = new float[layout.words() * 64];
        planes = new long[PLANES * layout.words()];
    }
}
