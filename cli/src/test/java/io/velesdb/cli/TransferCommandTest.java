package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.cli.console.Terminal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferCommandTest {
    private static final String LINES = """
            {"id":1,"vector":[0.1,2.0],"payload":{"title":"Emma","year":1815}}
            {"id":2,"vector":[1.0,-0.5],"payload":{"title":"Ulysses, \\"the\\" novel","tags":["a",1]}}
            {"id":18446744073709551615,"vector":[3.0,4.0],"payload":null}
            """;

    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void path() {
        path = folder.resolve("db").toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void importsIntoANewCollectionNamedAfterTheFile() throws IOException {
        Obj done =
                Cli.object("data", "import", file("books.jsonl", LINES), "-d", path, "--metric", "dot", "-f", "json");
        assertThat(done.without("seconds"))
                .isEqualTo(Obj.of(
                        "collection", "books", "imported", 3, "replaced", 0, "skipped", 0, "problems", Arr.of()));
        Obj shown = Cli.object("collection", "show", path, "books", "-f", "json");
        assertThat(shown.text("metric")).isEqualTo("dot");
        assertThat(shown.get("dimension")).hasToString("2");
        assertThat(shown.get("points")).hasToString("3");
    }

    @Test
    void anImportOfWhichNothingIsTakenLeavesNoCollectionBehind() throws IOException {
        String file = file("books.jsonl", LINES);
        Cli refused = Cli.run("data", "import", file, "-d", path, "--dimension", "3");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("Imported 0 points");
        assertThat(Cli.array("collection", "list", path, "-f", "json")).isEmpty();

        Cli.ok("collection", "create", path, "books", "-d", "3");
        assertThat(Cli.run("data", "import", file, "-d", path).status()).isEqualTo(1);
        assertThat(Cli.array("collection", "list", path, "-f", "json"))
                .as("one that was there before stays")
                .hasSize(1);
    }

    @Test
    void infoCountsInWords() throws IOException {
        String line = "{\"id\":1,\"payload\":{\"title\":\"Emma\"}}\n";
        Cli.ok("data", "import", file("books.jsonl", line), "-d", path);
        assertThat(Cli.ok("info", path)).contains(": 1 point in 1 collection, ").contains(", 2 changes");
        Cli.ok("collection", "delete", path, "books", "--force");
        assertThat(Cli.ok("info", path)).contains(": 0 points in 0 collections, ");
    }

    @Test
    void anExportEndsQuietlyWhenNobodyReadsItAnyMore() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int id = 0; id < 5_000; id++) {
            lines.append("{\"id\":")
                    .append(id)
                    .append(",\"payload\":{\"text\":\"")
                    .append("x".repeat(90))
                    .append("\"}}\n");
        }
        Cli.ok("data", "import", file("notes.jsonl", lines.toString()), "-d", path);
        int[] tries = {0};
        Writer pipe = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                tries[0]++;
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Cli run = Cli.run(Terminal.NONE, pipe, "data", "export", path, "notes", "-o", "-");
        assertThat(run.status()).isEqualTo(141);
        assertThat(run.err()).isEmpty();
        assertThat(tries[0]).isEqualTo(1);
    }

    @Test
    void importsPlainNumbersAndSkipsThePointThatIsNone() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(16 + 3 * 8 + 3 * 8).order(ByteOrder.LITTLE_ENDIAN);
        numbers.put("VRB1".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putInt(2)
                .putInt(8);
        numbers.putLong(7).putLong(-1).putLong(9);
        numbers.putFloat(0.5f)
                .putFloat(2)
                .putFloat(3)
                .putFloat(4)
                .putFloat(Float.NaN)
                .putFloat(1);
        Path file = Files.write(folder.resolve("numbers.vrb1"), numbers.array());
        Cli run = Cli.run("data", "import", file.toString(), "-d", path);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("line 3 skipped: [VELES-005]");
        assertThat(Cli.ok("data", "export", path, "numbers", "-o", "-")).isEqualTo("""
                {"id":7,"vector":[0.5,2.0],"payload":null}
                {"id":18446744073709551615,"vector":[3.0,4.0],"payload":null}
                """);
    }

    @Test
    void saysHowManyPointsTookThePlaceOfOthers() throws IOException {
        String file = file("books.jsonl", LINES + LINES.lines().findFirst().orElseThrow() + "\n");
        assertThat(Cli.ok("data", "import", file, "-d", path))
                .contains("Imported 4 points")
                .contains(", 1 in place of one with the same id;");
        assertThat(Cli.object("data", "import", file, "-d", path, "-f", "json").get("replaced"))
                .hasToString("4");
    }

    @Test
    void whatIsAskedOfANewCollectionIsHeldAgainstOneThatIsThere() throws IOException {
        String file = file("books.jsonl", LINES);
        Cli.ok("data", "import", file, "-d", path, "--metric", "dot");
        Cli.ok("data", "import", file, "-d", path, "--metric", "ip", "--dimension", "2", "--storage-mode", "full");
        for (String[] other :
                new String[][] {{"--metric", "cosine"}, {"--dimension", "3"}, {"--storage-mode", "sq8"}}) {
            Cli run = Cli.run("data", "import", file, "-d", path, other[0], other[1]);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).startsWith("[VELES-010] " + other[0] + " is " + other[1]);
        }
        Cli column = Cli.run("data", "import", file, "-d", path, "-c", "c", "--vector-column", "embedding");
        assertThat(column.err()).contains("line 3 skipped: [VELES-016] there is no 'embedding'");
        assertThat(Cli.run("data", "import", file, "-d", path, "--line-ids", "--id-column", "x")
                        .err())
                .startsWith("[VELES-010] --line-ids");
    }

    @Test
    void whatCannotBeReadIsNamedWithWhatIsWrittenAlready() throws IOException {
        Path cut = folder.resolve("cut.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
            for (int id = 0; id < 5_000; id++) {
                out.write(("{\"id\":" + id + ",\"payload\":{\"x\":" + id * 7919L % 10_007 + "}}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length * 3 / 4));
        Cli run = Cli.run("data", "import", cut.toString(), "-d", path);
        assertThat(run.status()).isEqualTo(1);
        String written = Cli.object("collection", "show", path, "cut", "-f", "json")
                .get("points")
                .toString();
        assertThat(Integer.parseInt(written)).isPositive();
        assertThat(run.err()).startsWith("[VELES-011] cannot read " + cut).contains(written.charAt(0) + ",");

        CollectionCommandTest.fails("VELES-011", "data", "import", folder.toString(), "-d", path);
        Cli semicolons = Cli.run("data", "import", file("semi.csv", "id;title\n1;Emma\n"), "-d", path);
        assertThat(semicolons.err()).startsWith("[VELES-012]").contains("by commas");
        Cli open = Cli.run("data", "import", file("open.csv", "id,title\n1,\"Emma\n2,x\n3,y\n"), "-d", path);
        assertThat(open.err()).contains("line 2 skipped").contains("lines up to ");
    }

    @Test
    void aBackupIsNotOpenedByMistake() throws IOException {
        Cli.ok("data", "import", file("books.jsonl", LINES), "-d", path);
        String backup = folder.resolve("backup").toString();
        Cli.ok("backup", path, backup);
        for (String[] command :
                new String[][] {{"info", backup}, {"stats", backup}, {"collection", "list", backup}, {"repair", backup}
                }) {
            CollectionCommandTest.fails("VELES-006", command);
        }
        Cli.ok("restore", backup, folder.resolve("restored").toString());
    }

    @Test
    void aFileOfPlainNumbersThatLiesIsRefusedWhole() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(16 + 8 + 8).order(ByteOrder.LITTLE_ENDIAN);
        numbers.put("VRB1".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(2)
                .putInt(8);
        Path file = folder.resolve("numbers.bin");
        record Lie(int at, int value, String says) {}
        for (Lie lie : List.of(
                new Lie(0, 0, "does not begin with VRB1"),
                new Lie(4, -1, "it has 32 bytes, and 4294967295 points of dimension 2 make 68719476736"),
                new Lie(4, 0, "it has 32 bytes, and 0 points of dimension 2 make 16"),
                new Lie(8, 0, "its dimension is 0"),
                new Lie(8, -1, "its dimension is 4294967295"),
                new Lie(12, 4, "the width of an id"))) {
            byte[] bytes = numbers.array().clone();
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(lie.at(), lie.value());
            Files.write(file, bytes);
            Cli run = Cli.run("data", "import", file.toString(), "-d", path);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).startsWith("[VELES-012] ").contains(lie.says());
        }
        Files.write(file, new byte[] {'V', 'R'});
        assertThat(Cli.run("data", "import", file.toString(), "-d", path).err()).contains("ends within its heading");
        assertThat(Files.exists(Path.of(path))).as("nothing was made").isFalse();
    }

    @Test
    void exportsWhatItImported() throws IOException {
        Cli.ok("data", "import", file("books.jsonl", LINES), "-d", path);
        Path out = folder.resolve("out.jsonl");
        assertThat(Cli.ok("data", "export", path, "books", "-o", out.toString()))
                .startsWith("Exported 3 points");
        assertThat(Files.readString(out)).isEqualTo(LINES);
        assertThat(Cli.ok("data", "export", path, "books", "-o", "-")).isEqualTo(LINES);
        assertThat(Cli.ok("data", "export", path, "books", "-o", "-", "--include-vectors", "false"))
                .startsWith("{\"id\":1,\"payload\":");
        Cli.run(
                "data",
                "export",
                path,
                "books",
                "-o",
                folder.resolve("out.jsonl.gz").toString());
        Cli.ok("data", "import", folder.resolve("out.jsonl.gz").toString(), "-d", path, "-c", "again");
        assertThat(Cli.ok("data", "export", path, "again", "-o", "-")).isEqualTo(LINES);
    }

    @Test
    void exportsACsvThatComesBackTheSame() throws IOException {
        Cli.ok("data", "import", file("books.jsonl", LINES), "-d", path);
        Path csv = folder.resolve("books.csv");
        Cli.ok("data", "export", path, "books", "-o", csv.toString());
        assertThat(Files.readString(csv)).startsWith("id,title,year,tags,vector\n1,Emma,1815,,\"[0.1,2.0]\"\n");
        Cli.ok("data", "import", csv.toString(), "-d", path, "-c", "again");
        assertThat(Cli.ok("data", "export", path, "again", "-o", "-")).isEqualTo(LINES);
        Path few = folder.resolve("few.csv");
        String filter = "{\"condition\":{\"type\":\"eq\",\"field\":\"year\",\"value\":1815}}";
        Cli.ok("data", "export", path, "books", "-o", few.toString(), "--filter", filter, "--include-vectors=false");
        assertThat(Files.readString(few)).isEqualTo("id,title,year\n1,Emma,1815\n");
    }

    @Test
    void doesNotReplaceAFileUnlessForced() throws IOException {
        Cli.ok("data", "import", file("books.jsonl", LINES), "-d", path);
        String there = file("there.jsonl", "mine");
        CollectionCommandTest.fails("VELES-011", "data", "export", path, "books", "-o", there);
        assertThat(Files.readString(Path.of(there))).isEqualTo("mine");
        Cli.ok("data", "export", path, "books", "-o", there, "--force");
        assertThat(Files.readString(Path.of(there))).isEqualTo(LINES);
        CollectionCommandTest.fails(
                "VELES-012",
                "data",
                "export",
                path,
                "books",
                "-o",
                folder.resolve("x.txt").toString());
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void reportsBadLinesAndGoesOn() throws IOException {
        String bad = LINES + "nonsense\n{\"id\":5,\"vector\":[1]}\n{\"id\":6,\"vector\":[1,1]}\n";
        Cli run = Cli.run("data", "import", file("books.jsonl", bad), "-d", path);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 4 skipped: [VELES-012]"),
                        line -> assertThat(line).startsWith("line 5 skipped: [VELES-004]"));
        assertThat(run.out()).startsWith("Imported 4 points into books").contains("2 lines were skipped");
        Cli json = Cli.run("data", "import", file("books.jsonl", bad), "-d", path, "-f", "json");
        assertThat(json.status()).isEqualTo(1);
        assertThat(json.err()).isEmpty();
        Obj second = (Obj) ((Arr) ((Obj) Json.parse(json.out())).get("problems")).get(1);
        assertThat(second.get("line")).hasToString("5");
        assertThat(second.text("code")).isEqualTo("VELES-004");
    }

    @Test
    void namesBadLinesInTheOrderOfTheFileWhoeverRefusedThem() throws IOException {
        String lines = "{\"id\":1,\"vector\":[1,1]}\n{\"id\":2,\"vector\":[1]}\nnonsense\n"
                + "{\"id\":4,\"vector\":[1,2,3]}\n{\"id\":-5,\"vector\":[1,1]}\n";
        Cli run = Cli.run("data", "import", file("a.jsonl", lines), "-d", path);
        assertThat(run.err().lines())
                .extracting(line -> line.substring(0, line.indexOf(']') + 1))
                .containsExactly(
                        "line 2 skipped: [VELES-004]",
                        "line 3 skipped: [VELES-012]",
                        "line 4 skipped: [VELES-004]",
                        "line 5 skipped: [VELES-023]");
        assertThat(run.out()).startsWith("Imported 1 point into a").endsWith("4 lines were skipped.\n");
    }

    @Test
    void importsJsonLinesFromStandardInput() {
        Cli run = Cli.typing(LINES, "data", "import", "-", "-d", path, "-c", "piped");
        assertThat(run.status()).isZero();
        assertThat(Cli.ok("data", "export", path, "piped", "-o", "-")).isEqualTo(LINES);
        CollectionCommandTest.fails("VELES-010", "data", "import", "-", "-d", path);
    }

    @Test
    void showsTheFirstBadLinesOnly() throws IOException {
        Cli run = Cli.run("data", "import", file("books.jsonl", "x\n".repeat(100)), "-d", path);
        assertThat(run.err().lines()).hasSize(21).last().asString().contains("and 80 more");
        assertThat(Cli.ok("collection", "list", path)).contains("no collections");
    }

    @Test
    void importsOtherNamesOfColumns() throws IOException {
        Cli.ok(
                "data",
                "import",
                file("a.csv", "key,emb,x\n7,\"[1,2]\",y\n"),
                "-d",
                path,
                "--id-column",
                "key",
                "--vector-column",
                "emb");
        assertThat(Cli.ok("data", "get", path, "a", "7")).contains("{\"x\":\"y\"}");
        Cli.ok("data", "import", file("b.jsonl", "{\"x\":\"y\"}\n{\"x\":\"z\"}\n"), "-d", path, "--line-ids");
        assertThat(Cli.object("collection", "show", path, "b", "-f", "json").text("kind"))
                .isEqualTo("metadata");
        assertThat(Cli.ok("data", "get", path, "b", "2")).contains("{\"x\":\"z\"}");
    }

    @Test
    void showsProgressOnATerminalUnlessToldNotTo() throws IOException {
        String file = file("books.jsonl", LINES);
        Terminal terminal = new Terminal(80, true, false);
        assertThat(Cli.run(terminal, "data", "import", file, "-d", path).err()).contains("Importing [");
        assertThat(Cli.run(terminal, "data", "import", file, "-d", path, "--no-progress")
                        .err())
                .isEmpty();
        assertThat(Cli.run(terminal, "data", "import", file, "-d", path, "--progress")
                        .err())
                .contains("Importing [");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        CollectionCommandTest.fails(
                "VELES-011", "data", "import", folder.resolve("none.jsonl").toString(), "-d", path);
        CollectionCommandTest.fails("VELES-012", "data", "import", file("a.txt", ""), "-d", path);
        CollectionCommandTest.fails("VELES-012", "data", "import", file("a.csv", "a,b\n1,2\n"), "-d", path);
        CollectionCommandTest.fails("VELES-034", "data", "import", file("a b.jsonl", LINES), "-d", path);
        CollectionCommandTest.fails(
                "VELES-010", "data", "import", file("a.jsonl", LINES), "-d", path, "--batch-size", "0");
        CollectionCommandTest.fails(
                "VELES-027", "data", "import", file("a.jsonl", LINES), "-d", path, "--batch-size", "2000000000");
        CollectionCommandTest.fails(
                "VELES-011",
                "data",
                "import",
                file("c.jsonl", LINES),
                "-d",
                path,
                "--embed",
                "title",
                "--embedder-url",
                "http://127.0.0.1:1/v1",
                "--embedder-model",
                "m");
        CollectionCommandTest.fails(
                "VELES-009",
                "data",
                "import",
                file("c.jsonl", LINES),
                "-d",
                path,
                "--embed",
                "title",
                "--embedder-url",
                "ftp://x",
                "--embedder-model",
                "m");
    }
}
