package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.velesdb.CollectionSchema;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.StreamingConfig;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody gets for a mistake: the code of the contract, the value that was wrong, what to do instead; and a database
 * in which nothing of it was written, before and after it is opened again.
 */
class BadInputTest {
    @TempDir
    Path folder;

    private static void refused(String code, ThrowingCallable call, String... says) {
        assertThatThrownBy(call)
                .isInstanceOf(VelesException.class)
                .hasMessageStartingWith("[" + code + "] ")
                .hasMessageContainingAll(says);
    }

    @Test
    void everyMistakeHasItsCodeNamesItsValueAndLeavesNothingBehind() {
        Configuration small = Configuration.DEFAULTS
                .with("limits.max_payload_size", 200)
                .with("limits.max_vectors_per_collection", 3)
                .with("limits.max_collections", 2)
                .with("search.max_results", 50);
        Options options = Options.DEFAULTS.withConfiguration(small);
        float[] good = {1, 2, 3};
        long before;
        try (Database database = VelesDb.open(folder, options)) {
            VectorCollection rows = database.createVectorCollection("rows", 3, Metric.COSINE);
            MetadataCollection notes = database.createMetadataCollection("notes");
            rows.upsert(Point.of(1, good, Obj.of("kept", true)));
            before = database.lsn();

            vectors(rows, notes, good);
            payloads(rows, good);
            requests(rows, notes, good);
            filters(rows);
            collections(database);

            assertThat(database.lsn()).as("nothing was recorded").isEqualTo(before);
            onlyTheGoodRow(rows, notes);
        }
        try (Database database = VelesDb.open(folder, options)) {
            assertThat(database.lsn()).isEqualTo(before);
            onlyTheGoodRow(database.vectorCollection("rows"), database.metadataCollection("notes"));
        }
    }

    private static void onlyTheGoodRow(VectorCollection rows, MetadataCollection notes) {
        assertThat(rows.scroll(10).points()).extracting(Point::id).containsExactly(1L);
        assertThat(rows.get(1).getFirst().payload()).isEqualTo(Obj.of("kept", true));
        assertThat(notes.isEmpty()).isTrue();
    }

    private static void vectors(VectorCollection rows, MetadataCollection notes, float[] good) {
        refused(
                "VELES-004",
                () -> rows.upsert(Point.of(2, new float[] {1, 2})),
                "point 2",
                "2 components",
                "3",
                "model");
        refused("VELES-004", () -> rows.upsert(Point.of(2, new float[0])), "0 components");
        refused(
                "VELES-005",
                () -> rows.upsert(Point.of(2, new float[] {1, Float.NaN, 0})),
                "NaN",
                "position 1",
                "finite");
        refused(
                "VELES-005",
                // a good row before the bad one is not written either
                () -> rows.upsert(List.of(Point.of(2, good), Point.of(3, new float[] {0, 0, Float.NEGATIVE_INFINITY}))),
                "point 3",
                "-Infinity",
                "position 2");
        refused("VELES-016", () -> rows.upsert(Point.of(-1, Obj.of("a", 1))), "18446744073709551615", "give it one");
        refused("VELES-014", () -> notes.upsert(Point.of(2, good)), "point 2", "leave it out");
        refused("VELES-004", () -> rows.upsertBulk(new long[] {2, 3}, new float[5], null), "5", "give 6");
        refused("VELES-010", () -> rows.upsertBulk(new long[] {2}, good, List.of()), "0", "1");
    }

    private static void payloads(VectorCollection rows, float[] good) {
        refused(
                "VELES-027",
                () -> rows.upsert(Point.of(2, good, Obj.of("text", "x".repeat(300)))),
                "point 2",
                "311",
                "limits.max_payload_size",
                "200",
                "shorten");
        refused("VELES-017", () -> Json.parsePayload("[1]"), "[1]", "object");
        refused("VELES-017", () -> Json.parsePayload("{\"a\":" + "[".repeat(128) + "]".repeat(128) + "}"), "128");
        refused("VELES-017", () -> Obj.of("a", "\ud800"), "Unicode");
        refused("VELES-012", () -> Json.parsePayload("{\"a\":}"), "offset 5");
        refused("VELES-023", () -> Obj.of("a", Double.NaN), "NaN");
        refused("VELES-023", () -> Json.parsePayload("{\"a\":18446744073709551616}"), "18446744073709551616");
        refused(
                "VELES-023",
                () -> Ids.parse("18446744073709551616"),
                "18446744073709551616",
                "0 to 18446744073709551615");
        refused("VELES-023", () -> Ids.parse("-1"), "-1");
        refused("VELES-023", () -> Ids.of(Json.parse("1.5")), "1.5");
        List<Point> four = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
            four.add(Point.of(id, good));
        }
        refused("VELES-027", () -> rows.upsert(four), "4", "limits.max_vectors_per_collection", "3");
        List<Point> many = Collections.nCopies(100_001, Point.of(1, good));
        refused("VELES-027", () -> rows.upsert(many), "100001", "100000", "split");
        refused("VELES-027", () -> rows.delete(new long[100_001]), "100001", "100000", "split");
    }

    private static void requests(VectorCollection rows, MetadataCollection notes, float[] good) {
        refused("VELES-010", () -> rows.search(SearchRequest.nearest(good, 0)), "k is 0", "at least 1");
        refused("VELES-010", () -> rows.search(SearchRequest.nearest(good, -5)), "k is -5");
        refused("VELES-027", () -> rows.search(SearchRequest.nearest(good, 51)), "51", "search.max_results", "50");
        refused("VELES-004", () -> rows.search(SearchRequest.nearest(new float[] {1}, 1)), "query vector", "1", "3");
        refused(
                "VELES-005",
                () -> rows.search(SearchRequest.nearest(new float[] {1, 1, Float.POSITIVE_INFINITY}, 1)),
                "query vector",
                "Infinity");
        refused("VELES-010", () -> SearchRequest.nearest(good, 1).ef(0), "0", "65536");
        refused("VELES-010", () -> SearchRequest.nearest(good, 1).ef(65_537), "65537");
        refused("VELES-010", () -> Effort.parse("superb"), "superb", "accurate");
        refused("VELES-010", () -> Effort.parse("adaptive:9:1"), "adaptive:9:1");
        refused("VELES-010", () -> rows.search(SearchRequest.nearest(good, 1).timeoutMillis(-1)), "-1", "0 or more");
        refused("VELES-027", () -> rows.search(SearchRequest.nearest(good, 1).timeoutMillis(0)), "0 ms", "timeout_ms");
        refused("VELES-010", () -> notes.scroll(0), "0", "10000");
        refused("VELES-027", () -> notes.scroll(10_001), "10001", "10000");
        refused("VELES-010", () -> Metric.parse("manhattan"), "manhattan", "cosine");
    }

    private static void filters(VectorCollection rows) {
        // a thousand levels end in the JSON reader already, which has its own bound
        refused("VELES-010", () -> Filter.parse(nots(1_000)), "512", "flatten");
        refused("VELES-010", () -> Filter.parse(nots(100)), "64", "flatten");
        refused(
                "VELES-010",
                () -> {
                    Filter nested = Filter.isNull("a");
                    for (int i = 0; i < 1_000; i++) {
                        nested = Filter.not(nested);
                    }
                },
                "64");
        refused("VELES-010", () -> Filter.parse("{\"condition\":{\"type\":\"near\"}}"), "near");
        refused("VELES-010", () -> Filter.eq("vector", 1), "vector", "payload.vector");
        refused("VELES-010", () -> Filter.eq("a..b", 1), "a..b");
        refused("VELES-012", () -> Filter.parse("{\"condition\":"), "offset");
        assertThat(rows.count(Filter.eq("no.such.field", 1)))
                .as("a field that no payload has is missing, not wrong")
                .isZero();
    }

    private static String nots(int levels) {
        return "{\"condition\":" + "{\"type\":\"not\",\"condition\":".repeat(levels)
                + "{\"type\":\"is_null\",\"field\":\"a\"}" + "}".repeat(levels + 1);
    }

    private static void collections(Database database) {
        refused("VELES-001", () -> database.createMetadataCollection("rows"), "'rows'", "another name");
        refused("VELES-002", () -> database.collection("nope"), "'nope'", "create it");
        refused("VELES-002", () -> database.deleteCollection("nope"), "'nope'");
        refused("VELES-034", () -> database.createMetadataCollection("a/b"), "'a/b'", "position 1", "letters");
        refused("VELES-034", () -> database.createMetadataCollection("x".repeat(129)), "129", "128");
        refused("VELES-032", () -> database.createVectorCollection("x", 0, Metric.DOT), "0", "1 to 65536");
        refused("VELES-032", () -> database.createVectorCollection("x", 65_537, Metric.DOT), "65537");
        refused(
                "VELES-027",
                () -> database.createVectorCollection("x", 4_097, Metric.DOT),
                "4097",
                "limits.max_dimensions");
        refused("VELES-027", () -> database.createMetadataCollection("third"), "2", "limits.max_collections");
        refused("VELES-015", () -> database.vectorCollection("notes"), "'notes'");
    }

    @Test
    void aFolderCannotBeOpenedAsMemory() {
        refused(
                "VELES-009",
                () -> Options.DEFAULTS.withConfiguration(Configuration.DEFAULTS.with("storage.storage_mode", "memory")),
                "storage.storage_mode",
                "Database.inMemory");
    }

    /** Programs without NullAway hand in null. What is kept of it would fail whoever comes next. */
    @Test
    void nothingIsKeptOfSettingsThatAreNull() {
        try (Database database = VelesDb.open(folder)) {
            VectorCollection rows = database.createVectorCollection("rows", 2, Metric.COSINE);
            assertThatThrownBy(() -> database.updateGuardRails(null)).hasMessageContaining("rails is null");
            assertThatThrownBy(() -> rows.enableStreaming(null)).hasMessageContaining("config is null");
            CollectionSchema schema = CollectionSchema.vector(2, Metric.COSINE);
            refused("VELES-010", () -> schema.withText(null), "text options are null");
            refused("VELES-010", () -> schema.withBuilding(null), "index building is null");
            refused("VELES-010", () -> CollectionSchema.graph().withGraphSchema(null), "graph schema is null");

            rows.enableStreaming(StreamingConfig.DEFAULTS);
            rows.streamInsert(Point.of(1, new float[] {1, 2}));
            database.flush();
            assertThat(rows.get(1).getFirst()).isNotNull();
        }
    }

    /** What a folder of the database holds in the place of a file is named, and nobody waits for it. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFolderOrAPipeInThePlaceOfAFileIsNamed() throws Exception {
        VelesDb.open(folder).close();
        Path manifest = folder.resolve("MANIFEST");
        Files.delete(manifest);
        Files.createDirectory(manifest);
        refused("VELES-011", () -> VelesDb.open(folder), "MANIFEST", "not a file");
        refused("VELES-011", () -> VelesDb.check(folder), "MANIFEST", "not a file");
        Files.delete(manifest);
        assumeThat(Path.of("/usr/bin/mkfifo")).isExecutable();
        new ProcessBuilder("/usr/bin/mkfifo", manifest.toString()).start().waitFor();
        refused("VELES-011", () -> VelesDb.open(folder), "MANIFEST", "not a file");
        refused("VELES-011", () -> VelesDb.check(folder), "MANIFEST", "not a file");
    }
}
