package io.velesdb.conformance;

import io.velesdb.Batch;
import io.velesdb.Collection;
import io.velesdb.CollectionInfo;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Fusion;
import io.velesdb.GraphSchema;
import io.velesdb.Hit;
import io.velesdb.HybridHit;
import io.velesdb.HybridRequest;
import io.velesdb.Limits;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.SearchableCollection;
import io.velesdb.SparseRequest;
import io.velesdb.SparseVector;
import io.velesdb.StorageMode;
import io.velesdb.TextAnalysis;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.filter.FieldPath;
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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
        return new DatabaseSurface(Database.inMemory(Limits.DEFAULTS, System::currentTimeMillis), null);
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
            case "text" -> text(step);
            case "sparse" -> sparse(step);
            case "hybrid" -> hybrid(step);
            case "update" ->
                Value.of(database.collection(name(step))
                        .update(
                                Objects.requireNonNull(filter(step), "the step has no filter"),
                                object(step, "set"),
                                step.get("vector") instanceof Arr numbers ? vector(numbers) : null));
            case "batch" -> batch(array(step, "operations"));
            case "add_edges",
                    "add_edge",
                    "relate",
                    "remove_edge",
                    "edges",
                    "outgoing",
                    "incoming",
                    "degree",
                    "traverse",
                    "path",
                    "components",
                    "page_rank" -> GraphSteps.perform(operation, database.collection(name(step)), step);
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
        database.createCollection(name(step), schema(step));
        return Value.NULL;
    }

    private static CollectionSchema schema(Obj step) {
        String kind = step.text("kind");
        String metric = step.text("metric");
        CollectionSchema schema;
        if ("metadata".equals(kind)) {
            schema = CollectionSchema.metadata();
        } else if ("graph".equals(kind)) {
            schema = step.has("dimension")
                    ? CollectionSchema.graph(integer(step, "dimension"), Metric.parse(Objects.requireNonNull(metric)))
                    : CollectionSchema.graph();
        } else {
            schema = CollectionSchema.vector(integer(step, "dimension"), Metric.parse(Objects.requireNonNull(metric)));
        }
        String storage = step.text("storage");
        if (storage != null) {
            schema = schema.withStorage(StorageMode.parse(storage));
        }
        if (step.has("schema")) {
            schema = schema.withGraphSchema(GraphSchema.parse(object(step, "schema")));
        }
        return step.get("text") instanceof Obj text ? schema.withText(textOptions(text)) : schema;
    }

    private static TextOptions textOptions(Obj json) {
        TextOptions options = new TextOptions(fields(json), textAnalysis(json), Map.of());
        if (json.get("by_field") instanceof Obj byField) {
            for (int i = 0; i < byField.size(); i++) {
                TextAnalysis own = textAnalysis((Obj) byField.value(i));
                options = options.withField(FieldPath.of(byField.name(i)), own);
            }
        }
        return options;
    }

    private static TextAnalysis textAnalysis(Obj json) {
        String language = json.text("language");
        return new TextAnalysis(
                language == null ? null : TextLanguage.of(language),
                flag(json, "stemming"),
                flag(json, "stop_words"),
                flag(json, "strip_marks"),
                flag(json, "bigrams"));
    }

    private static boolean flag(Obj json, String name) {
        return json.get(name) instanceof Value.Bool flag && flag.value();
    }

    private static List<FieldPath> fields(Obj json) {
        List<FieldPath> fields = new ArrayList<>();
        if (json.get("fields") instanceof Arr names) {
            for (Value name : names) {
                fields.add(FieldPath.of(((Value.Str) name).text()));
            }
        }
        return fields;
    }

    private static TextQuery query(Obj step) {
        String phrase = step.text("phrase");
        String prefix = step.text("prefix");
        if (phrase != null) {
            return TextQuery.phrase(phrase);
        }
        return prefix != null
                ? TextQuery.prefix(prefix)
                : TextQuery.words(Objects.requireNonNull(step.text("query"), "the step has no query"));
    }

    private Value text(Obj step) {
        TextRequest request =
                new TextRequest(query(step), integer(step, "k"), fields(step), filter(step), null, true, null);
        return hits(database.collection(name(step)).textSearch(request));
    }

    private Value sparse(Obj step) {
        String name = step.text("index");
        SparseRequest request = SparseRequest.best(SparseVector.fromJson(object(step, "sparse")), integer(step, "k"))
                .by(name == null ? "" : name)
                .where(filter(step));
        return hits(database.collection(name(step)).sparseSearch(request));
    }

    private Value hybrid(Obj step) {
        HybridRequest request = HybridRequest.top(integer(step, "k")).where(filter(step));
        if (step.get("vectors") instanceof Arr vectors) {
            for (Value vector : vectors) {
                request = request.near(vector((Arr) vector));
            }
        }
        if (step.get("sparse") instanceof Obj sparse) {
            String name = step.text("index");
            request = request.sparse(name == null ? "" : name, SparseVector.fromJson(sparse));
        }
        if (step.has("query") || step.has("phrase") || step.has("prefix")) {
            request = request.matching(query(step), fields(step));
        }
        if (step.get("fusion") instanceof Obj fusion) {
            request = request.fusedBy(fusion(fusion));
        }
        List<Value> found = new ArrayList<>();
        for (HybridHit hit : database.collection(name(step)).hybridSearch(request)) {
            found.add(Obj.of(
                    "id",
                    Ids.toValue(hit.id()),
                    "score",
                    number(hit.score()),
                    "payload",
                    hit.payload(),
                    "parts",
                    Arr.of(hit.parts().stream().map(DatabaseSurface::number).toList())));
        }
        return Arr.of(found);
    }

    private static Fusion fusion(Obj json) {
        List<Double> weights = new ArrayList<>();
        if (json.get("weights") instanceof Arr numbers) {
            for (Value number : numbers) {
                weights.add(((Value.Num) number).doubleValue());
            }
        }
        int rankConstant = json.has("k") ? integer(json, "k") : Fusion.DEFAULT_RANK_CONSTANT;
        String strategy = Objects.requireNonNull(json.text("strategy"), "the fusion has no strategy");
        return switch (strategy) {
            case "rrf" -> weights.isEmpty() ? new Fusion.Rrf(rankConstant) : Fusion.weightedRrf(weights, rankConstant);
            case "average" -> new Fusion.Average();
            case "maximum" -> new Fusion.Maximum();
            case "weighted" -> new Fusion.Weighted(weights.get(0), weights.get(1), weights.get(2));
            case "rsf" -> new Fusion.RelativeScore(weights.get(0), weights.get(1));
            default -> throw new AssertionError("unknown fusion '" + strategy + "'");
        };
    }

    private Value batch(Arr operations) {
        Batch batch = database.batch();
        for (Value each : operations) {
            Obj step = (Obj) each;
            String operation = Objects.requireNonNull(step.text("do"), "the operation has no 'do'");
            switch (operation) {
                case "upsert" -> batch.upsert(name(step), points(array(step, "points")));
                case "update" ->
                    batch.update(
                            name(step),
                            Objects.requireNonNull(filter(step), "the operation has no filter"),
                            object(step, "set"),
                            null);
                case "delete" -> batch.delete(name(step), ids(step));
                case "add_edges" -> batch.addEdges(name(step), GraphSteps.edges(array(step, "edges")));
                case "remove_edges" -> batch.removeEdges(name(step), ids(step));
                default -> throw new AssertionError("unknown operation '" + operation + "' in a batch");
            }
        }
        return Value.of(batch.commit());
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
        Collection collection = database.collection(name(step));
        return hits(
                collection instanceof SearchableCollection searchable
                        ? searchable.search(request)
                        : database.vectorCollection(name(step)).search(request));
    }

    private static Value hits(List<Hit> hits) {
        List<Value> found = new ArrayList<>();
        for (Hit hit : hits) {
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
    static @Nullable Filter filter(Obj step) {
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
            Point whole = new Point(Ids.of(point.get("id")), vector == null ? null : vector((Arr) vector), payload);
            points.add(point.get("sparse") instanceof Obj sparse ? whole.withSparse(sparseVectors(sparse)) : whole);
        }
        return points;
    }

    private static Map<String, SparseVector> sparseVectors(Obj json) {
        Map<String, SparseVector> vectors = new TreeMap<>();
        for (int i = 0; i < json.size(); i++) {
            vectors.put(json.name(i), SparseVector.fromJson(json.value(i)));
        }
        return vectors;
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
                "payload", point.payload(),
                "sparse", sparse(point.sparse()));
    }

    private static Obj sparse(Map<String, SparseVector> vectors) {
        Obj.Builder json = Obj.builder();
        vectors.forEach((name, vector) -> json.put(name, vector.toJson()));
        return json.build();
    }

    /** The number that the shortest text of a float stands for, which is what a case file holds. */
    static Value number(float value) {
        return Json.parse(Json.text(value));
    }

    private static float[] vector(Arr numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) ((Value.Num) numbers.get(i)).doubleValue();
        }
        return vector;
    }

    private static Obj object(Obj step, String member) {
        return (Obj) Objects.requireNonNull(step.get(member), "the step has no " + member);
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

    static Arr array(Obj step, String member) {
        return (Arr) Objects.requireNonNull(step.get(member), "the step has no " + member);
    }

    static int integer(Obj step, String member) {
        return (int) ((Value.Int) Objects.requireNonNull(step.get(member), "the step has no " + member)).value();
    }

    @Override
    public void close() {
        database.close();
    }
}
