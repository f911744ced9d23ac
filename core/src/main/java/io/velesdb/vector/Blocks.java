package io.velesdb.vector;

import java.util.Arrays;

/**
 * Rows of a fixed length in blocks that never move, so that a captured {@code float[][]} or {@code long[][]} stays good
 * while the writer appends: growing replaces only the array of blocks.
 */
final class Blocks {
    /** Row r starts at {@code (r & mask) * stride} of block {@code r >>> shift}. */
    final int stride;

    final int shift;
    final int mask;

    /** @param stride items per row; a block holds about {@code size} items */
    Blocks(int stride, int size) {
        this.stride = stride;
        int rows = Math.max(1, Integer.highestOneBit(Math.max(1, size / stride)));
        shift = Integer.numberOfTrailingZeros(rows);
        mask = rows - 1;
    }

    int block(int row) {
        return row >>> shift;
    }

    int offset(int row) {
        return (row & mask) * stride;
    }

    /** Blocks that hold rows [0, rows): the given ones and new ones behind them. */
    float[][] grow(float[][] blocks, int rows) {
        int needed = needed(rows);
        if (needed <= blocks.length) {
            return blocks;
        }
        float[][] grown = Arrays.copyOf(blocks, room(blocks.length, needed));
        for (int b = blocks.length; b < grown.length; b++) {
            grown[b] = new float[stride << shift];
        }
        return grown;
    }

    /** Blocks that hold rows [0, rows): the given ones and new ones behind them. */
    long[][] grow(long[][] blocks, int rows) {
        int needed = needed(rows);
        if (needed <= blocks.length) {
            return blocks;
        }
        long[][] grown = Arrays.copyOf(blocks, room(blocks.length, needed));
        for (int b = blocks.length; b < grown.length; b++) {
            grown[b] = new long[stride << shift];
        }
        return grown;
    }

    private int needed(int rows) {
        return rows == 0 ? 0 : ((rows - 1) >>> shift) + 1;
    }

    private static int room(int have, int needed) {
        return Math.max(needed, have + (have >> 3));
    }
}
