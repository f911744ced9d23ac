package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void create() {
        path = folder.resolve("db").toString();
        Cli.ok("collection", "create", path, "v", "-d", "2");
    }

    private void upsert(String id, String vector, String payload) {
        Cli.ok("data", "upsert", path, "v", "--id", id, "--vector", vector, "--payload", payload);
    }

    @Test
    void writesReadsAndDeletesAPoint() {
        upsert("12", "[0.1,-2e0]", "{\"a\":[1],\"b\":1.0}");
        assertThat(Cli.ok("data", "get", path, "v", "12").strip())
                .isEqualTo("{\"id\":12,\"vector\":[0.1,-2.0],\"payload\":{\"a\":[1],\"b\":1.0}}");
        assertThat(Cli.ok("data", "get", path, "v", "12", "-f", "table"))
                .contains("a")
                .contains("[1]");
        assertThat(Cli.ok("data", "get", path, "v", "13").strip()).isEqualTo("null");
        assertThat(Cli.object("data", "delete", path, "v", "12", "13", "-f", "json"))
                .isEqualTo(Obj.of("deleted", 1));
        assertThat(Cli.ok("data", "get", path, "v", "12").strip()).isEqualTo("null");
    }

    @Test
    void takesTextForAnId() {
        upsert("isbn-7", "[1,2]", "null");
        assertThat(Cli.object("data", "get", path, "v", "isbn-7").get("id"))
                .isEqualTo(Ids.toValue(Ids.derive("isbn-7")));
        upsert("18446744073709551615", "[1,2]", "{}");
        assertThat(Cli.object("data", "get", path, "v", "18446744073709551615").get("id"))
                .hasToString("18446744073709551615");
        CollectionCommandTest.fails("VELES-023", "data", "get", path, "v", "-1");
        CollectionCommandTest.fails("VELES-023", "data", "get", path, "v", "18446744073709551616");
        CollectionCommandTest.fails("VELES-023", "data", "get", path, "v", "1.5");
    }

    @Test
    void scrollsInPages() {
        for (int i = 1; i <= 5; i++) {
            upsert("" + i, "[1," + i + "]", "{\"n\":" + i + "}");
        }
        Obj first = Cli.object("data", "scroll", path, "v", "-b", "2", "-f", "json");
        assertThat(first)
                .isEqualTo(Obj.of(
                        "points",
                        Arr.of(Obj.of("id", 1, "payload", Obj.of("n", 1)), Obj.of("id", 2, "payload", Obj.of("n", 2))),
                        "next",
                        2));
        Obj last = Cli.object("data", "scroll", path, "v", "-b", "2", "--cursor", "4", "--vectors", "-f", "json");
        assertThat(Json.write(last))
                .isEqualTo("{\"points\":[{\"id\":5,\"vector\":[1.0,5.0],\"payload\":{\"n\":5}}],\"next\":null}");
        assertThat(Cli.ok("data", "scroll", path, "v", "-b", "2")).contains("More with --cursor 2");
        String odd = "{\"condition\":{\"type\":\"in\",\"field\":\"n\",\"values\":[1,3,5]}}";
        assertThat((Arr) Cli.object("data", "scroll", path, "v", "--filter", odd, "-f", "json")
                        .get("points"))
                .hasSize(3);
        CollectionCommandTest.fails("VELES-010", "data", "scroll", path, "v", "-b", "0");
        CollectionCommandTest.fails("VELES-027", "data", "scroll", path, "v", "-b", "10001");
        CollectionCommandTest.fails("VELES-012", "data", "scroll", path, "v", "--filter", "{");
        CollectionCommandTest.fails("VELES-010", "data", "scroll", path, "v", "--filter", "{}");
    }

    @Test
    void refusesAPointThatDoesNotFit() {
        String[] upsert = {"data", "upsert", path, "v", "--id", "1"};
        fails("VELES-004", upsert, "--vector", "[1]");
        fails("VELES-005", upsert, "--vector", "[1,1e99]");
        fails("VELES-005", upsert, "--vector", "[1,\"x\"]");
        fails("VELES-005", upsert, "--vector", "{}");
        fails("VELES-012", upsert, "--vector", "[1");
        fails("VELES-016", upsert);
        fails("VELES-017", upsert, "--vector", "[1,2]", "--payload", "[]");
        assertThat(Cli.object("collection", "show", path, "v", "-f", "json").get("points"))
                .hasToString("0");
    }

    private static void fails(String code, String[] start, String... rest) {
        List<String> all = new java.util.ArrayList<>(List.of(start));
        all.addAll(List.of(rest));
        CollectionCommandTest.fails(code, all.toArray(new String[0]));
    }

    @Test
    void insertsAStreamOfLines() {
        Cli run = Cli.typing(
                "{\"id\":1,\"vector\":[1,2]}\nnonsense\n{\"id\":2,\"vector\":[1,2]}\n",
                "data",
                "stream-insert",
                path,
                "v",
                "-b",
                "1");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("line 2 skipped: [VELES-012]");
        assertThat(run.out()).startsWith("Imported 2 points into v");
        CollectionCommandTest.fails("VELES-002", "data", "stream-insert", path, "w");
    }

    @Test
    void searchesByVector() {
        upsert("1", "[1,0]", "{\"n\":\"east\"}");
        upsert("2", "[0,1]", "{\"n\":\"north\"}");
        upsert("3", "[1,1]", "null");
        Arr hits = Cli.array("search", path, "v", "--vector", "[2,0]", "-k", "2", "-f", "json");
        assertThat(hits.get(0)).isEqualTo(Obj.of("id", 1, "score", 1.0, "payload", Obj.of("n", "east")));
        assertThat(((Obj) hits.get(1)).get("id")).hasToString("3");
        assertThat(hits).hasSize(2);
        String filter = "{\"condition\":{\"type\":\"eq\",\"field\":\"n\",\"value\":\"north\"}}";
        assertThat(Cli.array("search", path, "v", "--vector", "[2,0]", "--filter", filter, "-f", "json"))
                .hasSize(1);
        for (String[] trouble :
                new String[][] {{"--ef", "100"}, {"--quality", "perfect"}, {"--quality", "custom:32"}}) {
            assertThat(Cli.array("search", path, "v", "--vector", "[2,0]", trouble[0], trouble[1], "-f", "json"))
                    .hasSize(3);
        }
        Cli table = Cli.run("search", path, "v", "--vector", "[2,0]");
        assertThat(table.out()).contains("1.0000").contains("east");
        assertThat(table.err()).contains("3 found in ");
        CollectionCommandTest.fails("VELES-004", "search", path, "v", "--vector", "[1]");
        CollectionCommandTest.fails("VELES-010", "search", path, "v", "--vector", "[1,2]", "-k", "0");
        CollectionCommandTest.fails("VELES-027", "search", path, "v", "--vector", "[1,2]", "-k", "1001");
        CollectionCommandTest.fails("VELES-010", "search", path, "v", "--vector", "[1,2]", "--ef", "0");
        CollectionCommandTest.fails("VELES-010", "search", path, "v", "--vector", "[1,2]", "--quality", "best");
    }

    @Test
    void searchesByText() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.jsonl"), """
                {"id":1,"text":"how to bake bread at home"}
                {"id":2,"text":"the parliament voted on a tax"}
                """);
        assertThat(Cli.ok("data", "import", file.toString(), "-d", path, "--embed", "text"))
                .startsWith("Imported 2 points into notes");
        Arr hits = Cli.array("search", path, "notes", "--text", "a recipe for a loaf", "-f", "json");
        assertThat(((Obj) hits.get(0)).get("id")).hasToString("1");
        Cli.ok("data", "upsert", path, "notes", "--id", "3", "--text", "a loaf of rye bread");
        assertThat(((Obj) Cli.array("search", path, "notes", "--text", "rye bread", "-f", "json")
                                .get(0))
                        .get("id"))
                .hasToString("3");
    }

    @Test
    void readsLimitsFromTheConfigurationFile() throws IOException {
        Path config = Files.writeString(folder.resolve("velesdb.toml"), """
                # limits
                [server]
                port = 1
                [search]
                max_results = 2  # few
                """);
        String[] search = {"search", path, "v", "--vector", "[1,2]", "-k", "3", "--config", config.toString()};
        CollectionCommandTest.fails("VELES-027", search);
        Files.writeString(config, """
                [search]
                default_mode = "accurate"   # "#" stays in text
                [storage]
                data_dir = 'C:\\data # one'
                [hnsw]
                m = 24
                [quantization]
                rerank_enabled = false
                """);
        Cli.ok("collection", "create", path, "dense", "-d", "2", "--config", config.toString());
        assertThat(Cli.object("collection", "show", path, "dense", "-f", "json").get("m"))
                .hasToString("24");
        Files.writeString(config, "[search]\nmax_results = 5\nmax_results = 5\n");
        assertThat(Cli.run(search).err()).contains("line 3").contains("search.max_results comes twice");
        Files.writeString(config, "[search]\nmax_result = 2\n");
        assertThat(Cli.run(search).err())
                .startsWith("[VELES-009]")
                .contains("line 2")
                .contains("search.max_result'")
                .contains("search.max_results");
        CollectionCommandTest.fails("VELES-009", search);
        Files.writeString(config, "[search]\nmax_results = 0\n");
        CollectionCommandTest.fails("VELES-009", search);
        Files.writeString(config, "[search]\nmax_results = many\n");
        CollectionCommandTest.fails("VELES-009", search);
        Files.delete(config);
        CollectionCommandTest.fails("VELES-011", search);
    }
}
