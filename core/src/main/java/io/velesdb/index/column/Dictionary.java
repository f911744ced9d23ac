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

    /** A value may be new as long as there are fewer numbers than this, or than one per this many rows. */
    private static final int NUMBERS = 1024;

    private static final int ROWS_PER_NUMBER = 64;
    private static final int STRINGS = 4096;
    private static final int ROWS_PER_STRING = 4;

    /** The longest string kept, in UTF-16 units. */
    private static final int LONGEST_STRING = 64;

    private final ConcurrentHashMap<Value, Entry> byValue = new ConcurrentHashMap<>();

    /** By number; free places are null. */
    private volatile @Nullable Entry[] entries = NONE;

    private int size;
    private boolean numbersClosed;
    private boolean stringsClosed;

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

    /**
     * The entry of a value of the row in {@code slot}, made when the value is new; null when it is not to be kept here.
     * Once there were too many distinct numbers or strings, none that is new is kept any more: a field that was once
     * found to be of that kind does not change its ways.
     */
    @Nullable
    Entry findOrAdd(Value value, int slot) {
        boolean tooLong = value instanceof Value.Str s && s.text().length() > LONGEST_STRING;
        Entry found = tooLong ? null : byValue.get(value);
        if (found != null || tooLong || !admits(value, slot)) {
            return found;
        }
        return add(value, new SlotSet());
    }

    private boolean admits(Value value, int slot) {
        if (value instanceof Value.Num) {
            numbersClosed |= size >= Math.max(NUMBERS, slot / ROWS_PER_NUMBER);
            return !numbersClosed;
        }
        if (value instanceof Value.Str) {
            stringsClosed |= size >= Math.max(STRINGS, slot / ROWS_PER_STRING);
            return !stringsClosed;
        }
        return value instanceof Value.Bool || value instanceof Value.Null;
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
        return entry;
    }

    /** With slot s renamed to {@code renamed[s]}; values that no row has any more are dropped. */
    Dictionary rename(int[] renamed) {
        Dictionary result = new Dictionary();
        result.numbersClosed = numbersClosed;
        result.stringsClosed = stringsClosed;
        for (Entry entry : entries) {
            if (entry != null) {
                SlotSet slots = entry.slots().rename(renamed);
                if (slots.count() > 0) {
                    result.add(entry.value(), slots);
                }
            }
        }
        return result;
    }

    void save(BinaryWriter out) {
        out.writeBoolean(numbersClosed).writeBoolean(stringsClosed).writeVarInt(size);
        for (Entry entry : entries) {
            if (entry != null) {
                Scalars.write(entry.value(), out);
                entry.slots().save(out);
            }
        }
    }

    static Dictionary load(BinaryReader in, int slots) {
        Dictionary result = new Dictionary();
        result.numbersClosed = in.readBoolean();
        result.stringsClosed = in.readBoolean();
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
