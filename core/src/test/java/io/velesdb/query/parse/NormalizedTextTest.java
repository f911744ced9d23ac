package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The key of the plan cache. */
final class NormalizedTextTest {
    @Test
    void blanksCommentsKeywordCaseAndTheSemicolonDoNotCount() {
        String expected = "SELECT title FROM books WHERE genre = 'A  b' AND price >= -3 LIMIT 5";
        assertThat(normalized("select title from books where genre = 'A  b' and price >= -3 limit 5"))
                .isEqualTo(expected);
        assertThat(normalized("SELECT title -- note\n\tFROM books\r\nWHERE genre='A  b' AND price>=-3 LIMIT 5 ;"))
                .isEqualTo(expected);
    }

    @Test
    void namesKeepTheirCaseEvenIfTheyAreKeywordsElsewhere() {
        assertThat(normalized("select limit, LIMIT, Limit from t limit 1"))
                .isEqualTo("SELECT limit , LIMIT , Limit FROM t LIMIT 1");
        assertThat(normalized("select Max(Max), score from t")).isEqualTo("SELECT MAX ( Max ) , score FROM t");
    }

    @Test
    void literalsQuotesAndParametersAreKept() {
        assertThat(normalized("select \"a\", `a` from t where a=$P and b <> 1.50 and c != 007"))
                .isEqualTo("SELECT \"a\" , `a` FROM t WHERE a = $P AND b <> 1.50 AND c <> 007");
    }

    @Test
    void pathsAndSignsStayTogether() {
        assertThat(normalized("select a.b from t where payload . a<-3 order by a -1, -2"))
                .isEqualTo("SELECT a.b FROM t WHERE payload.a < -3 ORDER BY a - 1 , -2");
    }

    private static String normalized(String text) {
        return QueryParser.parse(text, ParseLimits.DEFAULTS).normalizedText();
    }
}
