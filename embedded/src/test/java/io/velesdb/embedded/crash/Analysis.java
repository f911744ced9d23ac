package io.velesdb.embedded.crash;

import io.velesdb.CollectionStatistics;
import io.velesdb.FieldStatistics;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What {@code ANALYZE} must have found: the values of each field, counted one by one. Immutable.
 *
 * @param seconds when, at the earliest
 * @param rows how many there were
 * @param vectors how many of them had a vector
 * @param dimension of the vectors
 * @param fields by path, names with dots between them
 */
record Analysis(long seconds, long rows, long vectors, int dimension, Map<String, Field> fields) {
    private static final int LONGEST_STRING = 256;

    /**
     * One field.
     *
     * @param present rows that have it, whatever the value
     * @param nulls rows in which it is null
     * @param counts rows by value, booleans, numbers and strings
     * @param bytes of these values together
     */
    record Field(long present, long nulls, NavigableMap<Value, Long> counts, long bytes) {
        private static final Field NONE = new Field(0, 0, new TreeMap<>(Value::compare), 0);

        Field with(Value value) {
            boolean isNull = value instanceof Value.Null;
            if (isNull || value instanceof Obj || value instanceof Arr) {
                return new Field(present + 1, isNull ? nulls + 1 : nulls, counts, bytes);
            }
            NavigableMap<Value, Long> more = new TreeMap<>(counts);
            more.merge(cut(value), 1L, Long::sum);
            return new Field(present + 1, nulls, more, bytes + size(value));
        }

        private static Value cut(Value value) {
            return value instanceof Value.Str string && string.text().length() > LONGEST_STRING
                    ? Value.of(string.text().substring(0, LONGEST_STRING))
                    : value;
        }

        private static long size(Value value) {
            return value instanceof Value.Str string
                    ? string.text().getBytes(StandardCharsets.UTF_8).length
                    : value instanceof Value.Num ? Double.BYTES : 1;
        }

        private String differenceFrom(FieldStatistics found, long rows) {
            Value least = counts.isEmpty() ? null : counts.firstKey();
            Value greatest = counts.isEmpty() ? null : counts.lastKey();
            long valued = sum(counts);
            String difference = same("null or missing", found.nullCount(), rows - present + nulls);
            difference = difference != null ? difference : same("distinct", found.distinctCount(), counts.size());
            difference = difference != null ? difference : same("least", found.least(), least);
            difference = difference != null ? difference : same("greatest", found.greatest(), greatest);
            difference = difference != null ? difference : same("with a value", found.rows(), valued);
            double average = valued == 0 ? 0 : (double) bytes / valued;
            difference = difference != null ? difference : same("mean size", found.averageBytes(), average);
            return difference != null ? difference : ofHistogram(found);
        }

        /** Each bucket counts what lies in it, and they come in ascending order. */
        private String ofHistogram(FieldStatistics found) {
            FieldStatistics.Bucket before = null;
            for (FieldStatistics.Bucket bucket : found.histogram()) {
                Map<Value, Long> within = counts.subMap(bucket.least(), true, bucket.greatest(), true);
                boolean ascends = before == null || Value.compare(before.greatest(), bucket.least()) < 0;
                if (!ascends || bucket.distinct() != within.size() || bucket.rows() != sum(within)) {
                    return "bucket " + bucket + ", expected " + within;
                }
                before = bucket;
            }
            return null;
        }

        private static long sum(Map<Value, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The analysis of the rows of a collection, none of them expired. */
    static Analysis of(State.Rows rows, long seconds) {
        Map<String, Field> fields = new TreeMap<>();
        long vectors = 0;
        for (State.Row row : rows.rows().values()) {
            vectors += row.vector() == null ? 0 : 1;
            if (row.payload() != null) {
                add(row.payload(), "", fields);
            }
        }
        return new Analysis(seconds, rows.rows().size(), vectors, rows.schema().dimension(), fields);
    }

    private static void add(Obj object, String prefix, Map<String, Field> fields) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            // by itself it is the id of the row
            String path = prefix.isEmpty() && name.equals("id") ? "payload.id" : prefix + name;
            Value value = object.value(i);
            fields.put(path, fields.getOrDefault(path, Field.NONE).with(value));
            if (value instanceof Obj inner) {
                add(inner, path + ".", fields);
            }
        }
    }

    /**
     * Says how statistics differ from this; null when they do not. How many dead versions there were and how many bytes the
     * payloads took is not known here.
     */
    String differenceFrom(CollectionStatistics found) {
        String difference = same("rows", found.rowCount(), rows);
        difference = difference != null
                ? difference
                : same("bytes of vectors", found.vectorBytes(), vectors * dimension * Float.BYTES);
        if (difference == null && found.analyzedAtMillis() / 1_000 < seconds) {
            difference = "of " + found.analyzedAtMillis() + " milliseconds, expected those of second " + seconds;
        }
        difference =
                difference != null ? difference : same("fields", found.fields().keySet(), fields.keySet());
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            if (difference != null) {
                break;
            }
            String ofField = field.getValue().differenceFrom(found.fields().get(field.getKey()), rows);
            difference = ofField == null ? null : "field " + field.getKey() + ", " + ofField;
        }
        return difference;
    }

    private static String same(String what, Object found, Object expected) {
        boolean same = found instanceof Integer || found instanceof Long
                ? ((Number) found).longValue() == ((Number) expected).longValue()
                : found instanceof Value value && expected instanceof Value other
                        ? Value.compare(value, other) == 0
                        : Objects.equals(found, expected);
        return same ? null : what + ": " + found + ", expected " + expected;
    }
}
