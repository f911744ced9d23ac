package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionCommandTest {
    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void path() {
        path = folder.resolve("db").toString();
    }

    @Test
    void createsListsAndShowsCollections() {
        assertThat(Cli.ok("collection", "create", path, "books", "-d", "3", "-m", "L2"))
                .isEqualTo("Created collection books." + System.lineSeparator());
        Cli.ok("collection", "create-metadata", path, "authors");
        assertThat(Cli.array("collection", "list", path, "-f", "json"))
                .isEqualTo(Arr.of(
                        Obj.of("name", "authors", "kind", "metadata", "points", 0),
                        Obj.of(
                                "name",
                                "books",
                                "kind",
                                "vector",
                                "points",
                                0,
                                "dimension",
                                3,
                                "metric",
                                "euclidean",
                                "storage",
                                "full")));
        assertThat(Cli.ok("collection", "list", path).lines()).hasSize(3).anyMatch(l -> l.startsWith("books"));
        Obj shown = Cli.object("collection", "show", path, "books", "-f", "json");
        assertThat(shown.text("metric")).isEqualTo("euclidean");
        assertThat(shown.has("m")).isTrue();
        assertThat(Cli.ok("collection", "show", path, "books"))
                .contains("dimension")
                .contains("3");
    }

    @Test
    void showsSamples() {
        Cli.ok("collection", "create-metadata", path, "authors");
        Cli.ok("data", "upsert", path, "authors", "--id", "7", "--payload", "{\"name\":\"Jane\"}");
        assertThat(Cli.ok("collection", "show", path, "authors", "--samples", "5"))
                .contains("Jane");
        Obj shown = Cli.object("collection", "show", path, "authors", "--samples", "5", "-f", "json");
        assertThat(shown.get("samples")).isEqualTo(Arr.of(Obj.of("id", 7, "payload", Obj.of("name", "Jane"))));
    }

    @Test
    void deletesAfterYesOnly() {
        Cli.ok("collection", "create-metadata", path, "authors");
        Cli no = Cli.typing("y\n", "collection", "delete", path, "authors");
        assertThat(no.status()).isEqualTo(1);
        assertThat(no.err()).contains("Type yes").contains("Nothing was deleted");
        assertThat(Cli.typing("", "collection", "delete", path, "authors").status())
                .isEqualTo(1);
        assertThat(Cli.array("collection", "list", path, "-f", "json")).hasSize(1);
        assertThat(Cli.typing("yes\n", "collection", "delete", path, "authors").status())
                .isZero();
        assertThat(Cli.ok("collection", "list", path)).contains("no collections");
    }

    @Test
    void deletesWithoutAskingByForce() {
        Cli.ok("collection", "create-metadata", path, "authors");
        assertThat(Cli.object("collection", "delete", path, "authors", "--force", "-f", "json"))
                .isEqualTo(Obj.of("deleted", "authors"));
    }

    @Test
    void showsTheEnginesErrors() {
        Cli.ok("collection", "create", path, "books", "-d", "3");
        fails("VELES-001", "collection", "create", path, "books", "-d", "3");
        fails("VELES-002", "collection", "show", path, "films");
        fails("VELES-002", "collection", "delete", path, "films", "--force");
        fails("VELES-010", "collection", "create", path, "films", "-d", "3", "-m", "manhattan");
        fails("VELES-010", "collection", "create", path, "films", "-d", "3", "-s", "zip");
        fails("VELES-032", "collection", "create", path, "films", "-d", "0");
        fails("VELES-034", "collection", "create", path, "a b", "-d", "3");
    }

    @Test
    void looksWithoutCreatingAFolder() {
        fails("VELES-011", "info", path);
        fails("VELES-011", "collection", "list", path);
        assertThat(Files.exists(Path.of(path))).isFalse();
    }

    @Test
    void showsAnOverview() {
        Cli.ok("collection", "create", path, "books", "-d", "3");
        Cli.ok("data", "upsert", path, "books", "--id", "1", "--vector", "[1,2,3]");
        assertThat(Cli.ok("info", path)).contains(": 1 point in 1 collection").contains("books");
        Obj info = Cli.object("info", path, "-f", "json");
        assertThat(info.get("points")).hasToString("1");
        assertThat(((Arr) info.get("collections")).size()).isEqualTo(1);
        assertThat(Cli.ok("stats", path)).contains("raw_bytes").contains("12");
        assertThat(Cli.object("stats", path, "books", "-f", "json").get("points"))
                .hasToString("1");
    }

    @Test
    void backsUpAndRestores() {
        Cli.ok("collection", "create", path, "books", "-d", "1");
        Cli.ok("data", "upsert", path, "books", "--id", "1", "--vector", "[1]");
        String backup = folder.resolve("backup").toString();
        String restored = folder.resolve("restored").toString();
        assertThat(Cli.object("backup", path, backup, "-f", "json").get("changes"))
                .hasToString("2");
        Cli.ok("data", "delete", path, "books", "1");
        assertThat(Cli.ok("restore", backup, restored)).startsWith("Restored ").contains("up to change 2");
        assertThat(Cli.object("data", "get", restored, "books", "1").has("vector"))
                .isTrue();
        fails("VELES-006", "restore", backup, restored);
        fails("VELES-006", "backup", path, restored);
        fails("VELES-011", "restore", folder.resolve("none").toString(), restored);
    }

    static void fails(String code, String... arguments) {
        Cli run = Cli.run(arguments);
        assertThat(run.status()).as(String.join(" ", arguments)).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("[" + code + "] ").hasLineCount(1);
    }
}
