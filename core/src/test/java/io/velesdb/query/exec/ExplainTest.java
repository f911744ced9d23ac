package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.QueryRow;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_125);
    private static final int ROWS = 400;

    private final Database database = Database.inMemory();

    @BeforeEach
    void fill() {
        database.createVectorCollection("boats", 2, Metric.COSINE);
        database.createMetadataCollection("crews");
        Random random = new Random(SEED);
        List<Object> oars = List.of(2, 4, 2.0, 7, "x", true);
        List<Point> boats = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Obj payload = Obj.of("name", "boat " + random.nextInt(40), "berth", i);
            if (random.nextInt(5) > 0) {
                payload = payload.with("oars", oars.get(random.nextInt(oars.size())));
            } else if (random.nextBoolean()) {
                payload = payload.with("oars", Value.NULL);
            }
            boats.add(Point.of(i, new float[] {random.nextFloat(), 1}, payload));
        }
        database.collection("boats").upsert(boats);
        for (int i = 0; i < 50; i++) {
            database.collection("crews").upsert(List.of(Point.of(i, Obj.of("boat", i % 25))));
        }
    }

    private Obj explain(String statement) {
        return database.query(statement.startsWith("EXPLAIN") ? statement : "EXPLAIN " + statement)
                .rows()
                .get(0)
                .values();
    }

    private static List<Obj> steps(Obj explained) {
        return ((Arr) ((Obj) explained.get("plan")).get("steps"))
                .elements().stream().map(Obj.class::cast).toList();
    }

    @Test
    void aFusionShowsTheWeightsThatItsStrategyUses() {
        String search =
                "EXPLAIN SELECT id FROM boats WHERE vector NEAR [1, 0] AND name MATCH 'boat' USING FUSION (strategy = ";
        assertThat(explain(search + "'weighted', vector_weight = 0.9, graph_weight = 0.1)")
                        .text("tree"))
                .contains("FUSION weighted, k = 60, vector_weight = 0.9, graph_weight = 0.1\n");
        assertThat(explain(search + "'rrf', k = 7)").text("tree")).contains("FUSION rrf, k = 7\n");
    }

    @Test
    void ofAScanTheRowsThatItChoseAmongAreToldAndThoseThatItChose() {
        List<Obj> nodes = ((Arr) explain("ANALYZE SELECT id FROM boats WHERE berth < 9 LIMIT 400")
                        .get("node_stats"))
                .elements().stream().map(Obj.class::cast).toList();
        assertThat(nodes.get(0).get("actual_rows_in")).isEqualTo(Value.of(ROWS));
        assertThat(nodes.get(0).get("actual_rows_out")).isEqualTo(Value.of(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM boats",
                "SELECT id FROM boats WHERE oars = 2 AND vector NEAR [1, 0] LIMIT 3",
                "SELECT id FROM boats WHERE vector NEAR [1, 0] AND MATCH (boats)-[:NEXT]->() LIMIT 3",
                "SELECT id FROM boats WHERE similarity(vector, [1, 0]) > 0.5 ORDER BY name LIMIT 3 OFFSET 1",
                "SELECT name, COUNT(*) FROM boats GROUP BY name HAVING COUNT(*) > 1 ORDER BY name",
                "SELECT COUNT(*) FROM boats WHERE berth < 9",
                "SELECT COUNT(*) FROM boats JOIN crews ON boats.berth = crews.boat WHERE crews.boat > 3",
                "SELECT boats.name FROM boats JOIN crews ON boats.berth = crews.boat WHERE crews.boat > 3",
                "SELECT boats.name FROM boats JOIN crews ON boats.berth = crews.boat WHERE vector NEAR [1, 0] LIMIT 5",
                "SELECT DISTINCT name FROM boats ORDER BY name",
                "SELECT name, RANK() OVER (ORDER BY oars) FROM boats LIMIT 4",
                "SELECT name FROM boats WHERE berth < 3 UNION SELECT name FROM boats LIMIT 2",
                "SELECT name FROM boats UNION ALL SELECT name FROM boats WHERE berth < 9 ORDER BY name LIMIT 3 OFFSET 2",
                "SELECT id FROM boats INTERSECT SELECT boat FROM crews EXCEPT SELECT id FROM boats WHERE berth < 9",
                "SELECT id FROM boats WHERE berth = (SELECT MAX(boat) FROM crews WHERE boat < (SELECT COUNT(*) FROM crews))",
                "SELECT name, COUNT(*) FROM boats GROUP BY name HAVING COUNT(*) > (SELECT MIN(boat) FROM crews)",
            })
    void theStepsShownAreThoseThatRun(String statement) {
        List<String> shown = steps(explain("EXPLAIN " + statement)).stream()
                .map(step -> step.text("operation"))
                .toList();
        Obj analyzed = explain("EXPLAIN ANALYZE " + statement);
        List<Obj> ran = ((Arr) analyzed.get("node_stats"))
                .elements().stream().map(Obj.class::cast).toList();
        assertThat(ran.stream().map(node -> node.text("node_label")).toList()).isEqualTo(shown);
        assertThat(ran.get(ran.size() - 1).get("actual_rows_out"))
                .isEqualTo(Value.of((long) database.query(statement).rows().size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (a)-[r]->(b) RETURN a.id",
                "MATCH (a {name: 'boat 1'})-[*1..3]->(b) WHERE b.berth > 3 OR a.berth < 7 RETURN b.id ORDER BY b.name, depth LIMIT 3",
                "LET twice = 2 * similarity() MATCH (a)-[:NEXT]->()-[:NEXT]->(b) WHERE vector NEAR [1, 0]"
                        + " RETURN b.id, twice LIMIT 4",
                "MATCH (a)-[r]-(b) WHERE similarity(b.vector, [1, 0]) > 0.5 AND a.berth <> (SELECT MIN(boat) FROM crews)"
                        + " RETURN b LIMIT 4",
            })
    void ofAPatternTheStepsShownAreThoseThatRun(String statement) {
        ring();
        Obj target = Obj.of("_collection", "boats");
        List<String> shown = steps(explained(statement, target, false)).stream()
                .map(step -> step.text("operation"))
                .toList();
        Obj analyzed = explained(statement, target, true);
        List<Obj> ran = ((Arr) analyzed.get("node_stats"))
                .elements().stream().map(Obj.class::cast).toList();
        assertThat(shown).contains("MatchTraversal");
        assertThat(ran.stream().map(node -> node.text("node_label")).toList()).isEqualTo(shown);
        assertThat(ran.get(ran.size() - 1).get("actual_rows_out")).isEqualTo(Value.of((long)
                database.query(statement, target).rows().size()));
    }

    @Test
    void ofAPatternOnlyAsMuchIsWalkedAsIsWanted() {
        ring();
        Obj target = Obj.of("_collection", "boats");
        assertThat(edgesTraversed("MATCH (a)-[r:NEXT]->(b) RETURN a.id, b.id LIMIT 1", target))
                .isLessThan(20);
        // names repeat: from the end that is asked for it takes a tenth of the edges to find all, but few are wanted
        assertThat(edgesTraversed("MATCH (a)-[r:NEXT]->(b {name: 'boat 1'}) RETURN a.id LIMIT 400", target))
                .isLessThan(ROWS / 4);
    }

    private long edgesTraversed(String statement, Obj parameters) {
        Obj stats = (Obj) explained(statement, parameters, true).get("actual_stats");
        return ((Value.Int) stats.get("edges_traversed")).value();
    }

    private void ring() {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            edges.add(Edge.of(i, i, (i + 1) % ROWS, "NEXT"));
        }
        database.collection("boats").addEdges(edges);
    }

    private Obj explained(String statement, Obj parameters, boolean analyze) {
        return database.explain(statement, parameters, analyze).rows().get(0).values();
    }

    @Test
    void explainingByTheApiIsWhatTheStatementDoes() {
        String select = "SELECT id FROM boats WHERE berth < $most ORDER BY name LIMIT 3";
        assertThat(explained(select, Obj.EMPTY, false)).isEqualTo(explain("EXPLAIN " + select));
        assertThat(explained("EXPLAIN " + select, Obj.EMPTY, false)).isEqualTo(explain("EXPLAIN " + select));
        assertThat(explained("LET x = 1 " + select, Obj.EMPTY, false).text("tree"))
                .contains("Let: 1 binding(s)", "LET x\n");
        assertThatThrownBy(() -> database.explain("SHOW COLLECTIONS", Obj.EMPTY, false))
                .hasMessageContaining("only SELECT, set operations, MATCH, UPDATE and DELETE are explained");
    }

    @Test
    void theTreeOfASetOperationHoldsItsOperandsAndSubqueriesAreNumbered() {
        assertThat(explain("EXPLAIN SELECT id FROM boats UNION ALL SELECT boat FROM crews WHERE boat >"
                                + " (SELECT MIN(boat) FROM crews) ORDER BY id LIMIT 3 OFFSET 1")
                        .text("tree"))
                .isEqualTo("Limit: 3\n"
                        + "  Offset: 1\n"
                        + "    Sort: 1 key(s), the first 4\n"
                        + "      UnionAll: row by row\n"
                        + "        Limit: 100000 (most rows)\n"
                        + "          FullScan: 'boats'\n"
                        + "        Limit: 100000 (most rows)\n"
                        + "          IndexLookup: 'crews', 1 condition(s) on columns\n"
                        + "Subquery 1:\n"
                        + "  Limit: 100000 (most rows)\n"
                        + "    Aggregate: 1 aggregate(s) over 0 key(s), read from columns\n"
                        + "      FullScan: 'crews'\n");
    }

    @Test
    void aUnionReadsItsRightSideOnlyWhereItsRowsAreWanted() {
        List<Obj> nodes = ((Arr) explain("ANALYZE SELECT id FROM boats UNION ALL SELECT boat FROM crews LIMIT 3")
                        .get("node_stats"))
                .elements().stream().map(Obj.class::cast).toList();
        assertThat(nodes.stream()
                        .map(node -> node.text("node_label") + " " + node.get("loops"))
                        .toList())
                .isEqualTo(List.of("FullScan 1", "Limit 1", "FullScan 0", "Limit 0", "UnionAll 1", "Limit 2"));
    }

    @Test
    void anInputStandsBelowTheStepThatReadsIt() {
        assertThat(explain("EXPLAIN SELECT boats.name FROM boats JOIN crews ON boats.berth = crews.boat"
                                + " WHERE crews.boat > 3 LIMIT 2")
                        .text("tree"))
                .isEqualTo("Limit: 2\n"
                        + "  InnerJoin: 'crews' on 1 column(s), hashed\n"
                        + "    FullScan: 'boats'\n"
                        + "    IndexLookup: 'crews', 1 condition(s) on columns\n");
    }

    @Test
    void estimatesComeFromStatisticsAndNotFromValuesThatAreNotKnown() {
        String statement = "EXPLAIN SELECT id FROM boats WHERE berth < 100";
        database.query("ANALYZE boats");
        Obj scan = steps(explain(statement)).get(0);
        assertThat(scan.text("estimation_method")).isEqualTo("histogram");
        assertThat(((Value.Int) scan.get("estimated_rows")).value()).isBetween(80L, 120L);
        assertThat(steps(explain("EXPLAIN SELECT id FROM boats WHERE berth < $n"))
                        .get(0)
                        .has("estimated_rows"))
                .isFalse();
        Obj bound = database.query("EXPLAIN SELECT id FROM boats WHERE berth < $n", Obj.of("n", 100))
                .rows()
                .get(0)
                .values();
        assertThat(steps(bound).get(0)).isEqualTo(scan);
        Obj groups = steps(explain("EXPLAIN SELECT name, COUNT(*) FROM boats GROUP BY name"))
                .get(1);
        assertThat(groups.get("estimated_rows")).isEqualTo(Value.of(40L));
        assertThat(groups.text("estimation_method")).isEqualTo("cardinality");
    }

    @Test
    void measuredRowsAreThoseThatPassed() {
        Obj analyzed = explain("EXPLAIN ANALYZE SELECT id FROM boats WHERE berth < 100 AND vector NEAR [1, 0] LIMIT 7");
        List<Value> nodes = ((Arr) analyzed.get("node_stats")).elements();
        assertThat(((Obj) nodes.get(0)).get("actual_rows_out")).isEqualTo(Value.of(100L));
        assertThat(((Obj) nodes.get(1)).get("actual_rows_in")).isEqualTo(Value.of(100L));
        assertThat(((Obj) nodes.get(1)).get("actual_rows_out")).isEqualTo(Value.of(7L));
    }

    // ---- ORDER BY with an index

    @Test
    void theOrderOfAnIndexIsThatOfSorting() {
        List<String> statements = new ArrayList<>();
        for (String where : List.of("", " WHERE berth >= 20", " WHERE name <> 'boat 7'")) {
            for (String order : List.of("oars", "oars DESC", "boats.oars ASC", "o DESC")) {
                statements.add("SELECT id, oars AS o FROM boats" + where + " ORDER BY " + order + " LIMIT 9 OFFSET 4");
                statements.add("SELECT id, oars AS o FROM boats" + where + " ORDER BY " + order);
            }
        }
        List<List<QueryRow>> sorted = new ArrayList<>();
        for (String statement : statements) {
            assertThat(explain("EXPLAIN " + statement).text("tree")).contains("Sort");
            sorted.add(database.query(statement).rows());
        }
        database.query("CREATE INDEX ON boats (oars)");
        database.query("ANALYZE boats");
        for (int i = 0; i < statements.size(); i++) {
            assertThat(explain("EXPLAIN " + statements.get(i)).text("tree"))
                    .contains("in the order of the index on")
                    .doesNotContain("Sort");
            assertThat(database.query(statements.get(i)).rows())
                    .as("seed " + SEED + ": " + statements.get(i))
                    .isEqualTo(sorted.get(i));
        }
    }

    @Test
    void anIndexIsNotWalkedForFewRows() {
        database.query("CREATE INDEX ON boats (oars)");
        database.query("ANALYZE boats");
        assertThat(explain("EXPLAIN SELECT id FROM boats WHERE berth < 3 ORDER BY oars")
                        .text("tree"))
                .contains("Sort");
    }
}
