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
 * {@link #objects}. One writer, any number of readers, as in {@link SlotSet}.
 */
final class Column {
    private static final int FIRST_CODES = 64;

    /** Slots with any value, null included. */
    final SlotSet present;

    /** Nulls, booleans, and numbers and short strings while there are not too many distinct ones. */
    final Dictionary scalars;

    /** Numbers beyond those in {@link #scalars}. */
    final NumberRows numbers;

    /** Numbers that {@link #numbers} has no key for. */
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
                new NumberRows(),
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
            NumberRows numbers,
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

    int @Nullable [] codes() {
        return codes;
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
        Dictionary.Entry entry = scalars.findOrAdd(value, slot);
        if (entry != null) {
            entry.slots().add(slot);
            setCode(slot, entry.number() + 1);
        } else if (value instanceof Value.Str text) {
            strings.add(slot, HashRows.hash(text.text()));
        } else if (!(value instanceof Value.Num number && numbers.add(slot, number))) {
            otherNumbers.add(slot);
        }
    }

    private void addElements(int slot, Arr array) {
        boolean known = true;
        for (int i = 0; i < array.size(); i++) {
            Dictionary.Entry entry = elements.findOrAdd(array.get(i), slot);
            if (entry == null) {
                known = false;
            } else if (entry.slots().last() != slot) {
                entry.slots().add(slot);
            }
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
        Column result = new Column(
                present.rename(renamed),
                scalars.rename(renamed),
                numbers.rename(renamed),
                otherNumbers.rename(renamed),
                strings.rename(renamed),
                arrays.rename(renamed),
                elements.rename(renamed),
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
        scalars.save(out);
        numbers.save(out);
        otherNumbers.save(out);
        strings.save(out);
        arrays.save(out);
        elements.save(out);
        partlyKnownArrays.save(out);
        objects.save(out);
    }

    static Column load(BinaryReader in, int slots) {
        Column result = new Column(
                SlotSet.load(in, slots),
                Dictionary.load(in, slots),
                NumberRows.load(in, slots),
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
