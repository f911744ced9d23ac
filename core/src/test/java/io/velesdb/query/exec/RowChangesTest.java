package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.QueryResult;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How UPDATE and DELETE find their rows. That they find the right ones is for {@link DifferentialTest}. */
final class RowChangesTest {
    private static final int ROWS = 3_000;

    /** Runs once, when the next statement has begun. */
    private Runnable meanwhile = () -> {};

    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> {
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
        return 0;
    });

    @BeforeEach
    void fill() {
        database.createGraphCollection("boats", 2, Metric.COSINE);
        List<Point> boats = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            float[] vector = i < 10 ? new float[] {i, 1} : null;
            boats.add(new Point(i, vector, Obj.of("oars", i % 10, "berth", i)));
        }
        database.collection("boats").upsert(boats);
    }

    private Obj explained(String statement, boolean analyze) {
        return database.explain(statement, Obj.EMPTY, analyze).rows().get(0).values();
    }

    private static List<Obj> objects(Value array) {
        return ((Arr) array).elements().stream().map(Obj.class::cast).toList();
    }

    private long count(String where) {
        QueryResult counted = database.query("SELECT COUNT(*) AS n FROM boats WHERE " + where);
        return ((Value.Int) counted.rows().get(0).values().get("n")).value();
    }

    @Test
    void anUpdateIsFoundByColumnsAndTheRestOfItsConditionIsTestedRowByRow() {
        assertThat(explained("UPDATE boats SET oars = 1, name = 'x' WHERE oars = 2", false)
                        .text("tree"))
                .isEqualTo("""
                        Update: 'boats', sets oars, name
                          IndexLookup: 'boats', 1 condition(s) on columns
                        """);
        assertThat(explained("UPDATE boats SET oars = 1", false).text("tree"))
                .isEqualTo("Update: 'boats', sets oars\n  FullScan: 'boats'\n");
        assertThat(explained("DELETE FROM boats WHERE vector IS NOT NULL AND berth < 9 AND oars > 3", false)
                        .text("tree"))
                .isEqualTo("""
                        Delete: 'boats'
                          Filter: 1 condition(s) tested row by row
                            IndexLookup: 'boats', 2 condition(s) on columns
                        """);
    }

    @Test
    void theStepsBelowAChangeAreThoseOfTheSelectWithItsCondition() {
        database.query("CREATE INDEX ON boats (oars)");
        database.query("ANALYZE boats");
        String where = " WHERE oars = 3 AND (berth < 900 OR vector IS NULL)";
        List<Obj> select = objects(((Obj) explained("SELECT * FROM boats" + where + " LIMIT 100000", false)
                        .get("plan"))
                .get("steps"));
        List<Obj> update = objects(
                ((Obj) explained("UPDATE boats SET oars = 0" + where, false).get("plan")).get("steps"));
        int below = update.size() - 1;
        assertThat(update.subList(0, below)).isEqualTo(select.subList(0, below));
        assertThat(update.get(0).text("operation")).isEqualTo("IndexLookup");
        assertThat(update.get(0).get("estimated_rows")).isEqualTo(Value.of(ROWS / 10));
        assertThat(update.get(below).text("operation")).isEqualTo("Update");
    }

    @Test
    void explainingAChangeChangesNothing() {
        explained("UPDATE boats SET oars = 77", false);
        explained("DELETE FROM boats WHERE oars = $unknown", false);
        assertThat(count("oars < 10")).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE boats SET oars = 99 WHERE berth < 1200",
                "UPDATE boats SET oars = (SELECT MAX(berth) FROM boats WHERE oars = 2) WHERE vector IS NOT NULL",
                "DELETE FROM boats WHERE berth < 1200",
                "DELETE FROM boats WHERE oars = 3 AND berth < (SELECT MAX(berth) FROM boats)",
                "DELETE FROM boats WHERE berth = -1",
            })
    void analyzingAChangeCarriesItOutAndMeasuresTheStepsShown(String statement) {
        List<String> shown = objects(((Obj) explained(statement, false).get("plan")).get("steps")).stream()
                .map(step -> step.text("operation"))
                .toList();
        long before = count("oars < 10");
        QueryResult result = database.explain(statement, Obj.EMPTY, true);
        Obj row = result.rows().get(0).values();
        List<Obj> ran = objects(row.get("node_stats"));
        assertThat(ran.stream().map(node -> node.text("node_label")).toList()).isEqualTo(shown);
        Obj change = ran.get(ran.size() - 1);
        assertThat(change.get("actual_rows_in")).isEqualTo(Value.of(result.affected()));
        assertThat(change.get("actual_rows_out")).isEqualTo(Value.of(result.affected()));
        assertThat(((Obj) row.get("actual_stats")).get("actual_rows")).isEqualTo(Value.of(result.affected()));
        assertThat(before - count("oars < 10")).isEqualTo(result.affected());
    }

    @Test
    void aChangeThatNamesNoCollectionOrSearchesIsNotExplained() {
        assertThatThrownBy(() -> explained("DELETE FROM nowhere WHERE id = 1", false))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLLECTION_NOT_FOUND));
        assertThatThrownBy(() -> explained("UPDATE boats SET oars = 1 WHERE vector NEAR [1, 0]", false))
                .hasMessageContaining("searches choose no rows to change");
    }

    // ---- one state

    @Test
    void aRowIsNotMetAgainInTheFormThatTheUpdateGaveIt() {
        database.query("CREATE INDEX ON boats (berth)");
        assertThat(database.query("UPDATE boats SET berth = 5000 WHERE berth < 9000")
                        .affected())
                .isEqualTo(ROWS);
        assertThat(count("berth = 5000")).isEqualTo(ROWS);
    }

    @Test
    void conditionsValuesAndSubqueriesSeeWhatAnotherWriterDidMeanwhile() {
        meanwhile = () ->
                database.collection("boats").upsert(List.of(Point.of(ROWS, new float[] {1, 1}, Obj.of("oars", 3))));
        assertThat(database.query("UPDATE boats SET boats = (SELECT COUNT(*) FROM boats) WHERE oars = 3")
                        .affected())
                .isEqualTo(ROWS / 10 + 1);
        assertThat(count("boats = " + (ROWS + 1))).isEqualTo(ROWS / 10 + 1);

        meanwhile = () -> database.query("UPDATE boats SET berth = 70000 WHERE id = 0");
        assertThat(database.query("DELETE FROM boats WHERE berth = (SELECT MAX(berth) FROM boats)")
                        .affected())
                .isEqualTo(1);
        assertThat(database.collection("boats").get(0)).containsOnlyNulls();
    }

    // ---- bounds

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE boats SET oars = 99",
                "UPDATE boats SET oars = 99 WHERE vector IS NULL AND berth < 2900",
                "UPDATE boats SET oars = (SELECT COUNT(*) FROM boats WHERE vector IS NULL) WHERE berth >= 0",
                "DELETE FROM boats WHERE berth >= 0",
                "DELETE FROM boats WHERE vector IS NULL",
            })
    void aChangeThatIsGivenUpAtAnyMomentHasChangedNothing(String statement) {
        int refused = 0;
        for (boolean done = false; !done; refused++) {
            int[] left = {refused};
            Cancellation signal = () -> {
                if (left[0]-- == 0) {
                    throw new VelesException(ErrorCode.GUARD_RAIL, "given up");
                }
            };
            try {
                database.query(statement, Obj.EMPTY, signal);
                done = true;
            } catch (VelesException e) {
                assertThat(e).hasMessageContaining("given up");
                assertThat(count("oars < 10")).isEqualTo(ROWS);
            }
        }
        assertThat(count("oars < 10")).isLessThan(ROWS);
        // batches that are read, and rows that are made ready to be written
        assertThat(refused).isGreaterThan(ROWS / 1_024 + ROWS / 256);
    }

    @Test
    void aChangeOfMoreRowsThanAStepMayHoldIsRefusedWhole() {
        database.updateGuardRails(database.guardRails().withMaxCardinality(200));
        for (String statement :
                List.of("UPDATE boats SET oars = 99 WHERE oars = 3", "DELETE FROM boats WHERE oars = 3")) {
            assertThatThrownBy(() -> database.query(statement)).hasMessageContaining("max_cardinality is 200");
        }
        assertThat(database.query("DELETE FROM boats WHERE berth < 200").affected())
                .isEqualTo(200);
    }

    @Test
    void anUpdateWhoseResultTakesTooMuchMemoryIsRefusedWhole() {
        database.updateGuardRails(database.guardRails().withMemoryLimitBytes(20_000));
        assertThatThrownBy(() -> database.query("UPDATE boats SET oars = 99"))
                .hasMessageContaining("memory_limit_bytes");
        database.updateGuardRails(database.guardRails().withMemoryLimitBytes(1L << 30));
        assertThat(count("oars < 10")).isEqualTo(ROWS);
    }
}
