package io.velesdb.query.exec.step;

import io.velesdb.index.column.FieldKeys;
import io.velesdb.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the distinct values of a field, or combinations of values of several, from 0 on in the order in which they come.
 * Equal values of different columns have one number. The keys of groups and of joins.
 */
public final class KeyNumbers {
    /** The number of no key. */
    static final int NONE = -1;

    /** What is known of a code: nothing, that it has no number, or its number plus {@link #KNOWN}. */
    private static final int UNKNOWN = 0;

    private static final int WITHOUT = 1;
    private static final int KNOWN = 2;

    private final boolean nulls;
    private final Values[] values;
    private final LongNumbers[] pairs;

    /**
     * @param fields of a key
     * @param nulls whether a null or missing value is one as any other; else its row has no key
     */
    public KeyNumbers(int fields, boolean nulls) {
        this.nulls = nulls;
        values = new Values[fields];
        pairs = new LongNumbers[fields];
        for (int i = 0; i < fields; i++) {
            values[i] = new Values();
            pairs[i] = new LongNumbers();
        }
    }

    /** How many keys have a number. */
    public int size() {
        return values.length == 1 ? values[0].size : pairs[values.length - 1].size();
    }

    /**
     * Reads the keys of rows.
     *
     * @param fields as many as a key has
     * @param adds whether keys without a number get one
     */
    public Reader reader(List<FieldKeys> fields, boolean adds) {
        return new Reader(fields, adds);
    }

    /**
     * Makes room for the keys of rows that are going to be read, the first.
     *
     * @param fields theirs
     */
    public void expect(int rows, List<FieldKeys> fields) {
        for (int i = 0; i < values.length; i++) {
            long[] range = fields.get(i).wholeRange();
            if (range != null) {
                values[i].wholes.expect(rows, range[0], range[1]);
            }
        }
    }

    /** The values of one field. */
    private static final class Values {
        final LongNumbers wholes = new LongNumbers();
        final Map<Value, Integer> others = new HashMap<>();
        int size;

        int ofWhole(long whole, boolean adds) {
            if (!adds) {
                return wholes.find(whole);
            }
            int number = wholes.findOrAdd(whole, size);
            size = wholes.size() + others.size();
            return number;
        }

        int of(Value value, boolean adds) {
            Long whole = value instanceof Value.Num number ? FieldKeys.wholeOf(number) : null;
            if (whole != null) {
                return ofWhole(whole, adds);
            }
            Integer known = others.get(value);
            if (known != null || !adds) {
                return known == null ? NONE : known;
            }
            int number = size++;
            others.put(value, number);
            return number;
        }
    }

    /** The keys of the rows of one collection. */
    public final class Reader {
        private final FieldKeys[] fields;
        private final int[][] byCode;
        private final boolean adds;

        private Reader(List<FieldKeys> fields, boolean adds) {
            this.fields = fields.toArray(FieldKeys[]::new);
            this.adds = adds;
            byCode = new int[fields.size()][];
            for (int i = 0; i < byCode.length; i++) {
                byCode[i] = new int[this.fields[i].codes()];
            }
        }

        /** The number of the key of a row, or {@link #NONE}. */
        public int number(int slot) {
            int number = value(0, slot);
            for (int i = 1; i < fields.length && number != NONE; i++) {
                int value = value(i, slot);
                if (value == NONE) {
                    return NONE;
                }
                long pair = (long) number << 32 | value;
                number = adds ? pairs[i].findOrAdd(pair, pairs[i].size()) : pairs[i].find(pair);
            }
            return number;
        }

        private int value(int field, int slot) {
            FieldKeys keys = fields[field];
            int code = keys.code(slot);
            if (code > 0) {
                int known = byCode[field][code];
                if (known == UNKNOWN) {
                    int number = of(field, keys.ofCode(code));
                    known = number == NONE ? WITHOUT : number + KNOWN;
                    byCode[field][code] = known;
                }
                return known == WITHOUT ? NONE : known - KNOWN;
            }
            int place = keys.wholePlace(slot);
            if (place >= 0) {
                return values[field].ofWhole(keys.wholeAt(place), adds);
            }
            Value value = keys.key(slot);
            return of(field, value == null ? Value.NULL : value);
        }

        private int of(int field, Value value) {
            return value instanceof Value.Null && !nulls ? NONE : values[field].of(value, adds);
        }
    }
}
