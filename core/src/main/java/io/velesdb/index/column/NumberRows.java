package io.velesdb.index.column;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All numbers of a field that has many distinct ones: a key per row, in slot order. Concurrency as in {@link SlotSet}: a
 * reader takes one {@link Store} and asks it about slots that were published to it.
 */
final class NumberRows {
    private volatile Store store = new Store(NumberKeys.LONG, new int[0], new long[0]);
    private int count;

    Store store() {
        return store;
    }

    int count() {
        return count;
    }

    /** Adds the number of a slot above all earlier ones; false when no encoding holds it and all earlier ones. */
    boolean add(int slot, Value.Num number) {
        Store current = store;
        if (!current.encoding.holds(number)) {
            Store converted = current.encoding == NumberKeys.LONG ? toDoubles(current) : null;
            if (converted == null || !NumberKeys.DOUBLE.holds(number)) {
                return false;
            }
            current = converted;
        }
        add(current, slot, current.encoding.key(number));
        return true;
    }

    private void add(Store to, int slot, long key) {
        Store current = to;
        if (count == current.slots.length) {
            int capacity = Math.max(16, count + (count >>> 1));
            int[] slots = Arrays.copyOf(current.slots, capacity);
            Arrays.fill(slots, count, capacity, Integer.MAX_VALUE);
            current = new Store(current.encoding, slots, Arrays.copyOf(current.keys, capacity));
        }
        current.keys[count] = key;
        current.slots[count] = slot;
        count++;
        if (current != store) {
            store = current;
        }
    }

    private @Nullable Store toDoubles(Store longs) {
        long[] keys = new long[longs.keys.length];
        for (int i = 0; i < count; i++) {
            Value.Num number = new Value.Int(longs.keys[i]);
            if (!NumberKeys.DOUBLE.holds(number)) {
                return null;
            }
            keys[i] = NumberKeys.DOUBLE.key(number);
        }
        return new Store(NumberKeys.DOUBLE, Arrays.copyOf(longs.slots, longs.slots.length), keys);
    }

    NumberRows rename(int[] renamed) {
        NumberRows result = new NumberRows();
        Store from = store;
        result.store = new Store(from.encoding, new int[0], new long[0]);
        for (int i = 0; i < count; i++) {
            int slot = renamed[from.slots[i]];
            if (slot >= 0) {
                result.add(result.store, slot, from.keys[i]);
            }
        }
        return result;
    }

    void save(BinaryWriter out) {
        out.writeBoolean(store.encoding == NumberKeys.DOUBLE);
        SlotSet.saveSlots(store.slots, count, out);
        out.writeLongs(store.keys, 0, count);
    }

    static NumberRows load(BinaryReader in, int limit) {
        NumberRows result = new NumberRows();
        NumberKeys encoding = in.readBoolean() ? NumberKeys.DOUBLE : NumberKeys.LONG;
        int[] slots = SlotSet.loadSlots(in, limit);
        result.count = slots.length;
        result.store = new Store(encoding, slots, in.readLongs(slots.length));
        return result;
    }

    /** Slots and keys side by side; free places of {@code slots} hold {@link Integer#MAX_VALUE}. */
    static final class Store {
        private final NumberKeys encoding;
        private final int[] slots;
        private final long[] keys;

        private Store(NumberKeys encoding, int[] slots, long[] keys) {
            this.encoding = encoding;
            this.slots = slots;
            this.keys = keys;
        }

        /** What the ranges of the other methods are made with. */
        NumberKeys encoding() {
            return encoding;
        }

        /** Sets the bits of the slots below {@code limit} whose key lies in one of the ranges. */
        void addTo(long[] words, int limit, long[] ranges) {
            boolean everySlot = limit > 0 && slots.length >= limit && slots[limit - 1] == limit - 1;
            for (int r = 0; r < ranges.length; r += 2) {
                if (everySlot) {
                    addDense(words, limit, ranges[r], ranges[r + 1]);
                } else {
                    addSparse(words, limit, ranges[r], ranges[r + 1]);
                }
            }
        }

        private void addSparse(long[] words, int limit, long first, long last) {
            for (int i = 0; i < slots.length && slots[i] < limit; i++) {
                if (keys[i] >= first && keys[i] <= last) {
                    words[slots[i] >>> 6] |= 1L << slots[i];
                }
            }
        }

        private void addDense(long[] words, int limit, long first, long last) {
            long span = last - first;
            for (int from = 0; from < limit; from += 64) {
                int n = Math.min(64, limit - from);
                long word = 0;
                for (int i = 0; i < n; i++) {
                    // The sign bit of beyond <= span, unsigned, without a branch that random keys would mislead.
                    long beyond = keys[from + i] - first;
                    long inside = (~beyond | span) & (beyond ^ span | ~(span - beyond));
                    word |= inside >>> 63 << i;
                }
                words[from >>> 6] |= word;
            }
        }

        /** The keys of the slots below {@code limit} that have their bit set, in slot order. */
        long[] keysOf(long[] words, int limit) {
            long[] found = new long[slots.length];
            int count = 0;
            for (int i = 0; i < slots.length && slots[i] < limit; i++) {
                if ((words[slots[i] >>> 6] >>> slots[i] & 1) != 0) {
                    found[count++] = keys[i];
                }
            }
            return Arrays.copyOf(found, count);
        }

        /** The least and the greatest key; null when there is none. */
        long @Nullable [] range() {
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (int i = 0; i < slots.length && slots[i] != Integer.MAX_VALUE; i++) {
                least = Math.min(least, keys[i]);
                greatest = Math.max(greatest, keys[i]);
            }
            return least > greatest ? null : new long[] {least, greatest};
        }

        /** The number of a slot; null when it has none here. */
        Value.@Nullable Num number(int slot) {
            int at = place(slot);
            return at < 0 ? null : encoding.number(keys[at]);
        }

        /** Where the key of a slot stands; negative when it has none. */
        int place(int slot) {
            return slot < slots.length && slots[slot] == slot ? slot : Arrays.binarySearch(slots, slot);
        }

        /** The key at a place. */
        long key(int place) {
            return keys[place];
        }

        /** Whether the slot has a key in one of the ranges. */
        boolean contains(int slot, long[] ranges) {
            if (ranges.length == 0) {
                return false;
            }
            int at = place(slot);
            if (at < 0) {
                return false;
            }
            for (int r = 0; r < ranges.length; r += 2) {
                if (keys[at] >= ranges[r] && keys[at] <= ranges[r + 1]) {
                    return true;
                }
            }
            return false;
        }
    }
}
