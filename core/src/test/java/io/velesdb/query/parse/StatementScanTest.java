package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.StatementText;
import io.velesdb.StatementText.State;
import org.junit.jupiter.api.Test;

final class StatementScanTest {
    @Test
    void aSemicolonEndsAStatementUnlessItIsQuotedOrInAComment() {
        assertThat(StatementText.end("SHOW COLLECTIONS; x", 0)).isEqualTo(17);
        assertThat(StatementText.end("SHOW COLLECTIONS; x", 17)).isEqualTo(-1);
        assertThat(StatementText.end("a = ';'; b", 0)).isEqualTo(8);
        assertThat(StatementText.end("a = 'it''s;';", 0)).isEqualTo(13);
        assertThat(StatementText.end("\"a;\"\"b\" `;` ;", 0)).isEqualTo(13);
        assertThat(StatementText.end("a -- b; 'c\n;", 0)).isEqualTo(12);
        assertThat(StatementText.end("'never closed;", 0)).isEqualTo(-1);
        assertThat(StatementText.end("", 0)).isEqualTo(-1);
    }

    @Test
    void tellsABeginningFromAStatementAndFromAMistake() {
        assertThat(StatementText.state("")).isEqualTo(State.BLANK);
        assertThat(StatementText.state(" \t\n -- a word; and another")).isEqualTo(State.BLANK);
        for (String open : new String[] {
            "SELECT", "SELECT a,", "SELECT a FROM", "SELECT a FROM b WHERE", "SELECT a FROM b WHERE c = 'x", "MATCH (a)-[",
            "INSERT INTO a (id) VALUES (1),", "SELECT \"a", "SELECT a FROM b LIMIT -- ten"
        }) {
            assertThat(StatementText.state(open)).as(open).isEqualTo(State.OPEN);
        }
        for (String finished : new String[] {
            "SELECT a FROM b", "SHOW COLLECTIONS;", "SELECT a FORM b", "SELECT a FROM b LIMIT x", "§", "SELECT;", "a 'b' \0"
        }) {
            assertThat(StatementText.state(finished)).as(finished).isEqualTo(State.FINISHED);
        }
    }

    @Test
    void everyCaseAndEveryBeginningOfItIsTold() {
        int statements = 0;
        for (Cases.Case statement : Cases.all()) {
            String text = statement.query();
            if (statement.parses()) {
                statements++;
                assertThat(StatementText.state(text)).as(text).isEqualTo(State.FINISHED);
                String bare = text.stripTrailing().endsWith(";")
                        ? text.stripTrailing().substring(0, text.stripTrailing().length() - 1)
                        : text;
                assertThat(StatementText.end(bare + "\n; SHOW COLLECTIONS", 0)).as(text).isEqualTo(bare.length() + 2);
            }
            if (text.length() < 2_000) {
                for (int end = 0; end < text.length(); end++) {
                    assertThat(StatementText.state(text.substring(0, end))).isNotNull();
                }
            }
        }
        assertThat(statements).isGreaterThan(200);
    }

    @Test
    void namesAreQuotedWhereTheyWouldBeReadAsSomethingElse() {
        assertThat(StatementText.name("books")).isEqualTo("books");
        assertThat(StatementText.name("my-books")).isEqualTo("\"my-books\"");
        assertThat(StatementText.name("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(StatementText.name("")).isEqualTo("\"\"");
        for (String keyword : StatementText.keywords()) {
            assertThat(StatementText.state("SELECT * FROM " + StatementText.name(keyword)))
                    .as(keyword)
                    .isEqualTo(State.FINISHED);
        }
        assertThat(StatementText.keywords()).contains("SELECT", "NEAR_FUSED", "QUANTIZER").doesNotContain("(").isSorted();
    }
}
