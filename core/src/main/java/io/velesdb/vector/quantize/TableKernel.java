package io.velesdb.vector.quantize;

/**
 * Adds up a {@link QueryTable} along rows of centroid numbers: byte i of a row, counted from the lowest of its first word,
 * picks an entry of block i of the table. Holds the table; belongs to one thread.
 */
public abstract class TableKernel {
    /** Bytes per row that count. */
    protected final int parts;

    protected TableKernel(int parts) {
        this.parts = parts;
    }

    /** Takes a filled table. */
    public abstract void query(QueryTable table);

    /** Writes {@code base + step * sum} of {@code slots[0..count)} to {@code out}. */
    public abstract void score(CodeRows.View codes, int[] slots, int count, float[] out);
}
