package io.velesdb.vector.quantize;

import io.velesdb.ErrorCode;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Rotation;
import io.velesdb.vector.TwoBitQuantizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Codes in plain arrays, scored by the scalar definitions: for the browser, memory-only databases and as the reference. */
public final class HeapCodes implements CodeHost {
    public static final HeapCodes HOST = new HeapCodes();

    private HeapCodes() {}

    @Override
    public CodeRows createCodes(int stride) {
        return new Rows(stride);
    }

    @Override
    public CodeRows openCodes(CheckpointReader in, String name, int stride, int rows) {
        BinaryReader bytes = new BinaryReader(in.section(name), ErrorCode.STORAGE, name);
        if ((long) rows * stride * Long.BYTES > bytes.remaining()) {
            throw bytes.damaged(rows + " rows of " + stride + " words announced");
        }
        Rows opened = new Rows(stride);
        opened.ensure(rows);
        for (int row = 0; row < rows; row++) {
            opened.write(row, bytes.readLongs(stride));
        }
        return opened;
    }

    @Override
    public PlaneKernel planes(PlaneLayout layout) {
        return new Planes(layout);
    }

    @Override
    public TableKernel tables(int parts) {
        return new Tables(parts);
    }

    @Override
    public TwoBitQuantizer points(Reduction reduction, @Nullable Rotation rotation) {
        return new TwoBitQuantizer(reduction, rotation);
    }

    /** Blocks that never move; growing replaces only the array of blocks. */
    private static final class Rows implements CodeRows {
        private static final int BLOCK = 1 << 14;

        private final int stride;
        private final int shift;
        private long[][] blocks = {};

        Rows(int stride) {
            this.stride = stride;
            shift = Integer.numberOfTrailingZeros(Math.max(1, Integer.highestOneBit(Math.max(1, BLOCK / stride))));
        }

        @Override
        public int stride() {
            return stride;
        }

        @Override
        public void ensure(int rows) {
            int needed = rows == 0 ? 0 : ((rows - 1) >>> shift) + 1;
            int have = blocks.length;
            if (needed > have) {
                long[][] grown = Arrays.copyOf(blocks, Math.max(needed, have + (have >> 3)));
                for (int b = have; b < grown.length; b++) {
                    grown[b] = new long[stride << shift];
                }
                blocks = grown;
            }
        }

        @Override
        public void write(int row, long[] from) {
            System.arraycopy(from, 0, blocks[row >>> shift], offset(row), stride);
        }

        @Override
        public void read(int row, long[] into) {
            System.arraycopy(blocks[row >>> shift], offset(row), into, 0, stride);
        }

        private int offset(int row) {
            return (row & (1 << shift) - 1) * stride;
        }

        @Override
        public CodeRows.View view() {
            return new HeapView(blocks, shift, stride);
        }

        @Override
        public void save(CheckpointWriter out, String name, int rows) {
            BinaryWriter bytes = new BinaryWriter(rows * stride * Long.BYTES);
            for (int row = 0; row < rows; row++) {
                bytes.writeLongs(blocks[row >>> shift], offset(row), stride);
            }
            out.section(name, bytes.array(), bytes.length());
        }
    }

    private record HeapView(long[][] blocks, int shift, int stride) implements CodeRows.View {
        long[] block(int slot) {
            return blocks[slot >>> shift];
        }

        int offset(int slot) {
            return (slot & (1 << shift) - 1) * stride;
        }
    }

    private static final class Planes extends PlaneKernel {
        private QueryCode query;

        Planes(PlaneLayout layout) {
            super(layout);
            query = new QueryCode(CodeLayout.of(layout.bits()));
        }

        @Override
        public void query(QueryCode query) {
            this.query = query;
        }

        @Override
        public void score(CodeRows.View codes, int[] slots, int count, float[] out) {
            estimate((HeapView) codes, slots, count, out, false);
        }

        @Override
        public void scoreAll(CodeRows.View codes, int[] slots, int count, float[] out) {
            estimate((HeapView) codes, slots, count, out, true);
        }

        private void estimate(HeapView view, int[] slots, int count, float[] out, boolean all) {
            for (int i = 0; i < count; i++) {
                out[i] = layout.estimate(query, view.block(slots[i]), view.offset(slots[i]), all);
            }
        }
    }

    private static final class Tables extends TableKernel {
        private QueryTable table;

        Tables(int parts) {
            super(parts);
            table = new QueryTable(parts);
        }

        @Override
        public void query(QueryTable table) {
            this.table = table;
        }

        @Override
        public void score(CodeRows.View codes, int[] slots, int count, float[] out) {
            HeapView view = (HeapView) codes;
            byte[] entries = table.entries;
            for (int i = 0; i < count; i++) {
                long[] block = view.block(slots[i]);
                int at = view.offset(slots[i]);
                int sum = 0;
                for (int p = 0; p < parts; p++) {
                    int centroid = (int) (block[at + (p >> 3)] >>> (p & 7) * 8) & 0xFF;
                    sum += entries[p * QueryTable.BLOCK + centroid] & 0xFF;
                }
                out[i] = table.base + table.step * sum;
            }
        }
    }
}
