package io.velesdb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.velesdb.QueryException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void statementsGoOverLinesAndShareThem() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run("""
                            -- two on one line; and one on three
                            .format json
                            SELECT title FROM books WHERE title = ';'; SELECT id FROM books
                            WHERE year >
                              1900; -- the end

                            SHOW COLLECTIONS
                            """)).isEqualToNormalizingNewlines("""
                            []
                            [{"id":2}]
                            [{"name":"books","type":"vector"},{"name":"many-rows","type":"metadata"}]
                            """);
        }
    }

    @Test
    void aLineWithACommandEndsAStatementThatIsComplete() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run("SELECT title FROM books LIMIT 1\n.quit\nSELECT nothing FROM nowhere"))
                    .contains("Emma");
            assertThat(shell.session.isQuitting()).isTrue();
        }
    }

    @Test
    void theFirstFailureEndsItAndItsLineIsTold() {
        try (SessionFixture shell = new SessionFixture(false)) {
            String text = "SHOW COLLECTIONS;\n\n  SELECT a\n  FORM b;\nDELETE FROM books WHERE id = 1;";
            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> Script.run(text, "my.vql", shell.session))
                    .satisfies(e -> assertThat(e.caret()).contains("FORM b"));
            assertThat(shell.err.toString()).contains("my.vql, line 3:");
            assertThat(shell.session.collection("books").count()).isEqualTo(3);
        }
    }

    @Test
    void enterRunsALineThatIsCompleteAndSeveralLinesAtTheirEnd() {
        for (String complete : new String[] {
            "",
            "SHOW COLLECTIONS",
            "SELECT a FROM b;",
            "SELECT a FORM b",
            ".help",
            "\\set",
            "SELECT a\nFROM b;",
            "SELECT a\nFROM b\n",
            "SELECT a\nFROM b\n  \n",
            "a; b; SELECT 1;",
            "-- nothing"
        }) {
            assertThat(InputRule.wantsMore(complete)).as(complete).isFalse();
        }
        for (String open : new String[] {
            "SELECT", "SELECT a\nFROM b", "SELECT 'a\n\n", "SELECT a FROM b; SELECT", "SELECT a FROM b WHERE"
        }) {
            assertThat(InputRule.wantsMore(open)).as(open).isTrue();
        }
    }

    @Test
    void wordsKeepQuotesAndJsonTogether() {
        Words words = Words.of(".upsert  \"my books\" 7 [1, 2] {\"a b\": \"}\\\" {\", \"c\": [1, {}]} 'x y'z");
        assertThat(words.from(0))
                .containsExactly(
                        ".upsert", "my books", "7", "[1, 2]", "{\"a b\": \"}\\\" {\", \"c\": [1, {}]}", "x yz");
        assertThat(words.rest(4)).startsWith("{\"a b\"").endsWith("'x y'z");
        assertThat(words.option("7")).isEqualTo("[1, 2]");
        assertThat(words.size()).isEqualTo(4);
    }
}
