package io.velesdb.conformance;

import io.velesdb.Collection;
import io.velesdb.CollectionInfo;
import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The public Java API, in memory or on a folder. */
public final class DatabaseSurface implements Surface {
    private final @Nullable Supplier<Database> opening;
    private Database database;

    private DatabaseSurface(Database database, @Nullable Supplier<Database> opening) {
        this.database = database;
        this.opening = opening;
    }

    /** An in-memory database; {@code reopen} does nothing. */
    public static DatabaseSurface inMemory() {
        return new DatabaseSurface(Database.inMemory(), null);
    }

    /** The database that {@code opening} opens, again at each {@code reopen}. */
    public static DatabaseSurface lasting(Supplier<Database> opening) {
        return new DatabaseSurface(opening.get(), opening);
    }

    @Override
    public Value perform(String operation, Obj step) {
        return switch (operation) {
            case "create" -> create(step);
            case "drop" -> {
                database.deleteCollection(name(step));
                yield Value.NULL;
            }
            case "list" ->
                Arr.of(database.collections().stream()
                        .map(CollectionInfo::name)
                        .map(Value::of)
                        .toList());
            case "describe" -> describe(database.collection(name(step)).info());
            case "upsert" -> Value.of(database.collection(name(step)).upsert(points(array(step, "points"))));
            case "get" ->
                Arr.of(database.collection(name(step)).get(ids(step)).stream()
                        .map(DatabaseSurface::value)
                        .toList());
            case "delete" -> Value.of(database.collection(name(step)).delete(ids(step)));
            case "count" -> count(database.collection(name(step)), step);
            case "scroll" -> scroll(database.collection(name(step)), step);
            case "search" -> search(step);
            case "vacuum" -> Value.of(database.collection(name(step)).vacuum());
            case "derive_id" -> Ids.toValue(Ids.derive(Objects.requireNonNull(step.text("text"))));
            case "reopen" -> {
                reopen();
                yield Value.NULL;
            }
            default -> throw new AssertionError("unknown operation '" + operation + "'");
        };
    }

    private Value create(Obj step) {
        if ("metadata".equals(step.text("kind"))) {
            database.createMetadataCollection(name(step));
        } else {
            database.createVectorCollection(
                    name(step), integer(step, "dimension"), Metric.parse(Objects.requireNonNull(step.text("metric"))));
        }
        return Value.NULL;
    }

    private Value search(Obj step) {
        SearchRequest request = SearchRequest.nearest(vector(array(step, "vector")), integer(step, "k"));
        String quality = step.text("quality");
        if (quality != null) {
            request = request.effort(Effort.parse(quality));
        }
        if (step.has("ef")) {
            request = request.ef(integer(step, "ef"));
        }
        if (step.has("timeout_ms")) {
            request = request.timeoutMillis(integer(step, "timeout_ms"));
        }
        Filter filter = filter(step);
        if (filter != null) {
            request = request.where(filter);
        }
        List<Value> found = new ArrayList<>();
        for (Hit hit : database.vectorCollection(name(step)).search(request)) {
            found.add(Obj.of("id", Ids.toValue(hit.id()), "score", number(hit.score()), "payload", hit.payload()));
        }
        return Arr.of(found);
    }

    private static Value count(Collection collection, Obj step) {
        Filter filter = filter(step);
        return Value.of(filter == null ? collection.count() : collection.count(filter));
    }

    private static Value scroll(Collection collection, Obj step) {
        Value after = step.get("after");
        Page page = collection.scroll(after == null ? null : Ids.of(after), integer(step, "size"), filter(step));
        Long next = page.next();
        return Obj.of(
                "points",
                Arr.of(page.points().stream().map(DatabaseSurface::value).toList()),
                "next",
                next == null ? Value.NULL : Ids.toValue(next));
    }

    private static Value describe(CollectionInfo info) {
        Metric metric = info.schema().metric();
        return Obj.of(
                "name", info.name(),
                "kind", info.schema().kind().canonicalName(),
                "dimension", info.schema().dimension(),
                "metric", metric == null ? null : metric.canonicalName(),
                "points", info.points());
    }

    private void reopen() {
        if (opening != null) {
            database.close();
            database = opening.get();
        }
    }

    /** {@code filter} is the filter's JSON; {@code filter_text} is text to be parsed, for what is not JSON. */
    private static @Nullable Filter filter(Obj step) {
        String text = step.text("filter_text");
        Value filter = step.get("filter");
        return text != null ? Filter.parse(text) : filter == null ? null : Filter.fromJson(filter);
    }

    private static List<Point> points(Arr rows) {
        List<Point> points = new ArrayList<>();
        for (Value row : rows) {
            Obj point = (Obj) row;
            Value vector = point.get("vector");
            String text = point.text("payload_text");
            Obj payload = text != null ? Json.parsePayload(text) : point.get("payload") instanceof Obj o ? o : null;
            points.add(new Point(Ids.of(point.get("id")), vector == null ? null : vector((Arr) vector), payload));
        }
        return points;
    }

    private static Value value(@Nullable Point point) {
        if (point == null) {
            return Value.NULL;
        }
        float[] vector = point.vector();
        List<Value> components = new ArrayList<>();
        for (float component : vector == null ? new float[0] : vector) {
            components.add(number(component));
        }
        return Obj.of(
                "id", Ids.toValue(point.id()),
                "vector", vector == null ? null : Arr.of(components),
                "payload", point.payload());
    }

    /** The number that the shortest text of a float stands for, which is what a case file holds. */
    private static Value number(float value) {
        return Json.parse(Json.text(value));
    }

    private static float[] vector(Arr numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) ((Value.Num) numbers.get(i)).doubleValue();
        }
        return vector;
    }

    private static long[] ids(Obj step) {
        Arr list = array(step, "ids");
        long[] ids = new long[list.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Ids.of(list.get(i));
        }
        return ids;
    }

    private static String name(Obj step) {
        return Objects.requireNonNull(step.text("collection"), "the step names no collection");
    }

    private static Arr array(Obj step, String member) {
        return (Arr) Objects.requireNonNull(step.get(member), "the step has no " + member);
    }

    private static int integer(Obj step, String member) {
        return (int) ((Value.Int) Objects.requireNonNull(step.get(member), "the step has no " + member)).value();
    }

    @Override
    public void close() {
        database.close();
    }
}
