package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.velesdb.QueryError;
import io.velesdb.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads after a mistake. */
final class ComplaintsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // misspelt by one letter: inserted, left out, replaced, swapped
                "SELECT title FORM books | 1:14 expected FROM, found FORM: did you mean FROM?",
                "SELCT title FROM books | 1:1 expected SELECT, found SELCT: did you mean SELECT?",
                "SELECT title FROM books WHERE a = 1 ADN b = 2 | 1:37 expected AND, found ADN: did you mean AND?",
                "SELECT title FROM books WHER a = 1 | 1:25 expected WHERE, found WHER: did you mean WHERE?",
                "SELECT title FROM books ORDDER BY a | 1:25 expected ORDER, found ORDDER: did you mean ORDER?",
                "SELECT title FROM books LIMMIT 3 | 1:25 expected LIMIT, found LIMMIT: did you mean LIMIT?",
                "SELECT title FROM books WHERE a = 1 GRUOP BY b | 1:37 expected GROUP, found GRUOP: did you mean GROUP?",
                "SELECT title FROM books WHERE a LIEK 'x' | 1:33 expected LIKE, found LIEK: did you mean LIKE?",
                "SELECT CONT(*) FROM books | 1:8 there is no function CONT: did you mean COUNT?",
                "INSERT INTO t (a) VALUE (1) | 1:19 expected VALUES, found VALUE: did you mean VALUES?",
                "DROP COLECTION t | 1:6 expected COLLECTION, found COLECTION: did you mean COLLECTION?",
                "UPDATE t SETT a = 1 | 1:10 expected SET, found SETT: did you mean SET?",
                // habits from other dialects
                "SELECT title t FROM books | 1:14 expected FROM, AS or \",\", found t: an alias of a column takes AS",
                "SELECT *, title FROM books | 1:9 expected FROM, found ,: * stands alone",
                "SELECT a FROM t WHERE b = \"x\" | 1:27 expected a value, found \"x\": double quotes and backticks make a name, text stands in single quotes",
                "SELECT a FROM t WHERE b = c | 1:27 expected a value, found c: a column cannot stand here",
                "SELECT a FROM t WHERE b == 1 | 1:26 expected a value, found =: equality is one =",
                "SELECT a FROM t WHERE b NOT LIKE 'x' | 1:29 expected IN, found LIKE: NOT stands before the column: NOT x LIKE …",
                "SELECT a FROM t WHERE b LIKE $p | 1:30 expected a string in single quotes, found $p: a parameter cannot stand here, write the literal",
                "SELECT a FROM t LIMIT $n | 1:23 expected a whole number, found $n: a parameter cannot stand here, write the literal",
                "SELECT a FROM t LIMIT -1 | 1:23 expected a whole number, found -: LIMIT cannot be negative",
                "SELECT a FROM t OFFSET 1 LIMIT 1 | 1:26 expected WITH, USING, UNION, INTERSECT, EXCEPT, \";\" or the end of the statement, found LIMIT: clauses come in the order WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, WITH, USING FUSION, as far as the statement has them",
                "SELECT a FROM t, u | 1:16 expected AS, found ,: sources are joined by JOIN … ON …",
                "SELECT a FROM (SELECT b FROM u) | 1:15 expected a name, found (: FROM takes a collection and no subquery",
                "SELECT UPPER(a) FROM t | 1:8 there is no function UPPER here: the functions here are COUNT, SUM, AVG, MIN, MAX, FIRST, SIMILARITY, ROW_NUMBER, RANK, DENSE_RANK",
                "SELECT a FROM t WHERE EXISTS (SELECT * FROM u) | 1:23 there is no EXISTS: compare with (SELECT COUNT(*) FROM …)",
                "SELECT a FROM t WHERE b IN (SELECT c FROM u) | 1:29 expected a value, found SELECT: a list holds values; a subquery in it stands in parentheses of its own",
                "SELECT a FROM t WHERE embedding NEAR $q | 1:33 expected NOT, IN, BETWEEN, LIKE, ILIKE, IS, CONTAINS, CONTAINS_TEXT, …, found NEAR: searches go by the word vector: vector NEAR …",
                "SELECT a FROM t WHERE b = :p | 1:27 expected a value, found :: a parameter is written $name",
                "SELECT a FROM t /* x */ | 1:17 expected AS, WHERE, GROUP, HAVING, ORDER, LIMIT, OFFSET, WITH, …, found /: a comment begins with -- and ends with the line",
                "SELECT a FROM t WHERE b > 5. | 1:28 expected GROUP, HAVING, ORDER, LIMIT, OFFSET, WITH, USING, UNION, …, found .: a decimal has a digit before and after the point",
                "SELECT a FROM t WHERE b > - 5 | 1:27 expected a number, found -: no blank between the sign and the number",
                "SELECT a FROM t ORDER BY -b | 1:26 expected \"(\", a name or a number, found -: a minus stands before numbers only",
                "SELECT a.b . c FROM t | 1:12 a blank beside the dot of a path: write the names and dots without blanks",
                "SELECT a FROM t JOIN u ON a = b | 1:27 the column a does not name its source: write source.column",
                "SELECT a FROM t JOIN u ON t.a > u.b | 1:31 expected \"=\", found >: joins go by equality",
                "MATCH (a)-->(b) RETURN a | 1:25 expected WHERE, RETURN, \"-\" or \"<-\", found the end of the statement: two hyphens begin a comment, write -[]-> or -[]-",
                "MATCH (a)<-[]->(b) RETURN a | 1:14 expected \"-\", found ->: a relationship has one arrow; for either direction write -[…]-",
                "MATCH (a), (b) RETURN a | 1:10 expected \"-\" or \"<-\", found ,: a pattern is one chain",
                "MATCH (`a`) RETURN a | 1:8 an alias cannot be quoted: write a plain word of letters, digits and _",
                "DELETE FROM t | 1:14 expected WHERE, found the end of the statement: DELETE takes a condition; TRUNCATE removes all rows",
                "INSERT INTO t (a, b) VALUES (1) | 1:29 a row of 1 value for 2 columns: give each column a value, NULL if need be",
                "INSERT NODE INTO t (name = 'x') | 1:20 the node has no id: write INSERT NODE INTO c (id = 1, …)",
                "INSERT NODE INTO t (id = 1, payload = '{') | 1:39 the payload is not JSON: malformed JSON at offset 1: expected a member's name in quotes, found the end",
                "INSERT EDGE INTO t (source = -1, target = 2, label = 'x') | 1:30 source is not a whole number in 0..2^64-1: write a number or a parameter",
                "CREATE COLLECTION t | 1:1 the collection has no dimension: write CREATE COLLECTION c (dimension = 384)",
                "CREATE COLLECTION t (dimension = 2.5) | 1:1 the dimension is no positive whole number: write CREATE COLLECTION c (dimension = 384)",
                "CREATE COLLECTION t (dimension = 2, metric = 'x') | 1:1 unknown metric: use cosine, euclidean, dot, hamming or jaccard",
                "SELECT a FROM t WHERE b > INTERVAL '7days' | 1:36 INTERVAL takes a whole number, blanks and a unit: write for example '7 days'; units are second, minute, hour, day, week and month",
                "SELECT a FROM t WHERE b > INTERVAL '9223372036854775807 d' | 1:36 the interval is out of range: its seconds must fit a signed 64-bit integer",
                "SELECT a FROM t WHERE b = 18446744073709551616 | 1:27 the whole number is out of range: integers reach from -2^63 to 2^64-1",
                "SELECT a FROM t WHERE b = -9223372036854775809 | 1:27 the whole number is out of range: integers reach from -2^63 to 2^64-1",
                "SELECT a FROM t WHERE b = 1e999 | 1:27 the number is too large for a 64-bit float: use a magnitude below 1.8e308",
                "SELECT a FROM t WHERE b = 'x | 1:27 the string is never closed: end it with ', double one inside",
                "SELECT `` FROM t | 1:8 an empty name in backticks: write at least one character",
                "SELECT a FROM étagère | 1:15 unexpected the character é: a name with other than ASCII letters stands in double quotes or backticks, text in single quotes",
                "SELECT a FROM t WHERE b = $ | 1:27 unexpected $ without a name: a parameter is written $name",
                "SELECT a FROM t WHERE b = ? | 1:27 unexpected the sign ?: a parameter has a name: $name",
            })
    void saysWhatAndWhere(String text, String message) {
        QueryException e = refused(text);
        assertThat(e.getMessage()).isEqualTo("[VELES-010] [E001] " + message);
    }

    @Test
    void tellsUnexpectedWordsFromOtherMistakes() {
        assertThat(refused("SELECT a FORM t").error()).isEqualTo(QueryError.UNEXPECTED_TOKEN);
        assertThat(refused("SELECT a FORM t").error().kind()).isEqualTo("UnexpectedToken");
        assertThat(refused("SELECT a FROM t WHERE b = 99999999999999999999")
                        .error()
                        .kind())
                .isEqualTo("SyntaxError");
    }

    @Test
    void pointsAtThePlace() {
        QueryException e = refused("SELECT title\nFROM books -- é\nWHERE title = 'é' AND genre LIEK 'x'");
        assertThat(e.line()).isEqualTo(3);
        assertThat(e.column()).isEqualTo(29);
        assertThat(e.offset()).isEqualTo(13 + 16 + 1 + 28 + 1);
        assertThat(e.fragment()).isEqualTo("LIEK");
        assertThat(e.caret()).isEqualTo("WHERE title = 'é' AND genre LIEK 'x'\n" + " ".repeat(28) + "^");
        assertThat(e).hasToString("io.velesdb.QueryException: " + e.getMessage() + "\n" + e.caret());
    }

    @Test
    void pointsIntoTheMiddleOfALongLine() {
        QueryException e =
                refused("SELECT a FROM t WHERE " + "a = 1 AND ".repeat(30) + "FROM b" + " ".repeat(200) + "x");
        String[] lines = e.caret().split("\n");
        assertThat(lines[0]).startsWith("…").endsWith("…").hasSizeLessThan(110);
        assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('b');
    }

    @Test
    void theEndHasAPlaceToo() {
        QueryException e = refused("SELECT a FROM");
        assertThat(e.getMessage()).isEqualTo("[VELES-010] [E001] 1:14 expected a name, found the end of the statement");
        assertThat(e.offset()).isEqualTo(13);
        assertThat(e.fragment()).isEmpty();
        assertThat(e.caret()).isEqualTo("SELECT a FROM\n             ^");
    }

    private static QueryException refused(String text) {
        return catchThrowableOfType(QueryException.class, () -> QueryParser.parse(text));
    }
}
