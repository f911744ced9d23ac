package io.velesdb.vector.quantize;

import io.velesdb.vector.QueryCode;

/**
 * Estimates the distances of one prepared query to rows of bit planes: {@link PlaneLayout}, bit for bit. Holds the query;
 * belongs to one thread.
 */
public abstract class PlaneKernel {
    protected final PlaneLayout layout;

    protected PlaneKernel(PlaneLayout layout) {
        this.layout = layout;
    }

    /** Takes a prepared query. */
    public abstract void query(QueryCode query);

    /** Writes the estimates of {@code slots[0..count)} from the planes of a walk to {@code out}. */
    public abstract void score(CodeRows.View codes, int[] slots, int count, float[] out);

    /** Writes the estimates from all planes. */
    public abstract void scoreAll(CodeRows.View codes, int[] slots, int count, float[] out);
}
