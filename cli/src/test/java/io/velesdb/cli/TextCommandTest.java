package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands text, hybrid and index. */
class TextCommandTest {
    private static final String ONLY_2 = "{\"condition\":{\"type\":\"eq\",\"field\":\"id\",\"value\":2}}";

    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void threeBoats() {
        path = folder.resolve("db").toString();
        Cli.ok("collection", "create", path, "boats", "-d", "2", "-m", "euclidean");
        upsert("1", "[0,0]", "{\"title\":\"A small boat\",\"year\":1990}");
        upsert("2", "[0,3]", "{\"title\":\"The boat house\",\"note\":\"small rooms\",\"year\":1991}");
        upsert("3", "[4,0]", "{\"title\":\"Boathouse\",\"year\":1992}");
    }

    private void upsert(String id, String vector, String payload) {
        Cli.ok("data", "upsert", path, "boats", "--id", id, "--vector", vector, "--payload", payload);
    }

    @Test
    void findsWordsPhrasesAndBeginnings() {
        assertThat(ids("text", path, "boats", "boat", "-f", "json")).containsExactlyInAnyOrder("1", "2");
        assertThat(ids("text", path, "boats", "small", "boat", "--phrase", "-f", "json"))
                .containsExactly("1");
        assertThat(ids("text", path, "boats", "boat", "--prefix", "-f", "json"))
                .containsExactlyInAnyOrder("1", "2", "3");
        assertThat(ids("text", path, "boats", "small", "--fields", "note", "-f", "json"))
                .containsExactly("2");
        assertThat(ids("text", path, "boats", "boat", "--filter", ONLY_2, "-f", "json"))
                .containsExactly("2");
        assertThat(ids("text", path, "boats", "boat", "-k", "1", "-f", "json")).hasSize(1);
        Cli table = Cli.run("text", path, "boats", "boat");
        assertThat(table.out()).contains("score").contains("A small boat");
        assertThat(table.err()).contains("2 found in");
        assertThat(Cli.run("text", path, "boats", "submarine").out()).contains("no such points");
        assertThat(Cli.run("text", path, "boats", "x", "--phrase", "--prefix").status())
                .isEqualTo(2);
    }

    @Test
    void fusesMeaningAndWords() {
        String[] hybrid = {"hybrid", path, "boats", "house", "boat", "--vector", "[0,0]", "-f", "json"};
        Arr hits = Cli.array(hybrid);
        assertThat(ids(hybrid)).containsExactlyInAnyOrder("1", "2", "3");
        Obj best = (Obj) ((Obj) hits.get(0)).get("parts");
        assertThat(best.has("vector")).isTrue();
        assertThat(best.has("text")).isTrue();
        // all weight on the vector: the order of the distances
        assertThat(ids("hybrid", path, "boats", "house", "--vector", "[0,0]", "--weights", "1,0", "-f", "json"))
                .containsExactly("1", "2", "3");
        assertThat(ids("hybrid", path, "boats", "--vector", "[4,1]", "-f", "json"))
                .containsExactly("3", "1", "2");
        assertThat(ids("hybrid", path, "boats", "boat", "--vector", "[0,0]", "--filter", ONLY_2, "-f", "json"))
                .containsExactly("2");
        Cli table = Cli.run("hybrid", path, "boats", "boat", "--vector", "[0,0]", "-s", "rsf");
        assertThat(table.status()).as(table.err()).isZero();
        assertThat(table.out()).contains("vector").contains("text");
    }

    @Test
    void searchesSparseVectors() {
        CollectionCommandTest.fails(
                "VELES-030", "hybrid", path, "boats", "--sparse", "{\"1\":1}", "--sparse-name", "terms");
        assertThat(ids("hybrid", path, "boats", "--sparse", "{\"1\":1}", "-f", "json"))
                .isEmpty();
        for (int id = 1; id <= 2; id++) {
            Cli.ok(
                    "data",
                    "upsert",
                    path,
                    "boats",
                    "--id",
                    "" + id,
                    "--vector",
                    "[0,1]",
                    "--sparse",
                    "{\"1\":" + id + "}",
                    "--sparse-name",
                    "terms");
        }
        String[] search = {"hybrid", path, "boats", "--sparse", "{\"1\":3}", "--sparse-name", "terms", "-f", "json"};
        assertThat(ids(search)).containsExactly("2", "1");
        Obj best = (Obj) Cli.array(search).get(0);
        assertThat(best.get("score")).isEqualTo(Value.of(6.0));
        assertThat(best.get("parts")).isEqualTo(Obj.of("sparse", 6.0));
        // and out, and in again
        String file = folder.resolve("boats.jsonl").toString();
        Cli.ok("data", "export", path, "boats", "-o", file);
        Cli.ok("data", "import", file, "-d", path, "-c", "again", "--metric", "euclidean");
        search[2] = "again";
        assertThat(ids(search)).containsExactly("2", "1");
        assertThat(Cli.object("data", "get", path, "again", "1"))
                .isEqualTo(Cli.object("data", "get", path, "boats", "1"));
        CollectionCommandTest.fails("VELES-030", "hybrid", path, "boats", "--sparse", "{\"x\":1}");
    }

    @Test
    void namesWhatIsWrongWithAFusion() {
        String[] start = {"hybrid", path, "boats", "boat", "--vector", "[0,0]"};
        CollectionCommandTest.fails("VELES-010", with(start, "-s", "magic"));
        CollectionCommandTest.fails("VELES-010", with(start, "-s", "weighted", "--weights", "1,1"));
        CollectionCommandTest.fails("VELES-010", with(start, "--weights", "1,1,1"));
        CollectionCommandTest.fails("VELES-010", with(start, "--rrf-k", "0"));
        CollectionCommandTest.fails("VELES-010", "hybrid", path, "boats");
        CollectionCommandTest.fails("VELES-004", "hybrid", path, "boats", "boat", "--vector", "[1]");
    }

    @Test
    void wordsAreTreatedAsTheCollectionSays() {
        Cli.ok(
                "collection",
                "create-metadata",
                path,
                "notes",
                "--text-language",
                "en",
                "--stem",
                "--stop-words",
                "--strip-marks",
                "--text-fields",
                "text");
        Cli.ok(
                "data",
                "upsert",
                path,
                "notes",
                "--id",
                "1",
                "--payload",
                "{\"text\":\"Rowing to the café\",\"by\":\"oak\"}");
        assertThat(ids("text", path, "notes", "row", "-f", "json")).containsExactly("1");
        assertThat(ids("text", path, "notes", "cafe", "-f", "json")).containsExactly("1");
        assertThat(ids("text", path, "notes", "the", "-f", "json")).isEmpty();
        assertThat(ids("text", path, "notes", "oak", "-f", "json")).isEmpty();
        // no vectors: the words alone
        assertThat(ids("hybrid", path, "notes", "row", "-f", "json")).containsExactly("1");
        CollectionCommandTest.fails("VELES-010", "text", path, "notes", "oak", "--fields", "by");
        CollectionCommandTest.fails("VELES-010", "collection", "create-metadata", path, "x", "--stem");
        CollectionCommandTest.fails("VELES-010", "collection", "create-metadata", path, "x", "--text-language", "xx");
    }

    @Test
    void fieldsAreTreatedAsTheCollectionSaysOfEach() {
        Cli.ok(
                "collection",
                "create",
                path,
                "books",
                "--kind",
                "metadata",
                "--text-analysis",
                "titel=de+stem+strip-marks",
                "--text-analysis",
                "titel.raw=plain",
                "--stem",
                "--text-language",
                "en");
        String payload = "{\"title\":\"rowing\",\"titel\":{\"alt\":\"Häuser\",\"raw\":\"Bäume\"}}";
        Cli.ok("data", "upsert", path, "books", "--id", "1", "--payload", payload);
        assertThat(ids("text", path, "books", "row", "-f", "json")).containsExactly("1");
        assertThat(ids("text", path, "books", "haus", "-f", "json")).containsExactly("1");
        assertThat(ids("text", path, "books", "baum", "-f", "json")).isEmpty();
        assertThat(ids("text", path, "books", "bäume", "--fields", "titel.raw", "-f", "json"))
                .containsExactly("1");
        CollectionCommandTest.fails(
                "VELES-010", "collection", "create-metadata", path, "x", "--text-analysis", "t=stem");
        CollectionCommandTest.fails(
                "VELES-010", "collection", "create-metadata", path, "x", "--text-analysis", "t=de+fr");
        CollectionCommandTest.fails(
                "VELES-010",
                "collection",
                "create-metadata",
                path,
                "x",
                "--text-analysis",
                "t=de",
                "--text-fields",
                "u");
    }

    @Test
    void createsListsAndDropsIndexes() {
        assertThat(Cli.ok("index", "list", path, "boats")).contains("no indexes");
        assertThat(Cli.object("index", "create", path, "boats", "year", "-f", "json"))
                .isEqualTo(Obj.of("created", true));
        assertThat(Cli.ok("index", "create", path, "boats", "year")).contains("already");
        Cli.ok("index", "create", path, "boats", "title", "--index-type", "trigram");
        Cli.ok("index", "create", path, "boats", "year", "--index-type", "property", "--label", "Boat");
        Arr indexes = Cli.array("index", "list", path, "boats", "-f", "json");
        assertThat(indexes.elements().stream().map(index -> ((Obj) index).text("type")))
                .containsExactly("secondary", "trigram", "hash");
        assertThat(Cli.ok("index", "list", path, "boats")).contains("secondary").contains("cardinality");
        Obj statistics = Cli.object("collection", "analyze", path, "boats", "-f", "json");
        assertThat(statistics.get("row_count")).hasToString("3");
        assertThat(((Obj) statistics.get("column_stats")).has("year")).isTrue();
        assertThat(((Obj) statistics.get("index_stats")).size()).isEqualTo(3);
        Cli.ok("index", "drop", path, "boats", "year");
        assertThat(Cli.array("index", "list", path, "boats", "-f", "json")).hasSize(2);
        CollectionCommandTest.fails("VELES-007", "index", "drop", path, "boats", "year");
        CollectionCommandTest.fails("VELES-010", "index", "create", path, "boats", "year", "--index-type", "range");
        CollectionCommandTest.fails("VELES-010", "index", "create", path, "boats", "year", "--index-type", "tree");
        CollectionCommandTest.fails("VELES-010", "index", "create", path, "boats", "id");
    }

    private static String[] with(String[] start, String... more) {
        String[] all = new String[start.length + more.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return all;
    }

    private static List<String> ids(String... arguments) {
        return Cli.array(arguments).elements().stream()
                .map(hit -> String.valueOf(((Obj) hit).get("id")))
                .toList();
    }
}
