package io.velesdb.index.column;

import io.velesdb.FieldStatistics;
import io.velesdb.filter.FieldPath;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one field over some rows. Values that the column keeps are counted; strings of which it keeps only a
 * hash, and numbers without a key, are read from at most {@value #MOST_READ} rows, spread evenly. The histogram has
 * buckets of about as many rows each (Piatetsky-Shapiro and Connell 1984).
 */
final class FieldAnalysis {
    private static final int MOST_READ = 20_000;
    private static final int LONGEST_STRING = 256;
    private static final int ROWS_BETWEEN_CHECKS = 256;

    private final Column column;
    private final FieldPath path;
    private final ColumnIndex.RowReader rows;
    private final long[] words;
    private final int slots;
    private final Cancellation cancellation;

    /** Rows by value: what the column keeps by value, and what was read. */
    private final TreeMap<Value, Long> counts = new TreeMap<>(Value::compare);

    private long sizes;
    private long sized;

    FieldAnalysis(
            Column column,
            FieldPath path,
            ColumnIndex.RowReader rows,
            long[] words,
            int slots,
            Cancellation cancellation) {
        this.column = column;
        this.path = path;
        this.rows = rows;
        this.words = words;
        this.slots = slots;
        this.cancellation = cancellation;
    }

    /** Null when none of the rows has the field. */
    @Nullable
    FieldStatistics run() {
        int all = Bits.count(words, slots);
        int present = count(column.present);
        if (present == 0) {
            return null;
        }
        NumberRows keyed = column.numbers();
        int nulls = addEntries(keyed != null);
        cancellation.check();
        long unread = read();
        long[] keys = keyed == null ? new long[0] : keyed.store().keysOf(words, slots);
        Arrays.sort(keys);
        sizes += 8L * keys.length;
        sized += keys.length;
        NumberKeys encoding = keyed == null ? NumberKeys.LONG : keyed.store().encoding();

        long total = keys.length;
        for (long count : counts.values()) {
            total += count;
        }
        Buckets buckets = new Buckets(total);
        int next = 0;
        for (Map.Entry<Value, Long> entry : counts.entrySet()) {
            while (next < keys.length && Value.compare(encoding.number(keys[next]), entry.getKey()) < 0) {
                next = addRun(buckets, keys, next, encoding);
            }
            buckets.add(entry.getKey(), entry.getValue());
        }
        while (next < keys.length) {
            next = addRun(buckets, keys, next, encoding);
        }
        return new FieldStatistics(
                (long) all - present + nulls,
                buckets.distinct + unread,
                buckets.least,
                buckets.greatest,
                sized == 0 ? 0 : (double) sizes / sized,
                buckets.finish());
    }

    private static int addRun(Buckets buckets, long[] keys, int from, NumberKeys encoding) {
        int to = from + 1;
        while (to < keys.length && keys[to] == keys[from]) {
            to++;
        }
        buckets.add(encoding.number(keys[from]), to - from);
        return to;
    }

    /** Counts the values of the dictionary; returns the nulls. */
    private int addEntries(boolean withoutNumbers) {
        int nulls = 0;
        for (Dictionary.Entry entry : column.scalars.entries()) {
            if (entry == null || withoutNumbers && entry.value() instanceof Value.Num) {
                continue;
            }
            int count = count(entry.slots());
            if (entry.value() instanceof Value.Null) {
                nulls = count;
            } else if (count > 0) {
                add(entry.value(), count);
            }
        }
        return nulls;
    }

    /** Reads the values that only payloads have; returns how many distinct strings there are beyond those read. */
    private long read() {
        long[] unkept = new long[Bits.words(slots)];
        column.strings.store().addAllTo(unkept, slots);
        column.otherNumbers.addTo(unkept, slots);
        Bits.and(unkept, words, slots);
        int count = Bits.count(unkept, slots);
        int stride = (count + MOST_READ - 1) / MOST_READ;
        int at = 0;
        int before = counts.size();
        for (int w = 0; w < unkept.length; w++) {
            for (long rest = unkept[w]; rest != 0; rest &= rest - 1) {
                if (at++ % stride != 0) {
                    continue;
                }
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                Value value = path.resolve(rows.id(slot), rows.payload(slot));
                if (value instanceof Value.Str || value instanceof Value.Num) {
                    add(value, stride);
                }
                if (at % ROWS_BETWEEN_CHECKS == 0) {
                    cancellation.check();
                }
            }
        }
        if (stride <= 1) {
            return 0;
        }
        // of a sample, the hashes of all tell how many more there are
        int distinct = column.strings.store().distinct(words, slots);
        return Math.max(0, distinct - (counts.size() - before));
    }

    private void add(Value value, long count) {
        counts.merge(cut(value), count, Long::sum);
        sizes += count * size(value);
        sized += count;
    }

    private static Value cut(Value value) {
        if (value instanceof Value.Str string && string.text().length() > LONGEST_STRING) {
            boolean splits = Character.isHighSurrogate(string.text().charAt(LONGEST_STRING - 1));
            return new Value.Str(string.text().substring(0, splits ? LONGEST_STRING - 1 : LONGEST_STRING));
        }
        return value;
    }

    private static long size(Value value) {
        if (value instanceof Value.Str string) {
            long bytes = 0;
            String text = string.text();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                // each half of a pair stands for two of the four bytes
                bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
            return bytes;
        }
        return value instanceof Value.Num ? 8 : 1;
    }

    private int count(SlotSet set) {
        return set.countIn(words, slots);
    }

    /** Takes values in ascending order. */
    private static final class Buckets {
        private final List<FieldStatistics.Bucket> closed = new ArrayList<>();
        private final long total;
        private long distinct;
        private long seen;
        private @Nullable Value least;
        private @Nullable Value greatest;
        private @Nullable Value first;
        private long rows;
        private long values;

        Buckets(long total) {
            this.total = total;
        }

        void add(Value value, long count) {
            least = least == null ? value : least;
            first = first == null ? value : first;
            greatest = value;
            distinct++;
            values++;
            rows += count;
            seen += count;
            // the bucket ends where its share of all rows does, so that there are never more than so many
            if (seen * FieldStatistics.MAX_BUCKETS >= total * (closed.size() + 1L)) {
                close();
            }
        }

        private void close() {
            Value from = first;
            Value to = greatest;
            if (from != null && to != null) {
                closed.add(new FieldStatistics.Bucket(from, to, rows, values));
            }
            first = null;
            rows = 0;
            values = 0;
        }

        List<FieldStatistics.Bucket> finish() {
            close();
            return closed;
        }
    }
}
