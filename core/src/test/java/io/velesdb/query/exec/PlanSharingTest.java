package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.IndexDefinition;
import io.velesdb.PlanCacheStatistics;
import io.velesdb.Point;
import io.velesdb.QueryException;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.VelesException;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement has one plan, whoever spells it how; and nobody sees another's spelling. */
final class PlanSharingTest {
    private Database database;

    @BeforeEach
    void fill() {
        database = filled();
    }

    private static Database filled() {
        Database filled = Database.inMemory();
        filled.createVectorCollection("boats", 2, Metric.EUCLIDEAN)
                .upsert(List.of(
                        Point.of(1, new float[] {0, 0}, Obj.of("name", "Ada", "limit", 2, "Limit", 20)),
                        Point.of(2, new float[] {3, 4}, Obj.of("name", "Bo", "limit", 4, "Limit", 40))));
        filled.createMetadataCollection("crews").upsert(List.of(Point.of(10, Obj.of("name", "North", "boat", 1))));
        return filled;
    }

    private static String rows(QueryResult result) {
        return Json.write(Arr.of(result.rows().stream().map(QueryRow::values).toList()));
    }

    private String rows(String statement, Object... parameters) {
        return rows(database.query(statement, Obj.of(parameters)));
    }

    private PlanCacheStatistics statistics() {
        return database.planCacheStatistics();
    }

    // ---- what is one statement

    @Test
    void blanksCommentsKeywordsAndTheSemicolonDoNotMakeAnotherPlan() {
        String[] spellings = {
            "SELECT name FROM boats WHERE name <> 'A  da' ORDER BY name",
            "select name from boats where name <> 'A  da' order by name",
            "SELECT name -- of the boat\n\tFROM boats\r\nWHERE name<>'A  da' ORDER BY name;",
            "Select name From boats Where name != 'A  da' Order By name ;",
        };
        for (String spelling : spellings) {
            assertThat(rows(spelling)).isEqualTo("[{\"name\":\"Ada\"},{\"name\":\"Bo\"}]");
        }
        assertThat(statistics().size()).isEqualTo(1);
        assertThat(statistics().texts()).isEqualTo(4);
        assertThat(statistics().misses()).isEqualTo(1);
        assertThat(statistics().planHits()).isEqualTo(3);
        for (String spelling : spellings) {
            rows(spelling);
        }
        assertThat(statistics().textHits()).isEqualTo(4);
        assertThat(statistics().hits()).isEqualTo(7);
        assertThat(statistics().misses()).isEqualTo(1);
    }

    @Test
    void namesLiteralsAndQuotesMakeAnotherPlan() {
        String[] statements = {
            "SELECT limit FROM boats LIMIT 1",
            "SELECT Limit FROM boats LIMIT 1",
            "SELECT \"limit\" FROM boats LIMIT 1",
            "SELECT `limit` FROM boats LIMIT 1",
            "SELECT limit FROM boats LIMIT 2",
            "SELECT limit FROM boats LIMIT 01",
            "SELECT limit FROM boats WHERE name = 'Ada' LIMIT 1",
            "SELECT limit FROM boats WHERE name = 'ADA' LIMIT 1",
            "SELECT limit FROM boats WHERE name = 'Ada ' LIMIT 1",
            "SELECT limit FROM boats WHERE name = $a LIMIT 1",
            "SELECT limit FROM boats WHERE name = $A LIMIT 1",
        };
        for (String statement : statements) {
            rows(statement, "a", "Ada", "A", "Bo");
        }
        assertThat(statistics().size()).isEqualTo(statements.length);
        assertThat(statistics().hits()).isZero();
        assertThat(rows("select Limit from boats limit 1")).isEqualTo("[{\"Limit\":20}]");
        assertThat(rows("select limit from boats limit 1")).isEqualTo("[{\"limit\":2}]");
        assertThat(statistics().hits()).isEqualTo(2);
    }

    @Test
    void columnsAreNamedAsTheCallerWroteThem() {
        assertThat(rows("SELECT count(*), Max(limit) FROM boats"))
                .isEqualTo(rows("SELECT COUNT(*), MAX(limit) FROM boats"))
                .isEqualTo("[{\"count\":2,\"max_limit\":4}]");
        assertThat(rows("SELECT name AS First FROM boats LIMIT 1")).isEqualTo("[{\"First\":\"Ada\"}]");
        assertThat(rows("SELECT name AS first FROM boats LIMIT 1")).isEqualTo("[{\"first\":\"Ada\"}]");
        assertThat(rows("SELECT name as FIRST FROM boats LIMIT 1")).isEqualTo("[{\"FIRST\":\"Ada\"}]");
        assertThat(statistics().size()).isEqualTo(4);
    }

    @Test
    void parametersAreBoundWhenThePlanRuns() {
        assertThat(rows("SELECT name FROM boats WHERE limit > $n", "n", 3)).isEqualTo("[{\"name\":\"Bo\"}]");
        assertThat(rows("select name from boats where limit > $n", "n", 1))
                .isEqualTo("[{\"name\":\"Ada\"},{\"name\":\"Bo\"}]");
        assertThat(rows("SELECT name FROM boats WHERE limit > $n", "n", 9)).isEqualTo("[]");
        assertThatThrownBy(() -> rows("SELECT name FROM boats WHERE limit > $n"))
                .hasMessage("[VELES-010] 1:38 the parameter $n has no value: pass one");
        assertThat(statistics().misses()).isEqualTo(1);
    }

    // ---- whose text an error speaks of

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM boats WHERE limit > $none",
                "SELECT name FROM boats WHERE limit <-3 OR limit > $none",
                "SELECT name FROM boats WHERE vector NEAR [1, 2, 3]",
                "SELECT name FROM crews WHERE vector NEAR [1, 2]",
                "SELECT name FROM boats WHERE vector NEAR [1e39, 2]",
                "SELECT name FROM boats WHERE similarity(vector, $v) > 1",
                "SELECT name FROM boats UNION SELECT name FROM crews WHERE boat = $none",
                "SELECT name FROM boats UNION SELECT name FROM crews HAVING boat > 1",
                "SELECT name FROM boats WHERE id = (SELECT boat, name FROM crews)",
                "SELECT name FROM boats WHERE id = (SELECT id FROM boats)",
                "SELECT name FROM boats WHERE id = (SELECT MAX(id) FROM boats WHERE vector NEAR [0, 0] AND vector NEAR [1, 0])",
                "EXPLAIN SELECT name FROM boats UNION SELECT name FROM crews HAVING boat > 1",
                "EXPLAIN ANALYZE SELECT name FROM boats WHERE limit > $none",
                "INSERT INTO boats (id, name) VALUES (3, 'Cy')",
                "INSERT INTO boats (id, vector) VALUES (3, [1, 2, 3])",
                "INSERT INTO boats (id, vector) VALUES ('x', [1, 2])",
                "INSERT INTO boats (id, vector, sparse_vector) VALUES (3, [1, 2], {x: 1})",
                "UPDATE boats SET name = $none WHERE id = 1",
                "UPDATE boats SET name = 'x' WHERE id = $none",
                "UPDATE boats SET id = 7 WHERE id = 1",
                "DELETE FROM boats WHERE id = $none",
                "MATCH (a)-[r]->(b) WHERE b.name = $none RETURN a.name",
                "MATCH (a)-[r]->(b) RETURN a.name, c.name",
                "ALTER COLLECTION boats SET (auto_reindex = 7)",
                "TRAIN QUANTIZER ON boats WITH (type = 'pq', m = 0)",
                "CREATE COLLECTION x (dimension = 0)",
            })
    void anErrorNamesThePlaceInTheTextOfItsCaller(String statement) {
        Obj parameters = Obj.of("v", "no vector", "_collection", "boats");
        String spread = "-- é\n" + statement.replace(" ", " \n\t ");
        for (List<String> order : List.of(List.of(statement, spread), List.of(spread, statement))) {
            Database shared = filled();
            for (String text : order) {
                VelesException alone = failure(filled(), text, parameters);
                for (int i = 0; i < 2; i++) {
                    VelesException failure = failure(shared, text, parameters);
                    assertThat(failure).hasMessage(alone.getMessage());
                    assertThat(failure.code()).isEqualTo(alone.code());
                    assertThat(failure.place()).isEqualTo(alone.place()).isNotNull();
                    assertThat(failure.toString()).isEqualTo(alone.toString());
                    assertThat(String.valueOf(failure.getCause())).isEqualTo(String.valueOf(alone.getCause()));
                }
            }
        }
    }

    private static VelesException failure(Database database, String text, Obj parameters) {
        VelesException failure = catchThrowableOfType(VelesException.class, () -> database.query(text, parameters));
        assertThat(failure).as(text).isNotNull();
        return failure;
    }

    @Test
    void anErrorOfASharedPlanStillShowsWhereInTheEngineItCameFrom() {
        rows("SELECT name FROM boats WHERE limit > $n", "n", 3);
        VelesException failure = failure(database, "select name\nfrom boats where limit > $n", Obj.EMPTY);
        assertThat(failure).hasMessage("[VELES-010] 2:26 the parameter $n has no value: pass one");
        assertThat(Arrays.stream(failure.getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("parameter");
    }

    @Test
    void aTextThatIsRefusedIsShownAsItIsAndNotKept() {
        rows("SELECT name FROM boats");
        QueryException wrong = catchThrowableOfType(
                QueryException.class, () -> database.query("select name\nfrom boats order by similarity()"));
        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.caret()).isEqualTo("from boats order by similarity()\n                    ^");
        assertThatThrownBy(() -> database.query("select name\nform boats")).isInstanceOf(QueryException.class);
        assertThat(statistics().size()).isEqualTo(1);
    }

    // ---- EXPLAIN

    private Obj explained(String statement) {
        return database.query(statement, Obj.EMPTY).rows().get(0).values();
    }

    private static String cached(Obj explained) {
        return explained.get("cache_hit") + ", " + explained.get("plan_reuse_count");
    }

    @Test
    void explainTellsWhetherThePlanIsKeptAndChangesNothingOfThat() {
        String statement = "SELECT name FROM boats WHERE limit > 3";
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("false, 0");
        assertThat(cached(explained("EXPLAIN ANALYZE " + statement))).isEqualTo("false, 0");
        assertThat(cached(database.explain(statement, Obj.EMPTY, true)
                        .rows()
                        .get(0)
                        .values()))
                .isEqualTo("false, 0");
        rows(statement);
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("true, 0");
        rows(statement);
        rows("select name from boats where limit>3;");
        assertThat(cached(explained("explain analyze select name from boats where limit > 3")))
                .isEqualTo("true, 2");
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("true, 2");
        PlanCacheStatistics before = statistics();
        assertThat(cached(database.explain(statement, Obj.EMPTY, false)
                        .rows()
                        .get(0)
                        .values()))
                .isEqualTo("true, 2");
        assertThat(cached(database.explain("EXPLAIN ANALYZE " + statement, Obj.EMPTY, false)
                        .rows()
                        .get(0)
                        .values()))
                .isEqualTo("true, 2");
        assertThat(statistics()).isEqualTo(before);
        assertThat(cached(explained("EXPLAIN SELECT name FROM boats WHERE limit > 4")))
                .isEqualTo("false, 0");
        database.clearPlanCache();
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("false, 0");
    }

    @Test
    void aMatchIsExplainedLikewise() {
        Obj target = Obj.of("_collection", "boats");
        String match = "MATCH (a)-[r]->(b) RETURN a.name";
        database.query(match, target);
        assertThat(cached(database.explain("match (a)-[r]->(b) return a.name", target, false)
                        .rows()
                        .get(0)
                        .values()))
                .isEqualTo("true, 0");
    }

    // ---- what ends a plan

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE METADATA COLLECTION more",
                "DROP COLLECTION crews",
                "CREATE INDEX ON boats (name)",
                "DROP INDEX ON boats (berth)",
                "ALTER COLLECTION boats SET (auto_reindex = true)",
                "ANALYZE boats",
                "TRAIN QUANTIZER ON boats WITH (type = 'rabitq')",
            })
    void aChangeOfDefinitionsOrStatisticsEndsAllPlans(String change) {
        database.collection("boats").createIndex(IndexDefinition.secondary("berth"));
        String statement = "SELECT name FROM boats WHERE limit > 3";
        rows(statement);
        rows(statement);
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("true, 1");
        rows(change);
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("false, 0");
        assertThat(statistics().size()).as("the plan of that EXPLAIN").isEqualTo(1);
        long misses = statistics().misses();
        assertThat(rows(statement)).isEqualTo("[{\"name\":\"Bo\"}]");
        rows(statement);
        assertThat(statistics().misses()).isEqualTo(misses + 1);
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("true, 1");
    }

    @Test
    void aVectorIndexMadeAnewEndsAllPlans() {
        rows("SELECT name FROM boats");
        database.vectorCollection("boats").reindex(HnswParameters.DEFAULT);
        assertThat(statistics().size()).isZero();
    }

    @Test
    void rowsEndNoPlan() {
        database.createGraphCollection("g");
        String statement = "SELECT name FROM boats WHERE limit > 3";
        rows(statement);
        rows("INSERT INTO boats (id, vector, name, limit) VALUES (3, [1, 1], 'Cy', 5)");
        rows("UPDATE boats SET name = 'Di' WHERE id = 2");
        rows("DELETE FROM boats WHERE id = 1");
        rows("INSERT NODE INTO g (id = 1)");
        rows("INSERT NODE INTO g (id = 2)");
        rows("INSERT EDGE INTO g (id = 1, source = 1, target = 2, label = 'NEXT')");
        rows("DELETE EDGE 1 FROM g");
        rows("TRUNCATE g");
        rows("FLUSH FULL");
        assertThat(rows(statement)).isEqualTo("[{\"name\":\"Di\"},{\"name\":\"Cy\"}]");
        assertThat(cached(explained("EXPLAIN " + statement))).isEqualTo("true, 1");
    }

    @Test
    void aCollectionMadeAnewIsReadByTheSameText() {
        String statement = "SELECT * FROM crews";
        assertThat(rows(statement)).isEqualTo("[{\"id\":10,\"name\":\"North\",\"boat\":1}]");
        rows("DROP COLLECTION crews");
        assertThatThrownBy(() -> rows(statement)).hasMessageStartingWith("[VELES-002]");
        rows("CREATE COLLECTION crews (dimension = 2, metric = 'cosine')");
        rows("INSERT INTO crews (id, vector) VALUES (4, [1, 0])");
        assertThat(rows(statement)).isEqualTo("[{\"id\":4}]");
    }

    @Test
    void otherLimitsOfTheLanguageEndAllPlans() {
        String statement = "SELECT name FROM boats WHERE name LIKE 'A%' OR name LIKE 'B%'";
        rows(statement);
        database.engine().settings().configure(Configuration.DEFAULTS.with("query.max_like_terms", Value.of(1L)));
        assertThatThrownBy(() -> rows(statement)).hasMessageContaining("[E007]");
    }

    // ---- bounds

    @Test
    void statementsThatComeOncePushOutNeitherTheCacheNorWhatIsUsed() {
        String hot = "SELECT name FROM boats WHERE limit > $n";
        rows(hot, "n", 3);
        for (int i = 0; i < 3_000; i++) {
            rows("SELECT name FROM boats WHERE limit > " + i);
            rows(hot, "n", 3);
        }
        assertThat(statistics().size()).isEqualTo(statistics().capacity());
        assertThat(statistics().texts()).isEqualTo(1024);
        assertThat(statistics().misses()).isEqualTo(3_001);
        assertThat(statistics().textHits()).isEqualTo(3_000);
    }

    @Test
    void spellingsThatComeOnceLeaveThePlanWhereItIs() {
        for (int i = 0; i < 3_000; i++) {
            rows("SELECT name FROM boats WHERE limit > $n -- trace " + i, "n", 3);
        }
        assertThat(statistics().size()).isEqualTo(1);
        assertThat(statistics().texts()).isEqualTo(1024);
        assertThat(statistics().misses()).isEqualTo(1);
        assertThat(statistics().planHits()).isEqualTo(2_999);
    }

    @Test
    void hugeStatementsAreNotKeptAndLargeOnesTakeBoundedRoom() {
        rows("SELECT name FROM boats");
        long small = statistics().bytes();
        rows("SELECT name FROM boats WHERE name = '" + "x".repeat(250_000) + "'");
        rows("SELECT name FROM boats WHERE name = 'y' -- " + "x".repeat(250_000));
        rows("SELECT name FROM boats WHERE limit IN (" + "1, ".repeat(50_000) + "1)");
        assertThat(statistics().size()).isEqualTo(1);
        assertThat(statistics().bytes()).isEqualTo(small);
        for (int i = 0; i < 300; i++) {
            rows("SELECT name FROM boats WHERE limit IN (" + i + ", 1".repeat(500) + ")");
        }
        assertThat(statistics().bytes()).isBetween(1L << 20, 10L << 20);
        assertThat(statistics().size()).isBetween(50, 80);
        rows("SELECT name FROM boats -- " + "x".repeat(250_000));
        assertThat(statistics().misses()).isEqualTo(305);
    }

    @Test
    void aMegabyteThatIsAllowedIsNotKeptEither() {
        database.engine()
                .settings()
                .configure(Configuration.DEFAULTS.with("query.max_length_bytes", Value.of(1L << 21)));
        rows("SELECT name FROM boats");
        rows("SELECT name FROM boats WHERE name = '" + "x".repeat(1 << 20) + "'");
        assertThat(statistics().size()).isEqualTo(1);
        assertThat(statistics().bytes()).isLessThan(10_000);
    }

    // ---- threads

    @Test
    void threadsShareThePlansWhileDefinitionsChange() throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger rounds = new AtomicInteger();
        for (int t = 0; t < 4; t++) {
            int number = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 2_000; i++) {
                    int n = i % 5;
                    String blanks = " ".repeat(1 + (i + number) % 7);
                    String statement = "SELECT name FROM" + blanks + "boats WHERE limit > " + n + " AND limit < $most";
                    String wanted =
                            n < 2 ? "[{\"name\":\"Ada\"},{\"name\":\"Bo\"}]" : n < 4 ? "[{\"name\":\"Bo\"}]" : "[]";
                    assertThat(rows(statement, "most", 5)).isEqualTo(wanted);
                    assertThatThrownBy(() -> rows(statement))
                            .hasMessageStartingWith("[VELES-010] 1:" + (51 + blanks.length()) + " ");
                    rounds.incrementAndGet();
                }
            }));
        }
        threads.add(new Thread(() -> {
            while (rounds.get() < 7_000 && failures.isEmpty()) {
                rows("CREATE INDEX ON boats (name)");
                rows("DROP INDEX ON boats (name)");
            }
        }));
        for (Thread thread : threads) {
            thread.setUncaughtExceptionHandler((dead, failure) -> {
                synchronized (failures) {
                    failures.add(failure);
                }
            });
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(statistics().size()).isLessThanOrEqualTo(7);
    }
}
