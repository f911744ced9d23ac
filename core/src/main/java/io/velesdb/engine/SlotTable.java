package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Arrays;

/**
 * What is known of every slot besides vector and columns: its point id and where its document lies. Append-only; growing
 * copies, so a reader keeps the arrays that were published to it.
 */
final class SlotTable {
    static final long NO_DOCUMENT = -1;

    /**
     * Row versions of a collection, dead ones included: as many as a section of a checkpoint holds, 2 GiB with up to
     * {@link #MOST_BYTES} for each.
     */
    static final int MOST_SLOTS = 100_000_000;

    /**
     * What one takes in a checkpoint, at most: id and position (8 each), whether it has a vector (1), its place in the order
     * of ids (4), its live bit.
     */
    static final double MOST_BYTES = 8 + 8 + 1 + 4 + 1.0 / 8;

    private long[] ids;
    private long[] positions;
    private int size;

    SlotTable() {
        this(new long[16], new long[16], 0);
    }

    SlotTable(long[] ids, long[] positions, int size) {
        this.ids = ids;
        this.positions = positions;
        this.size = size;
    }

    int size() {
        return size;
    }

    long id(int slot) {
        return ids[slot];
    }

    long[] ids() {
        return ids;
    }

    long[] positions() {
        return positions;
    }

    int append(long id, long position) {
        if (size == ids.length) {
            int capacity = capacityFor(size + 1);
            ids = Arrays.copyOf(ids, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        ids[size] = id;
        positions[size] = position;
        return size++;
    }

    private static int capacityFor(int slots) {
        long wanted = slots + (long) (slots >>> 1) + 16;
        int largest = Integer.MAX_VALUE - 8;
        if (slots > largest) {
            throw new VelesException(
                    ErrorCode.ALLOCATION_FAILED, "a collection holds at most " + largest + " row versions");
        }
        return (int) Math.min(wanted, largest);
    }
}
