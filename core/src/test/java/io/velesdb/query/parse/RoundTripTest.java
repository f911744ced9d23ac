package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every text: it parses and can be written again, or it ends in an error that knows its place. */
final class RoundTripTest {
    private static final String[] SPLINTERS = {
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        "..",
        ";",
        ":",
        "@",
        "|",
        "*",
        "+",
        "-",
        "--",
        "/",
        "=",
        "<",
        "<-",
        "->",
        "<>",
        "!",
        "'",
        "\"",
        "`",
        "$",
        "$q",
        " ",
        "\n",
        "1",
        "-1",
        "1.5",
        "1e9",
        "18446744073709551616",
        "NOT",
        "AND",
        "SELECT",
        "FROM",
        "WHERE",
        "MATCH",
        "a",
        "'x'",
        "\"y\"",
        "NULL",
        "é",
        "\ud83d\ude00",
        "\ud83d",
        "\u0000",
        "IN",
        "LIKE",
        "USING",
        "FUSION",
        "vector",
        "NEAR",
        "similarity",
        "NOW()",
        "INTERVAL '1 d'",
        "COUNT(*)",
        "LET x = 1 ",
        "UNION",
        "LIMIT 1"
    };

    @Test
    void everyCaseIsReadWrittenAndReadAgain() {
        for (Cases.Case c : Cases.all()) {
            if (c.parses()) {
                check(c.id(), c.query());
            }
        }
    }

    @Test
    void everyBeginningOfEveryCaseParsesOrIsRefused() {
        for (Cases.Case c : Cases.all()) {
            for (int end = 0; end <= c.query().length(); end++) {
                check(c.id(), c.query().substring(0, end));
            }
        }
    }

    @Test
    void everyEndOfEveryCaseParsesOrIsRefused() {
        for (Cases.Case c : Cases.all()) {
            for (int start = 1; start <= c.query().length(); start++) {
                check(c.id(), c.query().substring(start));
            }
        }
    }

    @Test
    void mutatedStatementsParseOrAreRefused() {
        List<Cases.Case> cases = Cases.all();
        long seed = Long.getLong("velesdb.seed", 20_261_124);
        Random random = new Random(seed);
        for (int round = 0; round < 60_000; round++) {
            String text = cases.get(random.nextInt(cases.size())).query();
            for (int i = random.nextInt(4); i >= 0; i--) {
                text = mutated(text, cases.get(random.nextInt(cases.size())).query(), random);
            }
            check("seed " + seed + ", round " + round, text);
        }
    }

    private static String mutated(String text, String other, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = at + random.nextInt(Math.min(8, text.length() - at) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 -> text.substring(0, at) + SPLINTERS[random.nextInt(SPLINTERS.length)] + text.substring(at);
            case 2 -> text.substring(0, at) + SPLINTERS[random.nextInt(SPLINTERS.length)] + text.substring(end);
            case 3 -> text.substring(0, at) + text.substring(at, end) + text.substring(at);
            default -> text.substring(0, at) + other.substring(random.nextInt(other.length() + 1));
        };
    }

    private static void check(String name, String text) {
        QueryParser.Parsed parsed;
        try {
            parsed = QueryParser.parse(text, ParseLimits.DEFAULTS);
        } catch (QueryException e) {
            checkPlace(name, text, e);
            return;
        } catch (VelesException e) {
            // the payload of a node: valid JSON that cannot be stored
            assertThat(e.code().text()).as("%s: %s", name, text).isIn("VELES-017", "VELES-023");
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(name + ": " + text, e);
        }
        Query query = parsed.query();
        String canonical = QueryPrinter.print(query);
        assertThat(QueryParser.parse(canonical))
                .as("%s: %s\n%s", name, text, canonical)
                .isEqualTo(query);
        assertThat(QueryPrinter.print(QueryParser.parse(canonical))).as(name).isEqualTo(canonical);
        String normalized = parsed.normalizedText();
        QueryParser.Parsed again = QueryParser.parse(normalized, ParseLimits.DEFAULTS);
        assertThat(again.query()).as("%s: %s\n%s", name, text, normalized).isEqualTo(query);
        assertThat(again.normalizedText()).as(name).isEqualTo(normalized);
    }

    private static void checkPlace(String name, String text, QueryException e) {
        String context = name + ": " + text + "\n" + e;
        assertThat(e.error().isParseError()).as(context).isTrue();
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        assertThat(e.line()).as(context).isBetween(1, lines.size());
        String line = lines.get(e.line() - 1);
        assertThat(e.column()).as(context).isBetween(1, line.codePointCount(0, line.length()) + 1);
        int before =
                lines.subList(0, e.line() - 1).stream().mapToInt(String::length).sum() + e.line() - 1;
        int index = before + line.offsetByCodePoints(0, e.column() - 1);
        int bytes = text.substring(0, index).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        assertThat(e.offset()).as(context).isEqualTo(bytes);
        String fragment = e.fragment().endsWith("…")
                ? e.fragment().substring(0, e.fragment().length() - 1)
                : e.fragment();
        assertThat(text.substring(index)).as(context).startsWith(fragment);
        assertThat(e.getMessage())
                .as(context)
                .startsWith("[VELES-010] [" + e.error().code() + "] ")
                .doesNotContain("\n");
    }
}
