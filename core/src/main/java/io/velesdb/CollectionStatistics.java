package io.velesdb;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ANALYZE} found in a collection: a picture of that moment, which stays until the next one. Plans are chosen
 * by it; answers never depend on it.
 *
 * @param rowCount points that were visible
 * @param deletedCount versions of points that were replaced, deleted or expired and not dropped yet
 * @param payloadBytes bytes of the stored payloads of those points, their sparse vectors included
 * @param vectorBytes bytes of their exact vectors
 * @param analyzedAtMillis when, in milliseconds since the Unix epoch
 * @param fields by path, in the order of the paths: names with dots between them, as {@link FieldPath#toString} writes them
 */
public record CollectionStatistics(
        long rowCount,
        long deletedCount,
        long payloadBytes,
        long vectorBytes,
        long analyzedAtMillis,
        Map<String, FieldStatistics> fields) {
    public CollectionStatistics {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** What is known of a field; null when no row had it. */
    public @Nullable FieldStatistics field(FieldPath path) {
        return fields.get(pathOf(path.members()).toString());
    }

    /** The path of a member of the payload whose names these are, whatever they are. */
    public static FieldPath pathOf(List<String> members) {
        String first = members.get(0);
        boolean ambiguous =
                first.equals("payload") || members.size() == 1 && (first.equals("id") || first.equals("vector"));
        if (!ambiguous) {
            return new FieldPath(members);
        }
        String[] names = new String[members.size() + 1];
        names[0] = "payload";
        for (int i = 0; i < members.size(); i++) {
            names[i + 1] = members.get(i);
        }
        return FieldPath.ofNames(names);
    }

    /** Mean bytes of a row: payload and vector; 0 without rows. */
    public long averageRowBytes() {
        return rowCount == 0 ? 0 : (payloadBytes + vectorBytes) / rowCount;
    }

    /** The statistics response of every surface, with what the indexes hold now. */
    public Obj toJson(List<IndexInfo> indexes) {
        Obj.Builder indexStats = Obj.builder();
        for (IndexInfo index : indexes) {
            IndexDefinition definition = index.definition();
            String name = (definition.label().isEmpty() ? "" : definition.label() + ".") + definition.field() + " ("
                    + definition.kind().canonicalName() + ")";
            indexStats.put(
                    name,
                    Obj.of(
                            "name",
                            name,
                            "index_type",
                            definition.kind().canonicalName(),
                            "entry_count",
                            index.entries(),
                            "depth",
                            1,
                            "size_bytes",
                            index.memoryBytes()));
        }
        return toJson().with("index_stats", indexStats.build());
    }

    /** As {@link #toJson(List)}, without the indexes. {@link #fromJson} reads it back. */
    public Obj toJson() {
        Obj.Builder columns = Obj.builder();
        for (Map.Entry<String, FieldStatistics> field : fields.entrySet()) {
            columns.put(field.getKey(), field.getValue().toJson(field.getKey()));
        }
        return Obj.of(
                "total_points", rowCount,
                "row_count", rowCount,
                "deleted_count", deletedCount,
                "total_size_bytes", payloadBytes + vectorBytes,
                "payload_size_bytes", payloadBytes,
                "avg_row_size_bytes", averageRowBytes(),
                "last_analyzed_epoch_ms", analyzedAtMillis,
                "column_stats", columns.build());
    }

    /**
     * Reads back what {@link #toJson()} wrote.
     *
     * @throws VelesException VELES-012 for anything else
     */
    public static CollectionStatistics fromJson(Value value) {
        if (!(value instanceof Obj json) || !(json.get("column_stats") instanceof Obj columns)) {
            throw damaged("column_stats");
        }
        TreeMap<String, FieldStatistics> fields = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!(columns.value(i) instanceof Obj field)) {
                throw damaged("column_stats");
            }
            fields.put(columns.name(i), FieldStatistics.fromJson(field));
        }
        long payload = count(json, "payload_size_bytes");
        long total = count(json, "total_size_bytes");
        if (total < payload) {
            throw damaged("total_size_bytes");
        }
        return new CollectionStatistics(
                count(json, "row_count"),
                count(json, "deleted_count"),
                payload,
                total - payload,
                json.get("last_analyzed_epoch_ms") instanceof Value.Int time ? time.value() : 0,
                fields);
    }

    static long count(Obj json, String name) {
        if (json.get(name) instanceof Value.Int count && count.value() >= 0) {
            return count.value();
        }
        throw damaged(name);
    }

    static VelesException damaged(String member) {
        return new VelesException(
                ErrorCode.SERIALIZATION,
                "statistics have no member " + member
                        + " of the kind that they must have: analyze the collection again");
    }
}
