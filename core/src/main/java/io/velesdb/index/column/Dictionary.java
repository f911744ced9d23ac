package io.velesdb.index.column;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Value;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a field, or of the elements of its arrays, each with the slots that have it. Values are told
 * apart as filters do: {@code 1} and {@code 1.0} are one. One writer, any number of readers.
 */
final class Dictionary {
    /** A distinct value and the slots that have it. */
    record Entry(int number, Value value, SlotSet slots) {}

    private static final Entry[] NONE = {};

    /** So many values are kept in any case; more are as long as each stands for several slots on average. */
    private static final int ALWAYS = 4096;

    private static final int SLOTS_PER_VALUE = 4;

    /** The longest string kept, in UTF-16 units. */
    private static final int LONGEST_STRING = 64;

    private final ConcurrentHashMap<Value, Entry> byValue = new ConcurrentHashMap<>();

    /** By number; free places are null. */
    private volatile @Nullable Entry[] entries = NONE;

    private int size;
    private long known;

    /** The entry of a value, or null when no row has it. */
    @Nullable
    Entry find(Value value) {
        return byValue.get(value);
    }

    /** All entries, with null in free places. */
    @Nullable
    Entry[] entries() {
        return entries;
    }

    int size() {
        return size;
    }

    /** Adds a slot to a value; false when the value is not kept here: too long, or one too many that hardly repeats. */
    boolean add(int slot, Value value) {
        Entry entry = findOrAdd(value);
        if (entry == null) {
            return false;
        }
        if (entry.slots().last() != slot) {
            entry.slots().add(slot);
            known++;
        }
        return true;
    }

    private @Nullable Entry findOrAdd(Value value) {
        if (value instanceof Value.Str text && text.text().length() > LONGEST_STRING) {
            return null;
        }
        Entry found = byValue.get(value);
        if (found != null) {
            return found;
        }
        boolean keeps = value instanceof Value.Num || value instanceof Value.Str
                ? size < ALWAYS || repeats(SLOTS_PER_VALUE)
                : value instanceof Value.Bool || value instanceof Value.Null;
        return keeps ? add(value, new SlotSet()) : null;
    }

    /** Whether each value stands for at least so many slots on average. */
    boolean repeats(int slotsPerValue) {
        return (long) size * slotsPerValue <= known;
    }

    private Entry add(Value value, SlotSet slots) {
        Entry entry = new Entry(size, value, slots);
        @Nullable Entry[] all = entries;
        if (size == all.length) {
            all = Arrays.copyOf(all, Math.max(4, 2 * size));
        }
        all[size++] = entry;
        entries = all;
        byValue.put(value, entry);
        known += slots.count();
        return entry;
    }

    /** With slot s renamed to {@code renamed[s]}; values that no row has any more are dropped. */
    Dictionary rename(int[] renamed, boolean numbersToo) {
        Dictionary result = new Dictionary();
        for (Entry entry : entries) {
            if (entry != null && (numbersToo || !(entry.value() instanceof Value.Num))) {
                SlotSet slots = entry.slots().rename(renamed);
                if (slots.count() > 0) {
                    result.add(entry.value(), slots);
                }
            }
        }
        return result;
    }

    void save(BinaryWriter out, boolean numbersToo) {
        int count = 0;
        for (Entry entry : entries) {
            count += entry != null && (numbersToo || !(entry.value() instanceof Value.Num)) ? 1 : 0;
        }
        out.writeVarInt(count);
        for (Entry entry : entries) {
            if (entry != null && (numbersToo || !(entry.value() instanceof Value.Num))) {
                Scalars.write(entry.value(), out);
                entry.slots().save(out);
            }
        }
    }

    static Dictionary load(BinaryReader in, int slots) {
        Dictionary result = new Dictionary();
        int size = in.readCount(2);
        for (int i = 0; i < size; i++) {
            Value value = Scalars.read(in);
            if (result.find(value) != null) {
                throw in.damaged("value " + value + " stands twice in a dictionary");
            }
            result.add(value, SlotSet.load(in, slots));
        }
        return result;
    }
}
