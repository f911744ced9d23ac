package io.velesdb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InteractiveShellTest {
    @TempDir
    Path folder;

    private static String type(String keys, @Nullable Path history) throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (DumbTerminal terminal = new DumbTerminal(
                        "test",
                        "dumb",
                        new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                        screen,
                        StandardCharsets.UTF_8);
                SessionFixture fixture = new SessionFixture(true)) {
            InteractiveShell.run(fixture.host(true), terminal, history);
        }
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void answersGreetsAndLeavesAtTheEndOfTheInput() throws IOException {
        assertThat(type("SELECT title\nFROM books\nWHERE year < 1900;\n", null))
                .contains("VelesDB, in memory, 2 collections.")
                .contains("Emma")
                .contains("1 row, ");
    }

    @Test
    void arrowsWorkInBothModesOfATerminal() throws IOException {
        for (String up : new String[] {"\033[A", "\033OA"}) {
            assertThat(type("SHOW COLLECTIONS\n" + up + "\n.quit\n", null))
                    .doesNotContain("VELES-010")
                    .contains("2 collections");
        }
    }

    @Test
    void aMistakeIsShownWithACaretAndTheNextStatementRuns() throws IOException {
        assertThat(type("SELECT title FORM books\n.count books\n.quit\nSELECT lost FROM nowhere\n", null))
                .contains("did you mean FROM?")
                .contains("             ^")
                .contains("count")
                .doesNotContain("VELES-002");
    }

    @Test
    void whatWasTypedIsThereNextTime() throws IOException {
        Path history = folder.resolve("history");
        type("SHOW COLLECTIONS\n.quit\n", history);
        assertThat(Files.readString(history)).contains("SHOW COLLECTIONS");
    }

    @Test
    void aHistoryThatCannotBeWrittenIsNone() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        String below = file.resolve("deeper").toString();
        assertThat(HistoryFile.find(Map.of("VELESDB_HISTORY", below), null)).isNull();
        assertThat(HistoryFile.find(Map.of("VELESDB_HISTORY", "a\0b"), null)).isNull();
        assertThat(HistoryFile.find(Map.of(), null)).isNull();
        assertThat(HistoryFile.find(Map.of("XDG_STATE_HOME", folder.toString()), "/nowhere"))
                .isEqualTo(folder.resolve("velesdb").resolve("history"))
                .exists();
        assertThat(type("SHOW COLLECTIONS\n", Path.of(below))).contains("books");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no POSIX modes there")
    void aNewHistoryIsForItsOwnerOnlyAndOneThatIsThereStaysAsItIs() throws IOException {
        Path fresh = folder.resolve("fresh");
        assertThat(HistoryFile.find(Map.of("VELESDB_HISTORY", fresh.toString()), null))
                .isEqualTo(fresh);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
        type("SHOW COLLECTIONS\n.quit\n", fresh);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(HistoryFile.find(Map.of("VELESDB_HISTORY", fresh.toString()), null))
                .isEqualTo(fresh);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void tabOffersWhatFits() {
        try (SessionFixture fixture = new SessionFixture(true)) {
            WordCompleter completer = new WordCompleter(fixture.session);
            assertThat(offered(completer, "SELECT * FROM bo")).containsExactlyInAnyOrder("books", "\"many-rows\"");
            assertThat(offered(completer, "SELECT ti")).contains("title", "year", "n", "id");
            assertThat(offered(completer, "SELECT title FROM books WHERE y"))
                    .contains("year", "and", "between")
                    .doesNotContain("n", "AND");
            assertThat(offered(completer, "SELECT title FROM books WHERE year > 1 O"))
                    .contains("ORDER", "OFFSET");
            assertThat(offered(completer, ".c")).contains(".collections", ".count", "\\set");
            assertThat(offered(completer, ".sample ")).contains("books");
            assertThat(offered(completer, "\\set mode ")).contains("accurate");
            assertThat(offered(completer, ".graph tr")).contains("traverse");
        }
    }

    private static List<String> offered(WordCompleter completer, String line) {
        List<Candidate> candidates = new ArrayList<>();
        completer.complete(null, new InputParser().parse(line, line.length(), ParseContext.COMPLETE), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void coloursChangeNoLetter() {
        StatementColours colours = new StatementColours(true);
        for (String text :
                new String[] {"SELECT 'it''s' FROM \"a\" WHERE x > 1.5 -- y", "'open", "", ".help", "§ $q ;"}) {
            assertThat(colours.highlight(null, text).toString()).isEqualTo(text);
        }
        assertThat(colours.highlight(null, "SELECT a").toAnsi()).contains("\033[1m");
    }
}
