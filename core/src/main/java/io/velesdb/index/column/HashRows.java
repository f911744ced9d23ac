package io.velesdb.index.column;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;

/**
 * The strings of a field that are too long or too many to keep: a hash per row, in slot order. It finds the few rows that
 * may hold a string; whether they do is read from the payload. Concurrency as in {@link SlotSet}.
 */
final class HashRows {
    private volatile Store store = new Store(new int[0], new int[0]);
    private int count;

    int count() {
        return count;
    }

    Store store() {
        return store;
    }

    /** The same on every platform: {@link String#hashCode} is fixed by its specification. */
    static int hash(String text) {
        return text.hashCode();
    }

    /** Adds the hash of the string of a slot above all earlier ones. */
    void add(int slot, int hash) {
        Store current = store;
        if (count == current.slots.length) {
            int capacity = Math.max(16, count + (count >>> 1));
            int[] slots = Arrays.copyOf(current.slots, capacity);
            Arrays.fill(slots, count, capacity, Integer.MAX_VALUE);
            current = new Store(slots, Arrays.copyOf(current.hashes, capacity));
        }
        current.hashes[count] = hash;
        current.slots[count] = slot;
        count++;
        if (current != store) {
            store = current;
        }
    }

    HashRows rename(int[] renamed) {
        HashRows result = new HashRows();
        Store from = store;
        for (int i = 0; i < count; i++) {
            if (renamed[from.slots[i]] >= 0) {
                result.add(renamed[from.slots[i]], from.hashes[i]);
            }
        }
        return result;
    }

    void save(BinaryWriter out) {
        SlotSet.saveSlots(store.slots, count, out);
        out.writeInts(store.hashes, 0, count);
    }

    static HashRows load(BinaryReader in, int limit) {
        HashRows result = new HashRows();
        int[] slots = SlotSet.loadSlots(in, limit);
        result.count = slots.length;
        result.store = new Store(slots, in.readInts(slots.length));
        return result;
    }

    /** Slots and hashes side by side; free places of {@code slots} hold {@link Integer#MAX_VALUE}. */
    static final class Store {
        private final int[] slots;
        private final int[] hashes;

        private Store(int[] slots, int[] hashes) {
            this.slots = slots;
            this.hashes = hashes;
        }

        /** Sets the bits of the slots below {@code limit} with one of the hashes. */
        void addTo(long[] words, int limit, int[] wanted) {
            for (int hash : wanted) {
                for (int i = 0; i < slots.length; i++) {
                    if (hashes[i] == hash && slots[i] < limit) {
                        words[slots[i] >>> 6] |= 1L << slots[i];
                    }
                }
            }
        }

        /** Sets the bits of all slots below {@code limit}. */
        void addAllTo(long[] words, int limit) {
            for (int i = 0; i < slots.length && slots[i] < limit; i++) {
                words[slots[i] >>> 6] |= 1L << slots[i];
            }
        }

        /** Sets the bits of the slots in [from, limit). */
        void addRangeTo(long[] words, int from, int limit) {
            int at = Arrays.binarySearch(slots, from);
            for (int i = at < 0 ? -at - 1 : at; i < slots.length && slots[i] < limit; i++) {
                words[slots[i] >>> 6] |= 1L << slots[i];
            }
        }

        /** How many different hashes the slots below {@code limit} have whose bit is set. */
        int distinct(long[] words, int limit) {
            int[] found = new int[slots.length];
            int count = 0;
            for (int i = 0; i < slots.length && slots[i] < limit; i++) {
                if ((words[slots[i] >>> 6] >>> slots[i] & 1) != 0) {
                    found[count++] = hashes[i];
                }
            }
            Arrays.sort(found, 0, count);
            int distinct = 0;
            for (int i = 0; i < count; i++) {
                distinct += i == 0 || found[i] != found[i - 1] ? 1 : 0;
            }
            return distinct;
        }

        boolean contains(int slot) {
            return place(slot) >= 0;
        }

        /** Whether the slot has one of the hashes. */
        boolean contains(int slot, int[] wanted) {
            int at = place(slot);
            if (at >= 0) {
                for (int hash : wanted) {
                    if (hashes[at] == hash) {
                        return true;
                    }
                }
            }
            return false;
        }

        private int place(int slot) {
            return slot < slots.length && slots[slot] == slot ? slot : Arrays.binarySearch(slots, slot);
        }
    }
}
