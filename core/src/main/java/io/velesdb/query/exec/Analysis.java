package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.query.ast.Statement;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ANALYZE (section 19): one pass over the rows, figures per top-level field. Statistics never change results. */
final class Analysis {
    private static final int BUCKETS = 64;

    /** Distinct values that are counted exactly; from there on the figure is a lower bound and says so. */
    private static final int MOST_DISTINCT = 100_000;

    private static final class Field {
        long present;
        long bytes;
        boolean complete = true;
        final Map<Value, Long> counts = new HashMap<>();

        @Nullable
        Value least;

        @Nullable
        Value greatest;
    }

    private final String name;
    private final Execution execution;

    Analysis(Statement.Analyze analyze, Execution execution) {
        name = analyze.collection().text();
        this.execution = execution;
    }

    Obj run() {
        VisibleRows visible = execution.visible(name, AccessRequest.Kind.SELECT);
        CollectionSnapshot state = visible.state();
        TreeMap<String, Field> fields = new TreeMap<>();
        long payloadBytes = 0;
        Operator rows = new RowScan(RowSet.of(visible, null, execution), execution);
        for (List<Tuple> batch = rows.next(); batch != null; batch = rows.next()) {
            for (Tuple row : batch) {
                if (row.entity(0) instanceof RowEntity entity) {
                    payloadBytes += entity.payload().isEmpty() ? 0 : Json.writeUtf8(entity.payload()).length;
                    add(entity.payload(), fields);
                }
            }
        }
        long count = visible.count();
        long vectorBytes = (long) state.schema().dimension() * Float.BYTES;
        Obj.Builder columns = Obj.builder();
        fields.forEach((field, figures) -> columns.put(field, figures(field, figures, count)));
        return Obj.builder()
                .put("total_points", Value.of(count))
                .put("row_count", Value.of(count))
                .put("deleted_count", Value.of((long) state.slots() - state.rows()))
                .put("total_size_bytes", Value.of(payloadBytes + count * vectorBytes))
                .put("payload_size_bytes", Value.of(payloadBytes))
                .put("avg_row_size_bytes", Value.of(count == 0 ? 0 : (payloadBytes + count * vectorBytes) / count))
                .put("column_stats", columns.build())
                .build();
    }

    private static void add(Obj payload, Map<String, Field> fields) {
        for (int i = 0; i < payload.size(); i++) {
            Value value = payload.value(i);
            Field field = fields.computeIfAbsent(payload.name(i), n -> new Field());
            if (value instanceof Value.Null) {
                continue;
            }
            field.present++;
            field.bytes += value.toString().length();
            if (field.counts.size() < MOST_DISTINCT || field.counts.containsKey(value)) {
                field.counts.merge(value, 1L, Long::sum);
            } else {
                field.complete = false;
            }
            Value least = field.least;
            Value greatest = field.greatest;
            field.least = least == null || Value.compare(value, least) < 0 ? value : least;
            field.greatest = greatest == null || Value.compare(value, greatest) > 0 ? value : greatest;
        }
    }

    private static Obj figures(String name, Field field, long rows) {
        Obj.Builder figures = Obj.builder()
                .put("name", Value.of(name))
                .put("null_count", Value.of(rows - field.present))
                .put("distinct_count", Value.of((long) field.counts.size()))
                .put("distinct_count_exact", Value.of(field.complete))
                .put("avg_size_bytes", Value.of(field.present == 0 ? 0 : field.bytes / field.present));
        if (field.least != null && field.greatest != null) {
            figures.put("min_value", field.least).put("max_value", field.greatest);
        }
        return figures.put("histogram_buckets", histogram(field)).build();
    }

    /** Buckets of about as many rows each, in the order of the values. */
    private static Arr histogram(Field field) {
        List<Map.Entry<Value, Long>> ordered = new ArrayList<>(field.counts.entrySet());
        ordered.sort((a, b) -> {
            int order = Value.compare(a.getKey(), b.getKey());
            // arrays tie with arrays, objects with objects: their text decides
            return order != 0
                    ? order
                    : a.getKey().toString().compareTo(b.getKey().toString());
        });
        long total = 0;
        for (Map.Entry<Value, Long> entry : ordered) {
            total += entry.getValue();
        }
        long perBucket = Math.max(1, (total + BUCKETS - 1) / BUCKETS);
        List<Value> buckets = new ArrayList<>();
        int from = 0;
        long held = 0;
        for (int i = 0; i < ordered.size(); i++) {
            held += ordered.get(i).getValue();
            if (held >= perBucket || i == ordered.size() - 1) {
                buckets.add(Obj.builder()
                        .put("from", ordered.get(from).getKey())
                        .put("to", ordered.get(i).getKey())
                        .put("rows", Value.of(held))
                        .put("distinct", Value.of((long) i - from + 1))
                        .build());
                from = i + 1;
                held = 0;
            }
        }
        return Arr.of(buckets);
    }
}
