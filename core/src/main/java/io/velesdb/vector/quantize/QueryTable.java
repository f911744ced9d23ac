package io.velesdb.vector.quantize;

/**
 * The distances of one query to all centroids, as bytes: {@code table[256 * part + centroid]} stands for {@code step} times
 * its unsigned value above a base that all rows share. Belongs to one thread.
 */
public final class QueryTable {
    /** Entries per part. */
    public static final int BLOCK = 256;

    /** Unsigned bytes. */
    public final byte[] entries;

    /** The distance of a row whose entries are all 0. */
    public float base;

    /** What one unit of an entry is worth. */
    public float step;

    public QueryTable(int parts) {
        entries = new byte[parts * BLOCK];
    }
}
