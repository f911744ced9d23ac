package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.vector.quantize.CodeRows;
import io.velesdb.vector.quantize.QueryTable;
import io.velesdb.vector.quantize.TableKernel;
import java.lang.foreign.MemorySegment;

/** Adds bytes of a table, eight centroid numbers per load. The sums are whole numbers, so their order is free. */
final class TableSums extends TableKernel {
    private final long size;
    private final int whole;
    private QueryTable table;

    TableSums(int parts) {
        super(parts);
        int words = (parts + 7) >> 3;
        size = 8L * (words <= 2 ? words : (words + 3) & -4);
        whole = parts >> 3;
        table = new QueryTable(parts);
    }

    @Override
    public void query(QueryTable table) {
        this.table = table;
    }

    @Override
    public void score(CodeRows.View codes, int[] slots, int count, float[] out) {
        MemorySegment segment = NativeCodes.NativeView.rows(codes, slots, count, size);
        byte[] entries = table.entries;
        float base = table.base;
        float step = table.step;
        for (int i = 0; i < count; i++) {
            out[i] = base + step * sum(segment, slots[i] * size, entries);
        }
    }

    private int sum(MemorySegment segment, long at, byte[] entries) {
        int even = 0;
        int odd = 0;
        int block = 0;
        for (int w = 0; w < whole; w++) {
            long c = segment.get(LONG, at + 8L * w);
            even += entries[block + ((int) c & 0xFF)] & 0xFF;
            odd += entries[block + 256 + ((int) (c >>> 8) & 0xFF)] & 0xFF;
            even += entries[block + 512 + ((int) (c >>> 16) & 0xFF)] & 0xFF;
            odd += entries[block + 768 + ((int) (c >>> 24) & 0xFF)] & 0xFF;
            even += entries[block + 1024 + ((int) (c >>> 32) & 0xFF)] & 0xFF;
            odd += entries[block + 1280 + ((int) (c >>> 40) & 0xFF)] & 0xFF;
            even += entries[block + 1536 + ((int) (c >>> 48) & 0xFF)] & 0xFF;
            odd += entries[block + 1792 + ((int) (c >>> 56) & 0xFF)] & 0xFF;
            block += 2048;
        }
        for (int p = whole * 8; p < parts; p++) {
            long c = segment.get(LONG, at + 8L * whole);
            even += entries[p * QueryTable.BLOCK + ((int) (c >>> (p & 7) * 8) & 0xFF)] & 0xFF;
        }
        return even + odd;
    }
}
