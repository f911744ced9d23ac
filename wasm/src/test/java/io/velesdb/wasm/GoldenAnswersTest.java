package io.velesdb.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Json;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs one scripted life of a collection on the JVM and writes every step with its answer, score bits included, to {@code
 * target/golden}. {@code src/test/node} takes the same steps in the browser build and compares.
 *
 * <p>There are enough rows for the graph and the codes (from 1,500 rows on) and for answers from below that size.
 */
final class GoldenAnswersTest {
    private static final int ROWS = 1_800;
    private static final int K = 10;
    private static final String FILTER =
            "{\"condition\":{\"type\":\"and\",\"conditions\":[{\"type\":\"gte\",\"field\":\"n\",\"value\":40},"
                    + "{\"type\":\"in\",\"field\":\"tag\",\"values\":[\"red\",\"groß\"]}]}}";
    private static final List<String> TAGS = List.of("red", "green", "groß", "\\ud83d\\ude00");

    @ParameterizedTest
    @CsvSource({
        "COSINE, 5",
        "COSINE, 96",
        "COSINE, 384",
        "EUCLIDEAN, 5",
        "EUCLIDEAN, 96",
        "DOT, 5",
        "DOT, 96",
        "HAMMING, 5",
        "HAMMING, 200",
        "JACCARD, 5",
        "JACCARD, 40"
    })
    void scriptedLifeIsWrittenDown(Metric metric, int dimension) throws IOException {
        Script script = new Script(metric, dimension);
        for (int row = 0; row < ROWS; row++) {
            script.upsert(id(row), row, payload(row));
            if (row == 700) {
                script.searches(3);
            }
        }
        script.searches(6);
        for (int row = 0; row < ROWS; row += 7) {
            script.upsert(id(row), ROWS + row, row % 2 == 0 ? payload(row + 1) : null);
        }
        for (int row = 3; row < ROWS; row += 11) {
            script.remove(id(row));
        }
        script.remove(id(3));
        script.searches(6);
        assertThat(script.size()).isEqualTo(ROWS - (ROWS - 3 + 10) / 11);
        script.write(metric.canonicalName() + "-" + dimension);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2.50,-0.0,1e3,1E-7,18446744073709551615],\"ü\":\"\\u00e9\\ud83d\\ude00\"}",
                "{\"least\":4.9E-324,\"tie\":1e23,\"odd\":123456789.123456789,\"wide\":9007199254740993.0,\"small\":2.2250738585072014E-308,\"big\":1.7976931348623157E308,\"third\":0.1}",
                "{\"nested\":{\"null\":null,\"yes\":true,\"empty\":{},\"list\":[]},\"quoted\":\"\\\"\\\\\\n\"}"
            })
    void payloadsReadBackTheSame(String payload) throws IOException {
        Script script = new Script(Metric.COSINE, 2);
        script.upsert(1, 1, payload);
        script.search(1, null);
        script.write("payload-" + Integer.toHexString(payload.hashCode()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"condition\":{\"type\":\"near\"}}",
                "{\"condition\":{\"type\":\"eq\",\"field\":\"n\"}}",
                "not json"
            })
    void badFiltersAreRefusedWithTheSameWords(String filter) throws IOException {
        Script script = new Script(Metric.DOT, 3);
        script.upsert(1, 1, null);
        script.search(1, filter);
        script.write("bad-filter-" + Integer.toHexString(filter.hashCode()));
    }

    /** Ids from all over the unsigned range. */
    private static long id(int row) {
        return row % 5 == 0 ? -1L - row : row * 3L;
    }

    private static String payload(int row) {
        return "{\"n\":" + row % 100 + ",\"tag\":\"" + TAGS.get(row % 4) + "\"}";
    }

    /** Takes steps on a collection of its own and writes them down with their answers, one JSON object a line. */
    private static final class Script {
        private final VectorCollection collection;
        private final int dimension;
        private final StringBuilder lines = new StringBuilder();
        private int queries;

        Script(Metric metric, int dimension) {
            this.dimension = dimension;
            collection = Database.inMemory().createVectorCollection("vectors", dimension, metric);
            line("\"op\":\"create\",\"dimension\":" + dimension + ",\"metric\":\"" + metric.canonicalName() + "\"");
        }

        void upsert(long id, int seed, String payload) {
            collection.upsert(Point.of(
                    id, SeededVectors.vector(seed, dimension), payload == null ? null : Json.parsePayload(payload)));
            line("\"op\":\"upsert\",\"id\":\"" + Long.toUnsignedString(id) + "\",\"seed\":" + seed + ",\"payload\":"
                    + (payload == null ? "null" : quoted(payload)));
        }

        void remove(long id) {
            line("\"op\":\"remove\",\"id\":\"" + Long.toUnsignedString(id) + "\",\"found\":" + collection.delete(id));
        }

        int size() {
            return (int) collection.count();
        }

        void searches(int count) {
            for (int i = 0; i < count; i++) {
                search(100_000 + queries++, null);
                search(100_000 + queries++, FILTER);
            }
            line("\"op\":\"size\",\"size\":" + size());
        }

        void search(int seed, String filter) {
            String step = "\"op\":\"search\",\"seed\":" + seed + ",\"k\":" + K + ",\"filter\":"
                    + (filter == null ? "null" : quoted(filter));
            try {
                SearchRequest request = SearchRequest.nearest(SeededVectors.vector(seed, dimension), K);
                List<Hit> hits = collection.search(filter == null ? request : request.where(Filter.parse(filter)));
                line(step + ",\"hits\":" + hits.stream().map(Script::text).collect(Collectors.joining(",", "[", "]")));
            } catch (VelesException e) {
                line(step + ",\"error\":" + quoted(e.getMessage()));
            }
        }

        private static String text(Hit hit) {
            return "{\"id\":\"" + Long.toUnsignedString(hit.id()) + "\",\"bits\":"
                    + Float.floatToRawIntBits(hit.score()) + ",\"payload\":"
                    + (hit.payload() == null ? "null" : quoted(Json.write(hit.payload()))) + "}";
        }

        private static String quoted(String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }

        private void line(String members) {
            lines.append('{').append(members).append("}\n");
        }

        void write(String name) throws IOException {
            Path folder = Files.createDirectories(Path.of("target", "golden"));
            Files.writeString(folder.resolve(name + ".jsonl"), lines);
        }
    }
}
