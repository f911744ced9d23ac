package io.velesdb.index.column;

import io.velesdb.value.Arr;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One field, over all slots that have it. Every slot of {@link #present} stands in exactly one more place, by the value it
 * has there: an entry of {@link #scalars}, {@link #numbers}, {@link #otherNumbers}, {@link #strings}, {@link #arrays} or
 * {@link #objects}. Once there are {@link #numbers}, the numbers left in {@link #scalars} mean nothing any more. One
 * writer, any number of readers, as in {@link SlotSet}.
 */
final class Column {
    private static final int FIRST_CODES = 64;

    /** Numbers move to {@link #numbers} when there are so many distinct ones, each for few slots on average. */
    private static final int DISTINCT_NUMBERS = 1024;

    private static final int SLOTS_PER_NUMBER = 64;

    /** Slots with any value, null included. */
    final SlotSet present;

    /** Nulls, booleans, and numbers and short strings while there are not too many distinct ones. */
    final Dictionary scalars;

    /** All numbers, from when there were too many distinct ones for {@link #scalars}; null before. */
    private volatile @Nullable NumberRows numbers;

    /** Numbers that {@link #numbers} has no key for; empty before there are those. */
    final SlotSet otherNumbers;

    /** Strings beyond those in {@link #scalars}. */
    final HashRows strings;

    final SlotSet arrays;

    /** The elements of arrays, each with the slots of the arrays that have it. */
    final Dictionary elements;

    /** Arrays with an element that is not in {@link #elements}. */
    final SlotSet partlyKnownArrays;

    final SlotSet objects;

    /**
     * For each slot the number of its entry in {@link #scalars} plus one, or 0: the way from a slot to its value. Kept
     * only while at least one slot in four has the field; null otherwise.
     */
    private volatile int @Nullable [] codes;

    Column() {
        this(
                new SlotSet(),
                new Dictionary(),
                null,
                new SlotSet(),
                new HashRows(),
                new SlotSet(),
                new Dictionary(),
                new SlotSet(),
                new SlotSet());
    }

    private Column(
            SlotSet present,
            Dictionary scalars,
            @Nullable NumberRows numbers,
            SlotSet otherNumbers,
            HashRows strings,
            SlotSet arrays,
            Dictionary elements,
            SlotSet partlyKnownArrays,
            SlotSet objects) {
        this.present = present;
        this.scalars = scalars;
        this.numbers = numbers;
        this.otherNumbers = otherNumbers;
        this.strings = strings;
        this.arrays = arrays;
        this.elements = elements;
        this.partlyKnownArrays = partlyKnownArrays;
        this.objects = objects;
    }

    @Nullable
    NumberRows numbers() {
        return numbers;
    }

    int @Nullable [] codes() {
        return codes;
    }

    /** About as many distinct values: those kept, and every row whose value is not. */
    long distinct() {
        NumberRows keys = numbers;
        return (long) scalars.size() + (keys == null ? 0 : keys.count()) + otherNumbers.count() + strings.count();
    }

    /** Adds the value of a slot above all earlier ones. */
    void add(int slot, Value value) {
        present.add(slot);
        if (present.count() >= FIRST_CODES && Integer.bitCount(present.count()) == 1) {
            reviewCodes(slot);
        }
        switch (value) {
            case Obj object -> objects.add(slot);
            case Arr array -> {
                arrays.add(slot);
                addElements(slot, array);
            }
            default -> addScalar(slot, value);
        }
    }

    private void addScalar(int slot, Value value) {
        NumberRows keys = value instanceof Value.Num number ? numbersFor(number) : null;
        if (keys != null) {
            if (!keys.add(slot, (Value.Num) value)) {
                otherNumbers.add(slot);
            }
        } else if (scalars.add(slot, value)) {
            Dictionary.Entry entry = scalars.find(value);
            if (entry != null) {
                setCode(slot, entry.number() + 1);
            }
        } else if (value instanceof Value.Str text) {
            strings.add(slot, HashRows.hash(text.text()));
        }
    }

    /** Where the number goes: null while numbers are few enough for {@link #scalars}. */
    private @Nullable NumberRows numbersFor(Value.Num number) {
        NumberRows keys = numbers;
        if (keys == null
                && scalars.size() >= DISTINCT_NUMBERS
                && !scalars.repeats(SLOTS_PER_NUMBER)
                && scalars.find(number) == null) {
            keys = moveNumbers();
        }
        return keys;
    }

    /** Gives every number a key. Readers that came before go on with the scalars, which keep what they had. */
    private NumberRows moveNumbers() {
        @Nullable Value[] bySlot = new Value[present.last() + 1];
        for (Dictionary.Entry entry : scalars.entries()) {
            if (entry != null && entry.value() instanceof Value.Num) {
                for (int slot : entry.slots().toArray()) {
                    bySlot[slot] = entry.value();
                }
            }
        }
        NumberRows keys = new NumberRows();
        for (int slot = 0; slot < bySlot.length; slot++) {
            if (bySlot[slot] instanceof Value.Num number && !keys.add(slot, number)) {
                otherNumbers.add(slot);
            }
        }
        numbers = keys;
        return keys;
    }

    private void addElements(int slot, Arr array) {
        boolean known = true;
        for (int i = 0; i < array.size(); i++) {
            known &= elements.add(slot, array.get(i));
        }
        if (!known) {
            partlyKnownArrays.add(slot);
        }
    }

    private void setCode(int slot, int code) {
        int[] current = codes;
        if (current == null) {
            return;
        }
        if (slot >= current.length) {
            current = Arrays.copyOf(current, slot + 1 + (slot >>> 1));
            current[slot] = code;
            codes = current;
        } else {
            current[slot] = code;
        }
    }

    /** Makes the codes when the field is dense, and drops them when it is not. */
    private void reviewCodes(int slot) {
        boolean dense = (long) present.count() * 4 > slot;
        if (!dense) {
            codes = null;
        } else if (codes == null) {
            int[] made = new int[slot + 1 + (slot >>> 1)];
            for (Dictionary.Entry entry : scalars.entries()) {
                if (entry != null) {
                    for (int member : entry.slots().toArray()) {
                        made[member] = entry.number() + 1;
                    }
                }
            }
            codes = made;
        }
    }

    /** With slot s renamed to {@code renamed[s]}, without those renamed to -1. */
    Column rename(int[] renamed) {
        NumberRows keys = numbers;
        Column result = new Column(
                present.rename(renamed),
                scalars.rename(renamed, keys == null),
                keys == null ? null : keys.rename(renamed),
                otherNumbers.rename(renamed),
                strings.rename(renamed),
                arrays.rename(renamed),
                elements.rename(renamed, true),
                partlyKnownArrays.rename(renamed),
                objects.rename(renamed));
        result.reviewCodesOfAll();
        return result;
    }

    private void reviewCodesOfAll() {
        if (present.count() >= FIRST_CODES) {
            reviewCodes(present.last());
        }
    }

    void save(BinaryWriter out) {
        present.save(out);
        NumberRows keys = numbers;
        scalars.save(out, keys == null);
        out.writeBoolean(keys != null);
        if (keys != null) {
            keys.save(out);
        }
        otherNumbers.save(out);
        strings.save(out);
        arrays.save(out);
        elements.save(out, true);
        partlyKnownArrays.save(out);
        objects.save(out);
    }

    static Column load(BinaryReader in, int slots) {
        Column result = new Column(
                SlotSet.load(in, slots),
                Dictionary.load(in, slots),
                in.readBoolean() ? NumberRows.load(in, slots) : null,
                SlotSet.load(in, slots),
                HashRows.load(in, slots),
                SlotSet.load(in, slots),
                Dictionary.load(in, slots),
                SlotSet.load(in, slots),
                SlotSet.load(in, slots));
        result.reviewCodesOfAll();
        return result;
    }
}
