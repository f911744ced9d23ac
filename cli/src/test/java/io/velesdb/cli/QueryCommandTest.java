package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {
    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void books() {
        path = folder.resolve("db").toString();
        Cli run = Cli.typing("""
            CREATE COLLECTION books (dimension = 2);
            INSERT INTO books (id, vector, title, year)
            VALUES (1, [1, 0], 'Emma', 1815), (2, [0, 1], 'Ulysses', 1922);
            """, "shell", path);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void jsonIsOneArrayOfRows() {
        Arr rows = Cli.array(
                "query",
                "execute",
                path,
                "SELECT * FROM books WHERE year > $y",
                "--params",
                "{\"y\": 1900}",
                "--format",
                "json");
        assertThat(rows.toString()).isEqualTo("[{\"id\":2,\"title\":\"Ulysses\",\"year\":1922}]");
        assertThat(Cli.ok("query", "execute", path, "SELECT id FROM books", "-f", "csv"))
                .isEqualToNormalizingNewlines("id\n1\n2\n");
    }

    @Test
    void aTableIsForPeople() {
        Cli run = Cli.run("query", "execute", path, "SELECT title FROM books ORDER BY year DESC");
        assertThat(run.out()).isEqualToNormalizingNewlines("title\nUlysses\nEmma\n");
        assertThat(run.err()).isEqualToNormalizingNewlines("2 rows\n");
        assertThat(Cli.run("query", "execute", path, "DELETE FROM books WHERE id = 1")
                        .err())
                .isEqualToNormalizingNewlines("0 rows, 1 changed\n");
    }

    @Test
    void aMistakeIsExitStatusOneWithACaret() {
        Cli run = Cli.run("query", "execute", path, "SELECT title FORM books");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualToNormalizingNewlines("[VELES-010] [E001] 1:14 expected FROM, found FORM: did you mean FROM?\n"
                        + "  SELECT title FORM books\n"
                        + "               ^\n");
        assertThat(Cli.run("query", "execute", path, "SELECT * FROM books", "--params", "[1]")
                        .err())
                .contains("--params");
        assertThat(Cli.run("query", "execute", folder.resolve("nobody").toString(), "SHOW COLLECTIONS")
                        .err())
                .contains("there is no folder");
    }

    @Test
    void explainShowsTheTreeOrAll() {
        assertThat(Cli.ok("query", "explain", path, "SELECT * FROM books LIMIT 3"))
                .contains("Limit: 3")
                .hasLineCount(2);
        assertThat(Cli.array("query", "explain", path, "SELECT * FROM books", "-f", "json")
                        .toString())
                .contains("\"plan\":{");
        assertThat(Cli.ok("query", "explain", path, "SELECT * FROM books", "--analyze"))
                .contains("measured: 2 rows");
        assertThat(Cli.ok("query", "explain", path, "MATCH (a) RETURN a.id", "--collection", "books"))
                .contains("MatchTraversal");
    }

    @Test
    void theShellRunsCommandsAndFilesAndStopsAtTheFirstFailure() throws IOException {
        assertThat(Cli.ok("shell", path, "-c", ".format csv", "-c", "SELECT id FROM books; SELECT year FROM books"))
                .isEqualToNormalizingNewlines("id\n1\n2\nyear\n1815\n1922\n");
        Path file = folder.resolve("a.vql");
        Files.writeString(file, "SELECT title FROM books;\n\nSELECT x FROM nobody;\nDELETE FROM books WHERE id = 1;\n");
        Cli run = Cli.run("shell", path, "--file", file.toString(), "-f", "json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("Emma");
        assertThat(run.err()).contains("a.vql, line 3:").contains("VELES-002");
        assertThat(Cli.ok("repl", path, "-c", ".count books")).contains("2");
        assertThat(Cli.run("shell", folder.resolve("new").toString(), "--file", "no such file")
                        .status())
                .isEqualTo(1);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void guardRailsAreSetWhereStatementsRun() {
        String all = "SELECT id FROM books";
        Cli narrow = Cli.run("query", "execute", path, all, "--guard-rail", "max_cardinality=1");
        assertThat(narrow.status()).isEqualTo(1);
        assertThat(narrow.err()).contains("VELES-027").contains("max_cardinality");
        assertThat(Cli.ok(
                        "query",
                        "explain",
                        "--analyze",
                        path,
                        all,
                        "--guard-rail",
                        "max_cardinality=2000000",
                        "--guard-rail=timeout_ms=0"))
                .contains("measured: 2 rows");
        assertThat(Cli.run("query", "explain", "--analyze", path, all, "--guard-rail", "max_cardinality=1")
                        .err())
                .contains("VELES-027");
        assertThat(Cli.ok(
                        "shell",
                        path,
                        "-f",
                        "csv",
                        "--guard-rail",
                        "circuit_recovery_seconds=7",
                        "--guard-rail",
                        "circuit_failure_threshold=9",
                        "--guard-rail",
                        "memory_limit_bytes=1073741824",
                        "-c",
                        ".guardrails"))
                .contains("max_depth,100", "memory_limit_bytes,1073741824", "timeout_ms,30000")
                .contains("circuit_failure_threshold,9", "circuit_recovery_seconds,7");
    }

    @Test
    void whatIsNoGuardRailIsWrongUsageAndOpensNothing() {
        String names = "use NAME=VALUE, where NAME is max_depth, max_cardinality, memory_limit_bytes, timeout_ms,"
                + " rate_limit_qps, circuit_failure_threshold or circuit_recovery_seconds";
        assertThat(wrongRail("max_rows=1")).contains("--guard-rail is 'max_rows=1': " + names);
        assertThat(wrongRail("max_depth")).contains(names);
        assertThat(wrongRail("max_depth=101")).contains("--guard-rail max_depth is 101: use 1 to 100");
        assertThat(wrongRail("max_depth=4294967297")).contains("--guard-rail max_depth is 4294967297: use");
        assertThat(wrongRail("timeout_ms=5s")).contains("--guard-rail timeout_ms is '5s': use a whole number");
        assertThat(Cli.ok("query", "execute", "--help")).contains("--guard-rail", "circuit_recovery_seconds");
    }

    private String wrongRail(String given) {
        Path none = folder.resolve("none");
        Cli run = Cli.run("shell", none.toString(), "--guard-rail", given, "-c", ".count books");
        assertThat(run.status()).isEqualTo(2);
        assertThat(none).doesNotExist();
        Cli query = Cli.run("query", "execute", path, "SELECT * FROM books", "--guard-rail", given);
        assertThat(query.status()).isEqualTo(2);
        assertThat(query.err().lines().findFirst()).isEqualTo(run.err().lines().findFirst());
        return run.err();
    }

    @Test
    void conformanceCountsAndTellsWhatFailed() throws IOException {
        Path velesql = Path.of("..", "conformance", "velesql");
        Path cases = folder.resolve("cases.json");
        Files.copy(velesql.resolve("dataset.json"), folder.resolve("dataset.json"));
        Files.writeString(cases, """
            [{"id": "good", "query": "SELECT id FROM books WHERE year = 1998", "parses": true, "expect": {"ids": [1]}},
             {"id": "bad", "query": "SELECT id FROM books WHERE year = 1998", "parses": true, "expect": {"ids": [2]}}]
            """);
        Cli run = Cli.run("conformance", "run", cases.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .isEqualToNormalizingNewlines("bad\n  SELECT id FROM books WHERE year = 1998\n"
                        + "  expected ids [2], got [1]\n1 passed, 1 failed\n");
        Obj json = (Obj) io.velesdb.value.Json.parse(
                Cli.run("conformance", "run", cases.toString(), "--json").out());
        assertThat(json.get("passed")).hasToString("1");
        assertThat(((Arr) json.get("failures")).size()).isEqualTo(1);
        assertThat(Cli.run("conformance", "run", folder.resolve("none.json").toString())
                        .err())
                .contains("none.json");
        Files.delete(folder.resolve("dataset.json"));
        assertThat(Cli.run("conformance", "run", cases.toString()).err()).contains("--dataset");
        assertThat(Cli.run(
                                "conformance",
                                "run",
                                cases.toString(),
                                "--dataset",
                                velesql.resolve("dataset.json").toString())
                        .out())
                .contains("1 passed, 1 failed");
    }

    @Test
    void conformancePassesBothFilesOfStatementCases() {
        Path velesql = Path.of("..", "conformance", "velesql");
        Obj given =
                Cli.object("conformance", "run", velesql.resolve("cases.json").toString(), "--json");
        assertThat(given.get("failures")).isEqualTo(Arr.of(List.of()));
        assertThat(given.get("passed")).isEqualTo(Value.of(336));
        String dataset = velesql.resolve("own-cases-dataset.json").toString();
        Obj own = Cli.object(
                "conformance", "run", velesql.resolve("own-cases.json").toString(), "--dataset", dataset, "--json");
        assertThat(own.get("failures")).isEqualTo(Arr.of(List.of()));
        assertThat(((Value.Int) own.get("passed")).value()).isGreaterThanOrEqualTo(844);
    }
}
