package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
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
            })
    void theStepsShownAreThoseThatRun(String statement) {
        List<String> shown = steps(explain("EXPLAIN " + statement)).stream()
                .map(step -> step.text("operation"))
                .toList();
        Obj analyzed = explain("EXPLAIN ANALYZE " + statement);
        List<Obj> ran = ((Arr) analyzed.get("node_stats"))
                .elements().stream().map(Obj.class::cast).toList();
        assertThat(ran.stream().map(node -> node.text("node_label")).toList()).isEqualTo(shown);
        assertThat(ran.get(ran.size() - 1).get("actual_rows_out")).isEqualTo(Value.of(rowsOfLastOperand(statement)));
    }

    private long rowsOfLastOperand(String statement) {
        return statement.contains("UNION")
                ? ROWS
                : database.query(statement).rows().size();
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
