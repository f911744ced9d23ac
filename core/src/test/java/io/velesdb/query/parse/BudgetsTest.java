package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statements that would cost too much are refused before anybody recurses over them. */
final class BudgetsTest {
    @Test
    void tenThousandParenthesesAreTooMany() {
        for (String open : new String[] {"(", "[", "NOT ", "NOT (", "(SELECT a FROM t WHERE b = "}) {
            QueryException e = refused("SELECT a FROM t WHERE b = " + open.repeat(8_000));
            assertThat(e.error().code()).as(open).isEqualTo("E007");
            assertThat(e.offset()).as(open).isLessThan(4_000);
        }
        assertThat(refused("SELECT a FROM t ORDER BY " + "(".repeat(10_000))
                        .error()
                        .code())
                .isEqualTo("E007");
    }

    @Test
    void aMegabyteIsTooLong() {
        assertThat(refused("SELECT a FROM t WHERE b = '" + "x".repeat(1 << 20) + "'")
                        .error()
                        .code())
                .isEqualTo("E007");
        assertThat(refused("€".repeat(262_144 / 3 + 1)).error().code()).isEqualTo("E007");
        assertThat(CaseStatementsTest.code("SELECT a FROM t" + " ".repeat(262_144 - 15)))
                .isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t" + " ".repeat(262_144 - 14)))
                .isEqualTo("E007");
    }

    @Test
    void nestingCountsParenthesesBracketsAndPendingNots() {
        String query = "SELECT a FROM t WHERE ";
        assertThat(CaseStatementsTest.code(query + "(".repeat(63) + "a = 1" + ")".repeat(63)))
                .isEmpty();
        assertThat(CaseStatementsTest.code(query + "(".repeat(64) + "a = 1" + ")".repeat(64)))
                .isEqualTo("E007");
        assertThat(CaseStatementsTest.code(query + "NOT ".repeat(63) + "a = 1")).isEmpty();
        assertThat(CaseStatementsTest.code(query + "NOT ".repeat(64) + "a = 1")).isEqualTo("E007");
        assertThat(CaseStatementsTest.code(query + "NOT (".repeat(31) + "a = 1" + ")".repeat(31)))
                .isEmpty();
        assertThat(CaseStatementsTest.code(query + "NOT (".repeat(32) + "a = 1" + ")".repeat(32)))
                .isEqualTo("E007");
        assertThat(CaseStatementsTest.code("SELECT a FROM t ORDER BY " + "(".repeat(64) + "1" + ")".repeat(64)))
                .isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t ORDER BY " + "(".repeat(65) + "1" + ")".repeat(65)))
                .isEqualTo("E007");
        assertThat(CaseStatementsTest.code(query + "a = '" + "(".repeat(99) + "' -- " + "[".repeat(99)))
                .isEmpty();
        assertThat(CaseStatementsTest.code(query + "\"" + "(".repeat(99) + "\" = 1 AND `" + "[".repeat(99) + "` = 1"))
                .isEmpty();
    }

    @Test
    void aFlatChainIsAsDeepAsItIsLong() {
        for (String operator : new String[] {" AND ", " OR "}) {
            assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE " + terms(64, operator)))
                    .isEmpty();
            assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE " + terms(65, operator)))
                    .isEqualTo("E007");
        }
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE (" + terms(63, " OR ") + ")"))
                .isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE (" + terms(64, " OR ") + ")"))
                .isEqualTo("E007");
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE b = 1 AND (" + terms(62, " OR ") + ")"))
                .isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE b = 1 AND (" + terms(63, " OR ") + ")"))
                .isEqualTo("E007");
    }

    @Test
    void eightLikeTermsPerSelectOrCompound() {
        String eight = "SELECT a FROM t WHERE " + likes(8);
        assertThat(CaseStatementsTest.code(eight)).isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE " + likes(9))).isEqualTo("E007");
        assertThat(CaseStatementsTest.code(eight + " UNION SELECT a FROM t WHERE b = 1"))
                .isEmpty();
        assertThat(CaseStatementsTest.code(eight + " UNION SELECT a FROM t WHERE b ILIKE 'x'"))
                .isEqualTo("E007");
        assertThat(CaseStatementsTest.code(eight + " AND c = (SELECT MAX(d) FROM u WHERE " + likes(8) + ")"))
                .isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE c = (SELECT MAX(d) FROM u WHERE " + likes(9) + ")"))
                .isEqualTo("E007");
        assertThat(CaseStatementsTest.code(
                        "SELECT a FROM t WHERE c = (SELECT MAX(d) FROM u WHERE " + likes(1) + ") AND " + likes(9)))
                .isEqualTo("E007");
    }

    @Test
    void rangesHaveABudgetThatCanBeLifted() {
        assertThat(CaseStatementsTest.code("MATCH (a)-[*1..32]->(b)-[*32]->(c) RETURN a"))
                .isEmpty();
        for (String range : new String[] {"*1..33", "*33", "*..33", "*", "*2..", "*1..99999999999999999999"}) {
            assertThat(CaseStatementsTest.code("MATCH (a)-[" + range + "]->(b) RETURN a"))
                    .as(range)
                    .isIn("E007", "E001");
        }
        ParseLimits unlimited = new ParseLimits(1_000, 8, ParseLimits.UNLIMITED);
        Query query = QueryParser.parse("MATCH (a)-[*2..]->(b)-[*]-(c) RETURN a", unlimited)
                .query();
        Pattern pattern = ((Statement.Match) query.statement()).pattern();
        assertThat(pattern.relationships().get(0).range())
                .isEqualTo(new Pattern.HopRange(query.position(), 2, Pattern.HopRange.UNBOUNDED));
        assertThat(pattern.relationships().get(1).range())
                .isEqualTo(new Pattern.HopRange(query.position(), 1, Pattern.HopRange.UNBOUNDED));
        assertThat(QueryParser.parse(QueryPrinter.print(query), unlimited).query())
                .isEqualTo(query);
    }

    @Test
    void longChainsAreListsAndNoDeepTrees() {
        String sum = IntStream.range(0, 40_000).mapToObj(i -> "a").collect(Collectors.joining(" + "));
        Query query = QueryParser.parse("LET x = " + sum + " SELECT x FROM t");
        assertThat(((Arithmetic.Chain) query.lets().get(0).value()).steps()).hasSize(39_999);
        Query again = QueryParser.parse(QueryPrinter.print(query));
        assertThat(again).isEqualTo(query).hasSameHashCodeAs(query);

        String union = "SELECT a FROM t" + " UNION SELECT a FROM t".repeat(10_000);
        assertThat(((Statement.Compound) QueryParser.parse(union).statement()).rest())
                .hasSize(10_000);
        String path = "MATCH (a)" + "-[]-()".repeat(30_000) + " RETURN a";
        assertThat(QueryPrinter.print(QueryParser.parse(path))).isEqualTo(path);
        assertThat(CaseStatementsTest.code("LET a = 1 ".repeat(20_000) + "SELECT a FROM t"))
                .isEmpty();
        assertThat(CaseStatementsTest.code("SELECT a FROM t WHERE v IN (" + "1, ".repeat(60_000) + "1)"))
                .isEmpty();
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> new ParseLimits(0, 8, 32))
                .isInstanceOf(VelesException.class)
                .hasMessage("[VELES-009] query.max_length_bytes is 0: use a positive number");
    }

    private static String terms(int count, String operator) {
        return IntStream.range(0, count).mapToObj(i -> "a = " + i).collect(Collectors.joining(operator));
    }

    private static String likes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a LIKE 'x" + i + "'").collect(Collectors.joining(" AND "));
    }

    private static QueryException refused(String text) {
        return catchThrowableOfType(QueryException.class, () -> QueryParser.parse(text));
    }
}
