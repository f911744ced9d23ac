package io.velesdb.index.column;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;

/**
 * An ascending set of slots: a list while they are few, a bitmap when they are more than one in {@value #SPARSE}. One
 * writer adds slots in ascending order; readers ask about slots below a number that was published to them after those
 * slots were added.
 *
 * <p>Safe without locks, because what a reader may ask about never changes: growing publishes a copy through a volatile
 * field; free places of a list hold {@link Integer#MAX_VALUE}, so that a list is ascending over its whole length whatever
 * a reader sees of later writes; bits of later slots are masked off. A word of the bitmap is read and written whole.
 */
final class SlotSet {
    private static final int SPARSE = 32;
    private static final int SMALLEST_BITMAP = 64;
    private static final int[] NONE = {};

    /** {@code int[]} for a list, {@code long[]} for a bitmap. */
    private volatile Object store = NONE;

    private int count;
    private int last = -1;

    /** Slots added; read beside the writer it is no more than a good guess. */
    int count() {
        return count;
    }

    /** About the nanoseconds of {@link #addTo}. */
    int costOfAdding() {
        return store instanceof long[] bits ? bits.length / 2 : count;
    }

    /** The slot added last, or -1; for the writer. */
    int last() {
        return last;
    }

    /** Adds a slot above all earlier ones. */
    void add(int slot) {
        last = slot;
        if (store instanceof int[] list) {
            if (count < list.length) {
                list[count++] = slot;
                return;
            }
            if (count < SMALLEST_BITMAP || (long) count * SPARSE < slot) {
                int[] longer = Arrays.copyOf(list, Math.max(2, 2 * count));
                Arrays.fill(longer, count, longer.length, Integer.MAX_VALUE);
                longer[count++] = slot;
                store = longer;
                return;
            }
            long[] bits = new long[(slot >>> 6) + 1 + (slot >>> 8)];
            for (int member : list) {
                bits[member >>> 6] |= 1L << member;
            }
            store = bits;
        }
        long[] bits = (long[]) store;
        int word = slot >>> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, word + 1 + (word >>> 1));
            bits[word] |= 1L << slot;
            store = bits;
        } else {
            bits[word] |= 1L << slot;
        }
        count++;
    }

    boolean contains(int slot) {
        Object seen = store;
        if (seen instanceof long[] bits) {
            return slot >>> 6 < bits.length && (bits[slot >>> 6] >>> slot & 1) != 0;
        }
        return Arrays.binarySearch((int[]) seen, slot) >= 0;
    }

    /** Sets the bits of the members below {@code slots}. */
    void addTo(long[] words, int slots) {
        Object seen = store;
        if (seen instanceof long[] bits) {
            int whole = Math.min(bits.length, slots >>> 6);
            for (int i = 0; i < whole; i++) {
                words[i] |= bits[i];
            }
            if (slots >>> 6 < bits.length && (slots & 63) != 0) {
                words[slots >>> 6] |= bits[slots >>> 6] & Bits.below(slots);
            }
            return;
        }
        for (int slot : (int[]) seen) {
            if (slot >= slots) {
                return;
            }
            words[slot >>> 6] |= 1L << slot;
        }
    }

    /** How many members below {@code slots} have their bit set. */
    int countIn(long[] words, int slots) {
        Object seen = store;
        int found = 0;
        if (seen instanceof long[] bits) {
            int whole = Math.min(bits.length, slots >>> 6);
            for (int i = 0; i < whole; i++) {
                found += Long.bitCount(words[i] & bits[i]);
            }
            if (slots >>> 6 < bits.length && (slots & 63) != 0) {
                found += Long.bitCount(words[slots >>> 6] & bits[slots >>> 6] & Bits.below(slots));
            }
            return found;
        }
        for (int slot : (int[]) seen) {
            if (slot >= slots) {
                break;
            }
            found += (int) (words[slot >>> 6] >>> slot & 1);
        }
        return found;
    }

    /** The members in ascending order; for the writer. */
    int[] toArray() {
        if (store instanceof int[] list) {
            return Arrays.copyOf(list, count);
        }
        int[] members = new int[count];
        int size = 0;
        long[] bits = (long[]) store;
        for (int w = 0; w < bits.length; w++) {
            for (long rest = bits[w]; rest != 0; rest &= rest - 1) {
                members[size++] = (w << 6) + Long.numberOfTrailingZeros(rest);
            }
        }
        return members;
    }

    /** This set with slot s renamed to {@code renamed[s]}, without those renamed to -1; for the writer. */
    SlotSet rename(int[] renamed) {
        SlotSet result = new SlotSet();
        for (int slot : toArray()) {
            if (renamed[slot] >= 0) {
                result.add(renamed[slot]);
            }
        }
        return result;
    }

    void save(BinaryWriter out) {
        saveSlots(toArray(), count, out);
    }

    static SlotSet load(BinaryReader in, int slots) {
        SlotSet result = new SlotSet();
        for (int slot : loadSlots(in, slots)) {
            result.add(slot);
        }
        return result;
    }

    /** Writes ascending slots: their number, and the gap before each. */
    static void saveSlots(int[] slots, int count, BinaryWriter out) {
        out.writeVarInt(count);
        int expected = 0;
        for (int i = 0; i < count; i++) {
            out.writeVarInt(slots[i] - expected);
            expected = slots[i] + 1;
        }
    }

    /** Ascending slots below {@code limit}. */
    static int[] loadSlots(BinaryReader in, int limit) {
        int[] slots = new int[in.readCount(1)];
        int expected = 0;
        for (int i = 0; i < slots.length; i++) {
            int gap = in.readVarInt();
            if (gap >= limit - expected) {
                throw in.damaged("a slot at or above " + limit);
            }
            slots[i] = expected + gap;
            expected = slots[i] + 1;
        }
        return slots;
    }
}
