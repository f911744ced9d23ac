package io.velesdb.index.hnsw;

import io.velesdb.ErrorCode;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;

/** Rows in plain arrays, in blocks that never move. */
public final class HeapIntRows implements IntRows {
    private static final int BLOCK = 1 << 13;

    private final int stride;
    private final int shift;
    private int[][] blocks = {};

    /** Empty rows of {@code stride} ints, at least 1. */
    public HeapIntRows(int stride) {
        this.stride = stride;
        shift = Integer.numberOfTrailingZeros(Math.max(1, Integer.highestOneBit(Math.max(1, BLOCK / stride))));
    }

    /**
     * The rows that {@link #save} wrote.
     *
     * @throws io.velesdb.VelesException VELES-006 when the section is not made of whole rows
     */
    public static HeapIntRows open(CheckpointReader in, String name, int stride) {
        byte[] bytes = in.section(name);
        BinaryReader reader = new BinaryReader(bytes, ErrorCode.STORAGE, "checkpoint section '" + name + "'");
        if (bytes.length % (4 * stride) != 0) {
            throw reader.damaged(bytes.length + " bytes are no whole number of rows");
        }
        HeapIntRows rows = new HeapIntRows(stride);
        int count = bytes.length / (4 * stride);
        rows.ensure(count);
        for (int row = 0; row < count; row++) {
            rows.write(row, reader.readInts(stride));
        }
        return rows;
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public int rows() {
        return blocks.length << shift;
    }

    @Override
    public void ensure(int rows) {
        int needed = rows == 0 ? 0 : ((rows - 1) >>> shift) + 1;
        int have = blocks.length;
        if (needed > have) {
            int[][] grown = Arrays.copyOf(blocks, Math.max(needed, have + (have >> 3)));
            for (int b = have; b < grown.length; b++) {
                grown[b] = new int[stride << shift];
                Arrays.fill(grown[b], -1);
            }
            blocks = grown;
        }
    }

    @Override
    public void read(int row, int[] into) {
        System.arraycopy(blocks[row >>> shift], offset(row), into, 0, stride);
    }

    @Override
    public void write(int row, int[] from) {
        System.arraycopy(from, 0, blocks[row >>> shift], offset(row), stride);
    }

    private int offset(int row) {
        return (row & (1 << shift) - 1) * stride;
    }

    @Override
    public void save(CheckpointWriter out, String name, int rows) {
        BinaryWriter bytes = new BinaryWriter(rows * stride * 4);
        int[] row = new int[stride];
        for (int r = 0; r < rows; r++) {
            read(r, row);
            for (int x : row) {
                bytes.writeInt(x);
            }
        }
        out.section(name, bytes.array(), bytes.length());
    }
}
