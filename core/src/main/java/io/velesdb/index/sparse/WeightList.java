package io.velesdb.index.sparse;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;

/**
 * The slots that have a weight at one index, ascending, and the weights. One writer appends; readers look at slots below a
 * number that was published to them after those slots were appended.
 *
 * <p>Safe without locks, because what a reader may ask about never changes: growing publishes copies through one volatile
 * field, free places hold {@link Integer#MAX_VALUE} as a slot, and the bounds of a block only widen.
 */
final class WeightList {
    /** Entries that have bounds of their own. */
    static final int BLOCK = 128;

    /**
     * @param slots free places hold {@link Integer#MAX_VALUE}, and there is at least one
     * @param greatest by block, the largest weight in it or 0
     * @param least by block, the smallest weight in it or 0
     */
    record Entries(int[] slots, float[] weights, float[] greatest, float[] least) {
        /** The first place at or above {@code from} whose slot is at least {@code slot}. */
        int find(int from, int slot) {
            int step = 1;
            int low = from;
            while (low + step < slots.length && slots[low + step] < slot) {
                low += step;
                step <<= 1;
            }
            int high = Math.min(low + step, slots.length - 1);
            while (low < high) {
                int middle = low + high >>> 1;
                if (slots[middle] < slot) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private volatile Entries entries = empty(2);
    private int count;

    private static Entries empty(int room) {
        int[] slots = new int[room];
        Arrays.fill(slots, Integer.MAX_VALUE);
        int blocks = (room + BLOCK - 1) / BLOCK;
        return new Entries(slots, new float[room], new float[blocks], new float[blocks]);
    }

    Entries entries() {
        return entries;
    }

    /** Entries appended; for the writer. */
    int count() {
        return count;
    }

    /** Adds a slot above all earlier ones. */
    void append(int slot, float weight) {
        Entries now = entries;
        if (count + 1 == now.slots.length) {
            Entries longer = empty(2 * now.slots.length);
            System.arraycopy(now.slots, 0, longer.slots, 0, count);
            System.arraycopy(now.weights, 0, longer.weights, 0, count);
            System.arraycopy(now.greatest, 0, longer.greatest, 0, now.greatest.length);
            System.arraycopy(now.least, 0, longer.least, 0, now.least.length);
            now = longer;
        }
        int block = count / BLOCK;
        now.greatest[block] = Math.max(now.greatest[block], weight);
        now.least[block] = Math.min(now.least[block], weight);
        now.weights[count] = weight;
        now.slots[count] = slot;
        count++;
        entries = now;
    }

    /** This list with slot s renamed to {@code renamed[s]}, without those renamed to -1; for the writer. */
    WeightList rename(int[] renamed) {
        WeightList result = new WeightList();
        Entries now = entries;
        for (int i = 0; i < count; i++) {
            int slot = renamed[now.slots[i]];
            if (slot >= 0) {
                result.append(slot, now.weights[i]);
            }
        }
        return result;
    }

    void save(BinaryWriter out) {
        Entries now = entries;
        out.writeVarInt(count);
        int expected = 0;
        for (int i = 0; i < count; i++) {
            out.writeVarInt(now.slots[i] - expected);
            expected = now.slots[i] + 1;
        }
        out.writeFloats(now.weights, 0, count);
    }

    static WeightList load(BinaryReader in, int slots) {
        int count = in.readCount(1 + Float.BYTES);
        if (count == 0) {
            throw in.damaged("an index without entries");
        }
        int[] at = new int[count];
        int expected = 0;
        for (int i = 0; i < count; i++) {
            int gap = in.readVarInt();
            if (gap >= slots - expected) {
                throw in.damaged("a slot at or above " + slots);
            }
            at[i] = expected + gap;
            expected = at[i] + 1;
        }
        WeightList list = new WeightList();
        for (int i = 0; i < count; i++) {
            float weight = in.readFloat();
            if (!Float.isFinite(weight) || weight == 0) {
                throw in.damaged("a weight that is zero or not finite");
            }
            list.append(at[i], weight);
        }
        return list;
    }
}
