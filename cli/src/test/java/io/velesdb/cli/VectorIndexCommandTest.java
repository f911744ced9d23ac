package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command index does about vector indexes. */
class VectorIndexCommandTest {
    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void aDatabase() {
        path = folder.resolve("db").toString();
        Cli.ok("collection", "create-metadata", path, "notes");
    }

    private void add(int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int id = from; id < to; id++) {
            lines.append("{\"id\":" + id + ",\"vector\":[" + id % 37 + "," + id % 101 + "]}\n");
        }
        Path file = Files.writeString(folder.resolve("points-" + from + ".jsonl"), lines.toString());
        Cli.ok("data", "import", file.toString(), "-d", path, "-c", "rows");
    }

    private void execute(String statement) {
        assertThat(Cli.run("query", "execute", path, statement).status()).isZero();
    }

    private Obj shown() {
        return Cli.object("collection", "show", path, "rows", "-f", "json");
    }

    @Test
    void vectorsWaitWhereTheCollectionWasCreatedSoAndAreLinkedOnRequest() throws IOException {
        Cli.ok(
                "collection",
                "create",
                path,
                "rows",
                "-d",
                "2",
                "-m",
                "euclidean",
                "--deferred-indexing",
                "--merge-threshold",
                "700",
                "--max-buffer-age-ms",
                "100000000",
                "--async-index-builder",
                "--segment-count",
                "3");
        assertThat(shown().get("deferred_indexing"))
                .isEqualTo(Obj.of("merge_threshold", 700, "max_buffer_age_ms", 100_000_000));
        assertThat(shown().get("async_index_builder")).isEqualTo(Obj.of("merge_threshold", 10_000, "segment_count", 3));
        add(0, 1_600);
        Cli.ok("index", "link", path, "rows");
        assertThat(shown().get("waiting_vectors")).hasToString("0");
        add(1_600, 1_900);
        assertThat(shown().get("waiting_vectors")).hasToString("300");
        assertThat(Cli.ok("index", "link", path, "rows")).contains("Linked 300 vectors.");
        assertThat(shown().get("waiting_vectors")).hasToString("0");
        assertThat(Cli.run("collection", "create", path, "x", "-d", "2", "--merge-threshold", "7")
                        .status())
                .as("a threshold of nothing")
                .isEqualTo(2);
        CollectionCommandTest.fails(
                "VELES-009",
                "collection",
                "create",
                path,
                "x",
                "-d",
                "2",
                "--deferred-indexing",
                "--merge-threshold",
                "0");
    }

    @Test
    void theIndexIsRebuiltAsAdvisedOrAsAskedFor() throws IOException {
        execute("CREATE COLLECTION rows (dimension = 2, metric = 'euclidean', m = 64)");
        add(0, 1_600);
        Obj advice = Cli.object("index", "advice", path, "rows", "-f", "json");
        assertThat(advice.get("should_reindex")).hasToString("false");
        assertThat(advice.get("current_m")).hasToString("64");
        assertThat(advice.get("optimal_m")).hasToString("16");
        assertThat(advice.text("reason")).contains("fewer than 10000");
        Obj analyzed = (Obj) Cli.array("query", "execute", path, "ANALYZE rows", "-f", "json")
                .get(0);
        assertThat(analyzed.get("reindex_advice")).isEqualTo(advice);
        execute("ALTER COLLECTION rows SET (auto_reindex = true)");
        assertThat(shown().get("auto_reindex")).hasToString("true");

        assertThat(Cli.ok("index", "reindex", path, "rows")).contains("M 16");
        assertThat(shown().get("m")).hasToString("16");
        Obj turbo = Cli.object("index", "reindex", path, "rows", "--profile", "turbo", "--m", "8", "-f", "json");
        assertThat(turbo.get("m")).hasToString("8");
        assertThat(turbo.get("ef_construction")).hasToString("100");
        CollectionCommandTest.fails("VELES-009", "index", "reindex", path, "rows", "--m", "3");
        CollectionCommandTest.fails("VELES-009", "index", "reindex", path, "rows", "--profile", "none");
        CollectionCommandTest.fails("VELES-015", "index", "reindex", path, "notes");
        CollectionCommandTest.fails("VELES-015", "index", "advice", path, "notes");
    }
}
