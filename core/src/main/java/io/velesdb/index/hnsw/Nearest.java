package io.velesdb.index.hnsw;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The n nearest of any number of keys, as a binary heap with the farthest on top. Equal distances are decided by the ids
 * of the slots, ascending and unsigned, or without ids by slot.
 */
final class Nearest implements Ranking {
    private long[] heap = new long[64];
    private int size;
    private int limit;
    private @Nullable SlotIds ids;

    void reset(int limit, @Nullable SlotIds ids) {
        this.limit = limit;
        this.ids = ids;
        size = 0;
    }

    @Override
    public int size() {
        return size;
    }

    /** After {@link #sort}, the i-th nearest; before it, of 0 the farthest kept. */
    @Override
    public long key(int i) {
        return heap[i];
    }

    boolean isFull() {
        return size == limit;
    }

    /** Before {@link #sort}, the farthest distance kept. */
    float farthest() {
        return Keys.distance(heap[0]);
    }

    void offer(float distance, int slot) {
        long key = Keys.of(distance, slot);
        if (size < limit) {
            push(key);
        } else if (key >> 32 <= heap[0] >> 32 && farther(heap[0], key)) {
            sink(key, size);
        }
    }

    /** Offers many: most of them are turned away by one comparison once there are enough. */
    void offer(float[] distances, int[] slots, int count) {
        int i = 0;
        while (i < count && size < limit) {
            offer(distances[i], slots[i]);
            i++;
        }
        if (i == count) {
            return;
        }
        float worst = farthest();
        for (; i < count; i++) {
            // not <=: where there is a NaN on either side, the keys decide
            if (!(distances[i] > worst)) {
                offer(distances[i], slots[i]);
                worst = farthest();
            }
        }
    }

    private void push(long key) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        int at = size++;
        while (at > 0) {
            int parent = at - 1 >> 1;
            if (!farther(key, heap[parent])) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = key;
    }

    /** Puts a key in the place of the top, in a heap of {@code count} keys. */
    private void sink(long key, int count) {
        int at = 0;
        for (int child = 1; child < count; child = 2 * at + 1) {
            if (child + 1 < count && farther(heap[child + 1], heap[child])) {
                child++;
            }
            if (!farther(heap[child], key)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }

    /** Orders the keys, nearest first. Nothing may be offered until the next {@link #reset}. */
    void sort() {
        for (int end = size - 1; end > 0; end--) {
            long top = heap[0];
            sink(heap[end], end);
            heap[end] = top;
        }
    }

    private boolean farther(long a, long b) {
        if (ids == null || a >> 32 != b >> 32) {
            return a > b;
        }
        return Long.compareUnsigned(ids.id(Keys.node(a)), ids.id(Keys.node(b))) > 0;
    }
}
