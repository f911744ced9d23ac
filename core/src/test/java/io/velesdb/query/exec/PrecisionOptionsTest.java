package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The options rerank, quantization and oversampling: whether scores are those of vectors or of codes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PrecisionOptionsTest {
    private static final int DIMENSION = 16;
    /** More than are scored exactly whatever is asked. */
    private static final int ROWS = 1_500;

    private final Database database = Database.inMemory();
    private Obj query = Obj.EMPTY;

    @BeforeAll
    void fill() {
        Random random = new Random(20_261_125);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            points.add(Point.of(i, vector(random), Obj.EMPTY));
        }
        CollectionSchema schema =
                CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN).withStorage(StorageMode.BINARY);
        database.createCollection("rescored", schema);
        database.createCollection("coded", schema.withQuantization(Quantization.DEFAULT.withOversampling(0)));
        for (String name : List.of("rescored", "coded")) {
            database.vectorCollection(name).upsertBulk(points);
        }
        List<Value> components = new ArrayList<>();
        for (float component : vector(random)) {
            components.add(Value.of((double) component));
        }
        query = Obj.of("v", Arr.of(components));
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    /** Whether the scores of a search are those of the vectors of the rows. */
    private boolean isExact(String collection, String options) {
        List<Obj> rows = new ArrayList<>();
        database.query(
                        "LET exact = similarity(vector, $v) SELECT id, score, exact FROM " + collection
                                + " WHERE vector NEAR $v LIMIT 10 " + options,
                        query)
                .rows()
                .forEach(row -> rows.add(row.values()));
        assertThat(rows).hasSize(10);
        return rows.stream().allMatch(row -> difference(row) < 1e-5);
    }

    private static double difference(Obj row) {
        return Math.abs(((Value.Num) row.get("score")).doubleValue() - ((Value.Num) row.get("exact")).doubleValue());
    }

    @Test
    void aCollectionDecidesWhereNothingIsAsked() {
        assertThat(isExact("rescored", "")).isTrue();
        assertThat(isExact("coded", "")).isFalse();
        assertThat(isExact("rescored", "WITH (quantization = 'auto')")).isTrue();
        assertThat(isExact("coded", "WITH (quantization = 'default')")).isFalse();
    }

    @Test
    void codesAloneAreScoresWhereTheyAreAskedFor() {
        assertThat(isExact("rescored", "WITH (rerank = false)")).isFalse();
        assertThat(isExact("rescored", "WITH (quantization = 'int8')")).isFalse();
        assertThat(isExact("rescored", "WITH (rerank = false, oversampling = 4)"))
                .isFalse();
    }

    @Test
    void vectorsAreScoredWhereThatIsAskedFor() {
        for (String option : List.of(
                "rerank = true",
                "quantization = 'dual'",
                "quantization = 'F32'",
                "oversampling = 2",
                "quantization = 'sq8', rerank = true",
                "quantization = 'quantized', oversampling = 2")) {
            assertThat(isExact("coded", "WITH (" + option + ")")).as(option).isTrue();
        }
    }
}
