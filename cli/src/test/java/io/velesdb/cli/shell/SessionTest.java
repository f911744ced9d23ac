package io.velesdb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Obj;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SessionTest {
    @Test
    void resultsComeInThreeForms() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run("SELECT title, year FROM books;"))
                    .isEqualToNormalizingNewlines("title    year\nEmma     1815\nUlysses  1922\nA, \"B\"\n");
            assertThat(shell.run(".format json\nSELECT title, year FROM books WHERE id > 1;"))
                    .isEqualToNormalizingNewlines(
                            "[{\"title\":\"Ulysses\",\"year\":1922},{\"title\":\"A, \\\"B\\\"\",\"year\":null}]\n");
            assertThat(shell.run("SELECT * FROM books WHERE id = 9")).isEqualToNormalizingNewlines("[]\n");
            assertThat(shell.run(".format csv\nSELECT id, title, year FROM books WHERE id > 1;"))
                    .isEqualToNormalizingNewlines("id,title,year\n2,Ulysses,1922\n3,\"A, \"\"B\"\"\",\n");
            assertThat(shell.err.toString()).isEmpty();
        }
    }

    @Test
    void parametersAreValues() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run(".param q [0.9, 0.1]\n.param y 1900\n"
                            + "SELECT title FROM books WHERE vector NEAR $q AND year < $y;"))
                    .contains("Emma")
                    .doesNotContain("Ulysses");
            assertThat(shell.run(".param")).contains("q").contains("1900");
            shell.run(".param y");
            assertThatExceptionOfType(VelesException.class)
                    .isThrownBy(() -> shell.run("SELECT title FROM books WHERE year < $y"))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY));
        }
    }

    @Test
    void aPlanIsShownAsATree() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run(".explain SELECT title FROM books LIMIT 3"))
                    .contains("Limit")
                    .contains("FullScan")
                    .hasLineCount(2);
            shell.run("SELECT title FROM books LIMIT 3");
            shell.run("select title from books limit 3;");
            assertThat(shell.run(".explain SELECT title FROM books LIMIT 3")).contains("plan cached, reused: 1");
            assertThat(shell.run(".explain-analyze SELECT title FROM books LIMIT 3;"))
                    .contains("measured: 3 rows in ")
                    .contains("rows out");
            assertThat(shell.run(".explain MATCH (a@books) RETURN a.id")).contains("MatchTraversal");
        }
    }

    @Test
    void aPersonIsToldHowManyRowsAndHowLong() throws IOException {
        try (SessionFixture shell = new SessionFixture(true)) {
            assertThat(shell.run("SELECT title FROM books WHERE id = 1"))
                    .contains("1 row, ")
                    .contains(" ms");
            assertThat(shell.run(".timing off\nDELETE FROM books WHERE id = 1;"))
                    .contains("0 rows, 1 changed");
        }
    }

    @Test
    void anInterruptEndsTheStatementAndNotTheNextOne() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            String counting = "SELECT COUNT(*) FROM \"many-rows\" WHERE n > 3 AND n <> 7";
            shell.session.interrupt();
            assertThatExceptionOfType(VelesException.class)
                    .isThrownBy(() -> shell.session.query(counting, Obj.EMPTY))
                    .withMessageContaining("interrupted");
            assertThat(shell.run(counting)).contains("4996");
        }
    }

    @Test
    void commandsLookAtCollections() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run(".collections"))
                    .contains("books")
                    .contains("many-rows")
                    .contains("5000");
            assertThat(shell.run(".count many-rows")).contains("5000");
            assertThat(shell.run(".schema books"))
                    .contains(".title")
                    .contains("null or number")
                    .contains("cosine");
            assertThat(shell.run(".sample many-rows 2")).hasLineCount(3);
            assertThat(shell.run(".browse many-rows 2")).contains("11").hasLineCount(11);
            assertThat(shell.run(".scroll many-rows 4990")).contains("4991").contains("5000");
            assertThat(shell.run(".describe books")).contains("vector");
            assertThat(shell.run(".stats")).contains("raw_bytes");
            assertThat(shell.run(".bench books 3 2")).contains("p50_ms");
            assertThat(shell.run(".guardrails")).contains("timeout_ms");
            assertThat(shell.run(".diagnostics books")).contains("healthy").contains("none needed");
            assertThat(shell.run("\\info")).contains("in memory");
        }
    }

    @Test
    void commandsWrite() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            shell.run(".upsert books 9 [1, 0] {\"title\": \"It's\", \"tags\": [\"a b\"]}");
            assertThat(shell.run("SELECT title, tags FROM books WHERE id = 9"))
                    .contains("It's")
                    .contains("[\"a b\"]");
            assertThat(shell.run(".delete books 9 8")).contains("1 row deleted");
            shell.run(".graph add-edge books 1 2 LIKES {\"w\": 2}");
            shell.run(".graph add-edge books 2 3 LIKES --id 7");
            assertThat(shell.run(".graph edges books LIKES"))
                    .contains("{\"w\":2}")
                    .hasLineCount(3);
            assertThat(shell.run(".graph traverse books 1 2"))
                    .contains("Ulysses")
                    .hasLineCount(3);
            assertThat(shell.run(".graph neighbors books 2 in"))
                    .contains("Emma")
                    .hasLineCount(2);
            assertThat(shell.run(".graph degree books 2")).contains("1");
            assertThat(shell.run(".graph remove-edge books 7")).contains("true");
            assertThat(shell.run(".graph count books")).contains("3  ").contains("1");
            shell.run(".graph store-payload books 1 {\"title\":\"O'Hara\"}");
            assertThat(shell.run(".graph get-payload books 1")).contains("O'Hara");
            assertThat(shell.run(".graph search books [0,1] 1"))
                    .contains("Ulysses")
                    .hasLineCount(2);
        }
    }

    @Test
    void commandsMakeAndDropIndexes() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run(".create-index books year")).contains("created");
            assertThat(shell.run(".create-index books year")).contains("already");
            assertThat(shell.run(".indexes books")).contains("year").contains("secondary");
            assertThat(shell.run(".drop-index books year")).contains("dropped");
            assertThat(shell.run(".indexes books")).contains("none");
            assertThatExceptionOfType(VelesException.class)
                    .isThrownBy(() -> shell.run(".create-index books year --type range"))
                    .withMessageContaining("--label");
        }
    }

    @Test
    void settingsAreThoseOfTheDatabaseUnderShorterNames() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThat(shell.run("\\show"))
                    .contains("balanced")
                    .contains("auto")
                    .contains("30000");
            shell.run("\\set mode perfect\n\\set ef_search 100\n\\use books");
            assertThat(shell.session.database().configuration().text("search.default_mode"))
                    .isEqualTo("perfect");
            assertThat(shell.run("\\show")).contains("perfect").contains("100").contains("books");
            shell.run("\\reset");
            assertThat(shell.run("\\show"))
                    .contains("balanced")
                    .contains("none")
                    .doesNotContain("perfect");
            for (String wrong : new String[] {"\\set mode lazy", "\\set nothing 1", "\\use nobody", ".timing maybe"}) {
                assertThatExceptionOfType(VelesException.class).as(wrong).isThrownBy(() -> shell.run(wrong));
            }
        }
    }

    @Test
    void aWrongCommandSaysWhatIsRight() {
        try (SessionFixture shell = new SessionFixture(false)) {
            assertThatExceptionOfType(VelesException.class)
                    .isThrownBy(() -> shell.run(".cuont books"))
                    .withMessageContaining("did you mean .count?");
            assertThatExceptionOfType(VelesException.class)
                    .isThrownBy(() -> shell.run(".sample"))
                    .withMessageContaining(".sample NAME [N]");
            assertThatExceptionOfType(VelesException.class)
                    .isThrownBy(() -> shell.run(".graph fly books"))
                    .withMessageContaining("traverse");
            assertThatExceptionOfType(VelesException.class).isThrownBy(() -> shell.run(".sample books -1"));
        }
    }

    @Test
    void helpNamesEveryCommand() throws IOException {
        try (SessionFixture shell = new SessionFixture(false)) {
            String help = shell.run(".help");
            Commands.all().forEach(command -> assertThat(help).contains("  " + command.name()));
            assertThat(shell.run(".help sample")).contains("the first rows");
            assertThat(shell.run(".graph help")).contains("store-payload");
        }
    }
}
