package io.velesdb.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.GraphPath;
import io.velesdb.Hit;
import io.velesdb.HybridRequest;
import io.velesdb.Limits;
import io.velesdb.PathOptions;
import io.velesdb.Point;
import io.velesdb.Quantization;
import io.velesdb.SearchRequest;
import io.velesdb.SparseRequest;
import io.velesdb.SparseVector;
import io.velesdb.StorageMode;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Text, sparse, hybrid and quantized searches and walks through a graph on the JVM, written down for the browser build as {@link
 * GoldenAnswersTest} does it for vectors: one call of the facade a line, with its answer.
 */
final class GoldenSearchesTest {
    private static final List<String> WORDS = List.of(
            "boat", "boats", "small", "café", "cafe", "the", "rowing", "rows", "Straße", "ÉCOLE", "river", "run",
            "running", "quickly", "naïve", "東京", "of", "oars", "paddle", "canoe");
    private static final String FILTER = "{\"condition\":{\"type\":\"lt\",\"field\":\"n\",\"value\":30}}";

    @ParameterizedTest
    @CsvSource({"plain,,false", "english,en,true", "french,fr,true", "german,de,false", "spanish,es,true"})
    void textAndHybridSearchesAreWrittenDown(String name, String language, boolean stripMarks) throws IOException {
        Script script = new Script(8, StorageMode.FULL, language, stripMarks);
        Random random = new Random(1);
        for (int row = 0; row < 400; row++) {
            script.upsert(row * 3L, row, Obj.of("n", row % 60, "text", words(random, 1 + random.nextInt(12))), null);
        }
        for (int row = 0; row < 400; row += 9) {
            script.remove(row * 3L);
        }
        for (int query = 0; query < 40; query++) {
            String text = words(random, 1 + query % 4);
            String filter = query % 3 == 0 ? FILTER : null;
            script.text(text, "words", filter);
            script.text(text, "phrase", filter);
            script.text(text.substring(0, Math.max(1, text.length() - 2)), "prefix", filter);
            script.hybrid(1_000 + query, text, query / 40.0, filter);
        }
        assertThat(script.found).as("hits in all").isGreaterThan(500);
        script.write("text-" + name);
    }

    @Test
    void sparseSearchesAreWrittenDown() throws IOException {
        Script script = new Script(4, StorageMode.FULL, null, false);
        Random random = new Random(2);
        for (int row = 0; row < 600; row++) {
            Obj vectors = Obj.of("", sparse(random), "title", sparse(random));
            script.upsert(-1L - row, row, Obj.of("n", row % 60), vectors);
        }
        for (int query = 0; query < 40; query++) {
            script.sparse(sparse(random), query % 2 == 0 ? "" : "title", query % 3 == 0 ? FILTER : null);
        }
        script.sparse(sparse(random), "nowhere", null);
        script.sparse(Obj.of("x", 1), "", null);
        script.sparse(Obj.of("1", "heavy"), "", null);
        assertThat(script.found).as("hits in all").isGreaterThan(200);
        script.write("sparse");
    }

    @Test
    void walksThroughAGraphAreWrittenDown() throws IOException {
        Script script = new Script(2, StorageMode.FULL, null, false);
        Random random = new Random(3);
        List<String> labels = List.of("KNOWS", "LIKES", "größer");
        for (int row = 0; row < 200; row++) {
            script.upsert(row, row, Obj.of("n", row), null);
        }
        for (int edge = 0; edge < 260; edge++) {
            Obj weight = random.nextBoolean() ? Obj.of("cost", random.nextInt(100) / 8.0) : null;
            script.addEdge(edge * 5L, random.nextInt(200), random.nextInt(200), labels.get(random.nextInt(3)), weight);
        }
        script.addEdge(0, 1, 2, "KNOWS", null);
        script.addEdge(9_999, 1, 777, "KNOWS", null);
        script.addEdge(9_999, 1, 2, "  ", null);
        for (int edge = 0; edge < 260; edge += 11) {
            script.removeEdge(edge * 5L);
        }
        script.removeEdge(3);
        script.remove(17);
        for (int walk = 0; walk < 60; walk++) {
            Direction direction = Direction.values()[walk % 3];
            String label = walk % 4 == 0 ? labels.get(walk % 3) : null;
            script.traverse(random.nextInt(202), walk % 2 == 1, direction, label, 1 + walk % 5, 5 + walk);
            script.path(random.nextInt(202), random.nextInt(202), walk % 2 == 0 ? "cost" : null);
        }
        script.components();
        script.pageRank();
        assertThat(script.found).as("nodes reached in all").isGreaterThan(300);
        script.write("graph");
    }

    @ParameterizedTest
    @CsvSource({"SQ8, 0", "BINARY, 0", "PQ, 6", "RABITQ, 1", "RABITQ, 4"})
    void quantizedSearchesAreWrittenDown(StorageMode mode, int parameter) throws IOException {
        Script script = new Script(48, parameter == 0 ? mode : StorageMode.FULL, null, false);
        for (int row = 0; row < 1_300; row++) {
            script.upsert(row, row, Obj.of("n", row % 60), null);
        }
        if (parameter > 0) {
            script.train(mode, parameter);
            script.train(mode, 5);
        }
        for (int row = 1_300; row < 1_600; row++) {
            script.upsert(row, row, Obj.of("n", row % 60), null);
        }
        for (int row = 0; row < 1_600; row += 13) {
            script.remove(row);
        }
        for (int query = 0; query < 25; query++) {
            script.search(100_000 + query, query % 3 == 0 ? FILTER : null);
        }
        assertThat(script.found).isEqualTo(25 * Script.K);
        script.write("quantized-" + mode.canonicalName() + "-" + parameter);
    }

    private static String words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(WORDS.get(random.nextInt(1 + random.nextInt(WORDS.size()))));
        }
        return String.join(" ", words);
    }

    private static Obj sparse(Random random) {
        Obj.Builder entries = Obj.builder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            long index = random.nextInt(20) * 214_748_364L;
            entries.put(Long.toString(index), Value.of((random.nextInt(64) - 8) / 16.0));
        }
        return entries.build();
    }

    /** Calls what the facade calls, and writes the call down with the answer. */
    private static final class Script {
        static final int K = 10;

        private final StringBuilder lines = new StringBuilder();
        private final VectorCollection collection;
        private final int dimension;
        int found;

        Script(int dimension, StorageMode storage, String language, boolean stripMarks) {
            this.dimension = dimension;
            TextOptions text = language == null
                    ? TextOptions.DEFAULTS
                    : TextOptions.DEFAULTS.withLanguage(TextLanguage.of(language), true, true);
            Database database = Database.inMemory(
                    Limits.DEFAULTS,
                    () -> 0L,
                    point -> Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD));
            database.createCollection(
                    "vectors",
                    CollectionSchema.vector(dimension, Metric.COSINE)
                            .withStorage(storage)
                            .withText(stripMarks ? text.strippingMarks() : text));
            collection = database.vectorCollection("vectors");
            line(Obj.of(
                    "op",
                    "configure",
                    "dimension",
                    dimension,
                    "metric",
                    "cosine",
                    "storage",
                    storage.canonicalName(),
                    "language",
                    language,
                    "stripMarks",
                    stripMarks));
        }

        void upsert(long id, int seed, Obj payload, Obj sparse) {
            Point point = Point.of(id, SeededVectors.vector(seed, dimension), payload);
            if (sparse == null) {
                call("upsert", Arr.of(id(id), seed(seed), Json.write(payload)), () -> {
                    collection.upsert(point);
                    return Value.NULL;
                });
                return;
            }
            call("upsertSparse", Arr.of(id(id), seed(seed), Json.write(payload), Json.write(sparse)), () -> {
                collection.upsert(point.withSparse(Map.of(
                        "",
                        SparseVector.fromJson(sparse.get("")),
                        "title",
                        SparseVector.fromJson(sparse.get("title")))));
                return Value.NULL;
            });
        }

        void remove(long id) {
            call("remove", Arr.of(id(id)), () -> Value.of(collection.delete(id) > 0));
        }

        void train(StorageMode mode, int parameter) {
            Quantization codes = mode == StorageMode.PQ ? Quantization.pq(parameter) : Quantization.rabitq(parameter);
            call(
                    "train",
                    Arr.of(mode.canonicalName(), parameter),
                    () -> Value.of(collection.trainQuantizer(mode, codes, false)));
        }

        void search(int seed, String filter) {
            SearchRequest request = SearchRequest.nearest(SeededVectors.vector(seed, dimension), K);
            call(
                    "search",
                    Arr.of(seed(seed), K, filter),
                    () -> hits(collection.search(filter == null ? request : request.where(Filter.parse(filter)))));
        }

        void text(String text, String form, String filter) {
            TextQuery query = form.equals("words")
                    ? TextQuery.words(text)
                    : form.equals("phrase") ? TextQuery.phrase(text) : TextQuery.prefix(text);
            call(
                    "textSearch",
                    Arr.of(text, form, K, filter),
                    () -> hits(collection.textSearch(TextRequest.of(query, K).where(parsed(filter)))));
        }

        void hybrid(int seed, String text, double weight, String filter) {
            HybridRequest request = HybridRequest.top(K)
                    .near(SeededVectors.vector(seed, dimension))
                    .matching(text)
                    .vectorWeight(weight)
                    .where(parsed(filter));
            call(
                    "hybridSearch",
                    Arr.of(seed(seed), text, K, weight, filter),
                    () -> hits(collection.hybridSearch(request).stream()
                            .map(hit -> new Hit(hit.id(), hit.score(), hit.payload()))
                            .toList()));
        }

        void sparse(Obj vector, String name, String filter) {
            call(
                    "sparseSearch",
                    Arr.of(Json.write(vector), name, K, filter),
                    () -> hits(collection.sparseSearch(SparseRequest.best(SparseVector.fromJson(vector), K)
                            .by(name)
                            .where(parsed(filter)))));
        }

        void addEdge(long id, long source, long target, String label, Obj properties) {
            String text = properties == null ? null : Json.write(properties);
            call("addEdge", Arr.of(id(id), id(source), id(target), label, text), () -> {
                collection.addEdge(Edge.of(id, source, target, label).withProperties(properties));
                return Value.NULL;
            });
        }

        void removeEdge(long id) {
            call("removeEdge", Arr.of(id(id)), () -> Value.of(collection.removeEdge(id)));
        }

        void traverse(long source, boolean deep, Direction direction, String label, int maxDepth, int limit) {
            TraversalOptions options = TraversalOptions.DEFAULT
                    .direction(direction)
                    .maxDepth(maxDepth)
                    .limit(limit)
                    .relTypes(label == null ? List.of() : List.of(label));
            call(
                    "traverse",
                    Arr.of(id(source), deep ? "dfs" : "bfs", direction.canonicalName(), label, maxDepth, limit),
                    () -> {
                        List<TraversalHit> hits = (deep
                                        ? collection.traverseDepthFirst(source, options)
                                        : collection.traverse(source, options))
                                .hits();
                        found += hits.size();
                        return Arr.of(hits.stream()
                                .map(hit -> Obj.of(
                                        "id", Ids.format(hit.target()), "depth", hit.depth(), "path", ids(hit.path())))
                                .toList());
                    });
        }

        void path(long source, long target, String weight) {
            call("shortestPath", Arr.of(id(source), id(target), weight), () -> {
                GraphPath path = collection.shortestPath(source, target, PathOptions.DEFAULT.weight(weight));
                return path == null ? Value.NULL : ids(path.nodes());
            });
        }

        void components() {
            call(
                    "connectedComponents",
                    Arr.of(),
                    () -> Arr.of(collection.connectedComponents().stream()
                            .map(node -> Obj.of("id", Ids.format(node.id()), "component", Ids.format(node.component())))
                            .toList()));
        }

        void pageRank() {
            call(
                    "pageRank",
                    Arr.of(),
                    () -> Arr.of(collection.pageRank().stream()
                            .map(node -> Obj.of(
                                    "id",
                                    Ids.format(node.id()),
                                    "rank",
                                    Long.toString(Double.doubleToRawLongBits(node.rank()))))
                            .toList()));
        }

        private static Filter parsed(String filter) {
            return filter == null ? null : Filter.parse(filter);
        }

        private static Obj id(long id) {
            return Obj.of("id", Ids.format(id));
        }

        private static Obj seed(int seed) {
            return Obj.of("seed", seed);
        }

        private static Arr ids(List<Long> ids) {
            return Arr.of(ids.stream().map(Ids::format).map(Value::of).toList());
        }

        private Value hits(List<Hit> hits) {
            found += hits.size();
            return Arr.of(hits.stream()
                    .map(hit -> Obj.of(
                            "id",
                            Ids.format(hit.id()),
                            "bits",
                            Float.floatToRawIntBits(hit.score()),
                            "payload",
                            hit.payload() == null ? null : Json.write(hit.payload())))
                    .toList());
        }

        private void call(String method, Arr arguments, Supplier<Value> work) {
            Obj step = Obj.of("op", "call", "method", method, "arguments", arguments);
            try {
                line(step.with("answer", work.get()));
            } catch (VelesException e) {
                line(step.with("error", e.getMessage()));
            }
        }

        private void line(Obj step) {
            lines.append(Json.write(step)).append('\n');
        }

        void write(String name) throws IOException {
            Path folder = Files.createDirectories(Path.of("target", "golden"));
            Files.writeString(folder.resolve(name + ".jsonl"), lines);
        }
    }
}
