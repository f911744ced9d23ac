package io.velesdb.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static List<String> printed(Terminal terminal, List<String> headings, List<List<String>> rows) {
        Table table = new Table(headings);
        rows.forEach(table::add);
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out, true), terminal);
        return out.toString().lines().toList();
    }

    @Test
    void alignsTextLeftAndNumbersRight() {
        assertThat(printed(
                        Terminal.NONE,
                        List.of("name", "points", "note"),
                        List.of(List.of("a", "7", "x"), List.of("longer", "1,200", ""))))
                .containsExactly("name    points  note", "a            7  x", "longer   1,200");
    }

    @Test
    void cutsTheWidestColumnOnATerminalOnly() {
        List<List<String>> rows = List.of(List.of("1", "a text that goes on and on and on and on and on"));
        assertThat(printed(new Terminal(40, false, false), List.of("id", "text"), rows)
                        .getLast())
                .hasSize(40)
                .endsWith("…");
        assertThat(printed(Terminal.NONE, List.of("id", "text"), rows).getLast())
                .endsWith("on and on");
    }

    @Test
    void letsNothingSteerTheTerminal() {
        String line = printed(Terminal.NONE, List.of("text"), List.of(List.of("a\nb\u001b[31mred\u0007\u202eback")))
                .getLast();
        assertThat(line).isEqualTo("a b\uFFFD[31mred\uFFFD\uFFFDback");
    }

    @Test
    void countsWideLettersAsTwoColumnsAndMarksAsNone() {
        assertThat(printed(Terminal.NONE, List.of("word", "x"), List.of(List.of("漢字", "a"), List.of("e\u0301", "b"))))
                .containsExactly("word  x", "漢字  a", "e\u0301     b");
        assertThat(Display.cut("漢字漢字", 5)).isEqualTo("漢字…");
    }

    @Test
    void usesColourOnlyWhereItIsAllowed() {
        assertThat(printed(new Terminal(80, true, true), List.of("a"), List.of())
                        .getFirst())
                .contains("\033[1m");
        assertThat(printed(new Terminal(80, true, false), List.of("a"), List.of())
                        .getFirst())
                .isEqualTo("a");
    }
}
