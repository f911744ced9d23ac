package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.GraphCollection;
import io.velesdb.Point;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of the language that the given cases leave open, on boats and the crews that row them. */
final class StatementsTest {
    private Database database;

    @BeforeEach
    void fill() {
        database = Database.inMemory();
        database.createVectorCollection("boats", 2, Metric.EUCLIDEAN)
                .upsert(List.of(
                        Point.of(1, new float[] {0, 0}, Obj.of("name", "Ada", "oars", 2, "crew", 10)),
                        Point.of(2, new float[] {3, 4}, Obj.of("name", "Bo", "oars", 4, "crew", 11)),
                        Point.of(3, new float[] {1, 0}, Obj.of("name", "Cy", "oars", 2.0, "crew", null)),
                        Point.of(4, new float[] {0, 2}, Obj.of("name", "Di", "score", 7))));
        database.createMetadataCollection("crews")
                .upsert(List.of(
                        Point.of(10, Obj.of("name", "North", "boat", 1)),
                        Point.of(11, Obj.of("name", "South", "boat", 2)),
                        Point.of(12, Obj.of("name", "West", "boat", 9))));
    }

    private String rows(String statement, Object... parameters) {
        QueryResult result = database.query(statement, Obj.of(parameters));
        return Json.write(Arr.of(result.rows().stream().map(QueryRow::values).toList()));
    }

    private void fails(ErrorCode code, String statement, Object... parameters) {
        assertThatThrownBy(() -> database.query(statement, Obj.of(parameters)))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    // ---- scores and directions

    @Test
    void ofADistanceTheSmallestIsTheBest() {
        assertThat(rows("SELECT id, similarity() AS d FROM boats WHERE vector NEAR [0, 0] LIMIT 3"))
                .isEqualTo("[{\"id\":1,\"d\":0.0},{\"id\":3,\"d\":1.0},{\"id\":4,\"d\":2.0}]");
        assertThat(rows("SELECT id FROM boats WHERE vector NEAR [0, 0] ORDER BY similarity() ASC LIMIT 1"))
                .isEqualTo("[{\"id\":2}]");
    }

    @Test
    void aThresholdOnADistanceReadsMoreSimilarThan() {
        assertThat(rows("SELECT id FROM boats WHERE similarity(vector, [0, 0]) >= 1"))
                .isEqualTo("[{\"id\":1},{\"id\":3}]");
        assertThat(rows("SELECT id FROM boats WHERE NOT similarity(vector, [0, 0]) >= 1"))
                .isEqualTo("[{\"id\":4},{\"id\":2}]");
    }

    @Test
    void aVectorOfAnotherDimensionIsRefusedWhereverItStands() {
        fails(ErrorCode.DIMENSION_MISMATCH, "SELECT id FROM boats WHERE similarity(vector, [1, 0, 0]) > 0.5");
        fails(ErrorCode.DIMENSION_MISMATCH, "SELECT id FROM boats WHERE NOT similarity(vector, [1, 0, 0]) > 0.5");
        fails(ErrorCode.DIMENSION_MISMATCH, "SELECT id FROM boats ORDER BY similarity(vector, $v)", "v", List.of(1));
    }

    @Test
    void rowsThatQualifyWithoutAScoreComeAfterRankedOnes() {
        assertThat(rows("SELECT id FROM boats WHERE similarity(vector, [3, 4]) > 1 OR name = 'Ada' OR name = 'Di'"))
                .isEqualTo("[{\"id\":2},{\"id\":1},{\"id\":4}]");
    }

    @Test
    void scoreIsTheMemberOfThatNameAndElseTheScoreOfTheRow() {
        assertThat(rows("SELECT id, score FROM boats WHERE vector NEAR [0, 0] LIMIT 3"))
                .isEqualTo("[{\"id\":1,\"score\":0.0},{\"id\":3,\"score\":1.0},{\"id\":4,\"score\":7}]");
        assertThat(rows("SELECT id FROM boats WHERE vector NEAR [0, 0] AND score >= 5"))
                .isEqualTo("[{\"id\":4},{\"id\":2}]");
    }

    @Test
    void nearestNeverMissesAFilteredRow() {
        assertThat(rows("SELECT id FROM boats WHERE vector NEAR [0, 0] AND oars > 2"))
                .isEqualTo("[{\"id\":2}]");
    }

    // ---- null, missing, numbers

    @Test
    void numbersAreOneKeyAndAGroupShowsItsFirst() {
        assertThat(rows("SELECT oars, COUNT(*) FROM boats GROUP BY oars"))
                .isEqualTo("[{\"oars\":null,\"count\":1},{\"oars\":2,\"count\":2},{\"oars\":4,\"count\":1}]");
    }

    @Test
    void missingIsLessThanNull() {
        assertThat(rows("SELECT id FROM boats ORDER BY crew"))
                .isEqualTo("[{\"id\":4},{\"id\":3},{\"id\":1},{\"id\":2}]");
    }

    @Test
    void aggregatesOverNoRowsAreNullAndTheCountIsZero() {
        assertThat(rows("SELECT COUNT(*), SUM(oars), MIN(name) FROM boats WHERE id = 99"))
                .isEqualTo("[{\"count\":0,\"sum_oars\":null,\"min_name\":null}]");
    }

    @Test
    void groupColumnsAppearAlthoughNotListed() {
        assertThat(rows("SELECT COUNT(*) AS n FROM boats WHERE oars > 0 GROUP BY oars ORDER BY n DESC"))
                .isEqualTo("[{\"oars\":2,\"n\":2},{\"oars\":4,\"n\":1}]");
        fails(ErrorCode.QUERY, "SELECT name, COUNT(*) FROM boats GROUP BY oars");
    }

    // ---- joins

    @Test
    void collidingMembersOfAJoinKeepTheNameOfTheirSource() {
        assertThat(rows("SELECT * FROM boats b JOIN crews c ON b.crew = c.id WHERE b.id = 1"))
                .isEqualTo(
                        "[{\"id\":1,\"name\":\"Ada\",\"oars\":2,\"crew\":10,\"c.id\":10,\"c.name\":\"North\",\"boat\":1}]");
    }

    @Test
    void aFullJoinKeepsBothSidesAndPutsTheRightOnlyRowsLast() {
        assertThat(rows("SELECT b.id, c.id FROM boats b FULL JOIN crews c ON c.boat = b.id"))
                .isEqualTo("[{\"b.id\":1,\"c.id\":10},{\"b.id\":2,\"c.id\":11},{\"b.id\":3,\"c.id\":null},"
                        + "{\"b.id\":4,\"c.id\":null},{\"b.id\":null,\"c.id\":12}]");
    }

    @Test
    void aConditionOnTheRightOfALeftJoinRemovesUnfilledRows() {
        assertThat(rows("SELECT b.id FROM boats b LEFT JOIN crews c ON c.boat = b.id WHERE c.name = 'North'"))
                .isEqualTo("[{\"b.id\":1}]");
    }

    @Test
    void aJoinedRowCarriesTheScoreOfItsFirstSource() {
        assertThat(rows("SELECT c.name, similarity() AS d FROM boats b JOIN crews c ON c.boat = b.id"
                        + " WHERE vector NEAR [3, 4]"))
                .isEqualTo("[{\"c.name\":\"South\",\"d\":0.0},{\"c.name\":\"North\",\"d\":5.0}]");
    }

    @Test
    void aJoinNamesTheJoinedSourceAndAnEarlierOne() {
        fails(ErrorCode.QUERY, "SELECT b.id FROM boats b JOIN crews c ON b.id = b.crew");
    }

    @Test
    void aJoinHandsItsRowsOnAsItGoes() {
        database.createMetadataCollection("gear")
                .upsert(List.of(
                        Point.of(1, Obj.of("kind", "rope")),
                        Point.of(2, Obj.of("kind", "rope")),
                        Point.of(3, Obj.of("kind", "rope"))));
        // the answers have four rows at most; one batch of the left rows joins to nine
        database.updateGuardRails(database.guardRails().withMaxCardinality(4));
        assertThat(rows("SELECT a.id AS x, b.id AS y FROM gear AS a JOIN gear AS b ON a.kind = b.kind LIMIT 4"))
                .isEqualTo("[{\"x\":1,\"y\":1},{\"x\":1,\"y\":2},{\"x\":1,\"y\":3},{\"x\":2,\"y\":1}]");
        assertThat(rows("SELECT b.id AS y FROM gear AS a JOIN gear AS b ON a.kind = b.kind LIMIT 4 OFFSET 7"))
                .isEqualTo("[{\"y\":2},{\"y\":3}]");
    }

    @Test
    void sixtyFourJoinsRunAndOneMoreIsRefused() {
        StringBuilder joined = new StringBuilder("SELECT a.id AS x FROM boats AS a");
        for (int i = 0; i < 64; i++) {
            joined.append(" JOIN boats AS j")
                    .append(i)
                    .append(" ON j")
                    .append(i)
                    .append(".id = a.id");
        }
        assertThat(rows(joined + " LIMIT 1")).isEqualTo("[{\"x\":1}]");
        assertThatThrownBy(() -> rows(joined + " JOIN boats AS z ON z.id = a.id"))
                .hasMessageContaining("[E007]")
                .hasMessageContaining("64 joins");
    }

    // ---- set operations, windows, LET

    @Test
    void trailingClausesGovernTheWholeAndALimitOfTheFirstCapsIt() {
        assertThat(
                        rows(
                                "SELECT id FROM boats WHERE id < 3 UNION ALL SELECT id FROM boats WHERE id > 1 ORDER BY id DESC LIMIT 2"))
                .isEqualTo("[{\"id\":4},{\"id\":3}]");
        assertThat(rows("SELECT id FROM boats LIMIT 1 UNION SELECT id FROM boats"))
                .isEqualTo("[{\"id\":1}]");
        fails(ErrorCode.QUERY, "SELECT id FROM boats UNION SELECT id, name FROM boats");
    }

    @Test
    void windowsSeeTheWholeResultBeforeTheLimit() {
        assertThat(rows("SELECT id, ROW_NUMBER() OVER (ORDER BY name DESC) AS n FROM boats ORDER BY id LIMIT 2"))
                .isEqualTo("[{\"id\":1,\"n\":4},{\"id\":2,\"n\":3}]");
    }

    @Test
    void bindingsMayUseEarlierOnesAndHideThem() {
        assertThat(rows("LET a = oars * 2 LET a = a + 1 SELECT id, a FROM boats WHERE id < 3"))
                .isEqualTo("[{\"id\":1,\"a\":5.0},{\"id\":2,\"a\":9.0}]");
    }

    @Test
    void anExpressionMayBeAsLongAsAQuery() {
        String sum = " + 1".repeat(40_000);
        assertThat(rows("SELECT id FROM boats ORDER BY oars" + sum + " DESC LIMIT 1"))
                .isEqualTo("[{\"id\":2}]");
        assertThat(rows("LET a = oars" + sum + " SELECT id, a FROM boats WHERE id = 2"))
                .isEqualTo("[{\"id\":2,\"a\":40004.0}]");
    }

    // ---- subqueries, parameters, limits

    @Test
    void subqueriesThatAreNestedTooDeepAreRefusedBeforeAnythingRuns() {
        assertThat(rows(nested(8))).isEqualTo("[]");
        for (int depth : new int[] {9, 28, 60}) {
            for (String statement : new String[] {nested(depth), "EXPLAIN " + nested(depth)}) {
                assertThatThrownBy(() -> rows(statement))
                        .hasMessageStartingWith("[VELES-010]")
                        .hasMessageContaining("nested 9 deep, query.max_subquery_depth is 8");
            }
            // looks at each of them once: a look at the inner ones for each of the outer ones would never end
            Database.checkStatement(nested(depth));
        }
    }

    private static String nested(int depth) {
        return "SELECT id FROM boats" + " WHERE oars > (SELECT MAX(oars) FROM boats".repeat(depth) + ")".repeat(depth);
    }

    @Test
    void aSubqueryWithoutRowsIsNull() {
        assertThat(rows("SELECT id FROM boats WHERE crew = (SELECT id FROM crews WHERE id = 99)"))
                .isEqualTo("[{\"id\":3}]");
    }

    @Test
    void parametersAreScalarsAndMustBeThere() {
        assertThat(rows("SELECT id FROM boats WHERE name IN ($a, $b)", "a", "Bo", "b", "' OR 1 = 1"))
                .isEqualTo("[{\"id\":2}]");
        fails(ErrorCode.QUERY, "SELECT id FROM boats WHERE name = $a");
        fails(ErrorCode.QUERY, "SELECT id FROM boats WHERE name = $a", "a", List.of(1));
        fails(ErrorCode.QUERY, "SELECT id FROM boats WHERE vector NEAR $v", "v", "text");
        fails(ErrorCode.INVALID_VECTOR, "SELECT id FROM boats WHERE vector NEAR $v", "v", List.of(1e300, 0));
    }

    @Test
    void aTimeoutOfZeroExpiresAtOnce() {
        fails(ErrorCode.GUARD_RAIL, "SELECT id FROM boats WITH (timeout_ms = 0)");
        fails(ErrorCode.GUARD_RAIL, "SELECT id FROM boats WITH (timeout_ms = 0) UNION SELECT id FROM boats");
        fails(ErrorCode.GUARD_RAIL, "SELECT id FROM boats UNION SELECT id FROM boats WITH (timeout_ms = 0)");
        fails(
                ErrorCode.GUARD_RAIL,
                "SELECT id FROM boats WITH (timeout_ms = 90000) UNION SELECT id FROM boats WITH (timeout_ms = 0)");
        assertThat(rows("SELECT id FROM boats WITH (timeout_ms = 90000) EXCEPT SELECT id FROM boats"))
                .isEqualTo("[]");
    }

    @Test
    void anOperatorThatHoldsTooManyRowsIsStopped() {
        database.updateGuardRails(database.guardRails().withMaxCardinality(2));
        fails(ErrorCode.GUARD_RAIL, "SELECT DISTINCT name FROM boats");
        assertThat(rows("SELECT id FROM boats ORDER BY name LIMIT 1")).isEqualTo("[{\"id\":1}]");
    }

    // ---- changes

    @Test
    void anUpdateSetsMembersAndKeepsTheRest() {
        QueryResult result = database.query("UPDATE boats SET oars = 8, vector = [9, 9] WHERE name = 'Bo'");
        assertThat(result.affected()).isEqualTo(1);
        assertThat(rows("SELECT id, name, oars, vector FROM boats WHERE id = 2"))
                .isEqualTo("[{\"id\":2,\"name\":\"Bo\",\"oars\":8,\"vector\":[9.0,9.0]}]");
    }

    @Test
    void aRefusedRowOfAnInsertLeavesNothingWritten() {
        fails(ErrorCode.QUERY, "INSERT INTO boats (id, vector) VALUES (7, [1, 1]), (-8, [1, 1])");
        fails(ErrorCode.DIMENSION_MISMATCH, "INSERT INTO boats (id, vector) VALUES (7, [1, 1]), (8, [1])");
        fails(ErrorCode.QUERY, "INSERT INTO crews (id, vector) VALUES (7, [1, 1])");
        assertThat(rows("SELECT COUNT(*) FROM boats")).isEqualTo("[{\"count\":4}]");
    }

    @Test
    void anInsertedRowReplacesTheWholeOfTheOldOneAndTheLastOfABatchWins() {
        QueryResult result =
                database.query("INSERT INTO crews (id, name) VALUES (10, 'East'), (13, 'Mid'), (10, 'Far')");
        assertThat(result.affected()).isEqualTo(2);
        assertThat(rows("SELECT * FROM crews WHERE id = 10")).isEqualTo("[{\"id\":10,\"name\":\"Far\"}]");
    }

    @Test
    void searchesChooseNoRowsToChange() {
        fails(ErrorCode.QUERY, "DELETE FROM boats WHERE similarity(vector, [0, 0]) > 1");
        assertThat(database.query("DELETE FROM boats WHERE oars IS NULL").affected())
                .isEqualTo(1);
    }

    // ---- graphs

    @Test
    void aPatternUsesNoEdgeTwiceButMayComeBackToARow() {
        ring();
        assertThat(rows("MATCH (a)-[r:NEXT*3]->(b) WHERE a.id = 1 RETURN b.id, r", "_collection", "boats"))
                .isEqualTo("[{\"b.id\":1,\"r\":[100,101,102]}]");
        assertThat(rows(
                        "MATCH (a)-[r:NEXT*1..32]->(b) WHERE a.id = 1 RETURN b.id ORDER BY depth",
                        "_collection",
                        "boats"))
                .isEqualTo("[{\"b.id\":2},{\"b.id\":3},{\"b.id\":1}]");
    }

    @Test
    void matchesThatAgreeOnAllAliasesAreOneRow() {
        ring();
        database.collection("boats").addEdge(Edge.of(200, 1, 2, "NEXT"));
        assertThat(rows("MATCH (a)-[:NEXT]->(b) WHERE a.id = 1 RETURN b.id", "_collection", "boats"))
                .isEqualTo("[{\"b.id\":2}]");
        assertThat(rows("MATCH (a)-[r:NEXT]->(b) WHERE a.id = 1 RETURN r.id", "_collection", "boats"))
                .isEqualTo("[{\"r.id\":100},{\"r.id\":200}]");
    }

    @Test
    void aGraphPredicateFiltersARankedSearchExactly() {
        ring();
        assertThat(rows("SELECT id FROM boats WHERE vector NEAR [0, 0] AND MATCH (b)-[:NEXT]->(c {name: 'Ada'})"))
                .isEqualTo("[{\"id\":3}]");
        assertThat(rows("SELECT id FROM boats WHERE NOT MATCH (b)-[:NEXT]->()")).isEqualTo("[{\"id\":4}]");
    }

    @Test
    void dataOfAnotherCollectionComesByTheSameId() {
        database.createMetadataCollection("prices").upsert(List.of(Point.of(2, Obj.of("amount", 5))));
        ring();
        assertThat(rows("MATCH (a)-[:NEXT]->(b@prices) RETURN a.id, b.amount", "_collection", "boats"))
                .isEqualTo(
                        "[{\"a.id\":1,\"b.amount\":5},{\"a.id\":2,\"b.amount\":null},{\"a.id\":3,\"b.amount\":null}]");
    }

    @Test
    void aPatternMayBeAsLongAsTheGraph() {
        int length = 6_000;
        database = Database.inMemory(Configuration.DEFAULTS.with("query.max_expansion", "unlimited"), () -> 0L);
        List<Point> points = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (long id = 0; id <= length; id++) {
            points.add(Point.of(id, Obj.EMPTY));
            if (id < length) {
                edges.add(Edge.of(id, id, id + 1, "NEXT"));
            }
        }
        GraphCollection chain = database.createGraphCollection("chain");
        chain.upsert(points);
        chain.addEdges(edges);
        for (String between : new String[] {"-[]->()".repeat(length - 1) + "-[]->", "-[*]->"}) {
            assertThat(rows(
                            "MATCH (a)" + between + "(b) WHERE a.id = 0 AND b.id = 6000 RETURN a.id, b.id",
                            "_collection",
                            "chain"))
                    .isEqualTo("[{\"a.id\":0,\"b.id\":6000}]");
        }
        assertThat(rows("SELECT id FROM chain AS c WHERE id = 0 AND NOT MATCH (c)-[*]->(d {name: 'none'})"))
                .isEqualTo("[{\"id\":0}]");
    }

    @Test
    void matchesAreCountedByWhatTheyHoldAndCollectedOnlyAsFarAsTheyAreWanted() {
        GraphCollection dense = database.createGraphCollection("dense");
        List<Edge> edges = new ArrayList<>();
        for (long from = 1; from <= 6; from++) {
            dense.upsert(List.of(Point.of(7 - from, Obj.EMPTY)));
            for (int i = 0; i < 10; i++) {
                edges.add(Edge.of(edges.size(), from, 1 + (from + i) % 6, "TO"));
            }
        }
        dense.addEdges(edges);
        String walks = "MATCH (a)-[e*1..3]->(d) RETURN a.id, d.id";
        // more than 6000 rows of about 500 bytes
        database.updateGuardRails(database.guardRails().withMemoryLimitBytes(1_500_000));
        fails(ErrorCode.GUARD_RAIL, walks + " ORDER BY d.id", "_collection", "dense");
        assertThat(rows(walks + " ORDER BY d.id, a.id LIMIT 1", "_collection", "dense"))
                .isEqualTo("[{\"a.id\":1,\"d.id\":1}]");
        database.updateGuardRails(database.guardRails().withMaxCardinality(3));
        assertThat(rows(walks + " LIMIT 3", "_collection", "dense"))
                .isEqualTo("[{\"a.id\":1,\"d.id\":2},{\"a.id\":1,\"d.id\":3},{\"a.id\":1,\"d.id\":4}]");
    }

    private void ring() {
        database.collection("boats")
                .addEdges(List.of(Edge.of(100, 1, 2, "NEXT"), Edge.of(101, 2, 3, "NEXT"), Edge.of(102, 3, 1, "NEXT")));
    }

    // ---- EXPLAIN

    @Test
    void explainRunsNothingAndAnalyzeMeasures() {
        assertThat(rows("EXPLAIN SELECT id FROM boats WHERE oars = 2 ORDER BY name"))
                .contains("IndexLookup", "Sort", "10 (default)");
        assertThat(rows("EXPLAIN SELECT id FROM boats WHERE name = $n AND crew = (SELECT id FROM nowhere)"))
                .contains("2 condition(s) on columns");
        assertThat(rows("EXPLAIN ANALYZE SELECT id FROM boats WHERE oars = 2")).contains("\"actual_rows\":2");
    }
}
