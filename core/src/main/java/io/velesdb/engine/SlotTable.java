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

    /** The first slots whose ids ascend from each to the next. */
    private int ordered;

    SlotTable() {
        this(new long[16], new long[16], 0);
    }

    SlotTable(long[] ids, long[] positions, int size) {
        this.ids = ids;
        this.positions = positions;
        this.size = size;
        while (ordered < size && follows(ordered, ids[ordered])) {
            ordered++;
        }
    }

    int size() {
        return size;
    }

    /** How many of the first slots stand in the order of their ids: all of them until a row is written again. */
    int ordered() {
        return ordered;
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
        if (ordered == size && follows(size, id)) {
            ordered++;
        }
        ids[size] = id;
        positions[size] = position;
        return size++;
    }

    private boolean follows(int slot, long id) {
        return slot == 0 || Long.compareUnsigned(ids[slot - 1], id) < 0;
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
