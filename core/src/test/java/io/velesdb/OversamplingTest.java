package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who decides how many candidates of a quantized search are scored exactly. */
class OversamplingTest {
    private static final int DIMENSION = 64;

    private final Database database = Database.inMemory();
    private final Random random = new Random(7);

    private VectorCollection rows(StorageMode mode, int oversampling) {
        VectorCollection rows = (VectorCollection) database.createCollection(
                "rows" + database.lsn(),
                CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN)
                        .withStorage(mode, Quantization.DEFAULT.withOversampling(oversampling)));
        List<Point> points = new ArrayList<>();
        for (int id = 0; id < 2_000; id++) {
            points.add(Point.of(id, vector()));
        }
        rows.upsert(points);
        return rows;
    }

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** Whether all scores are the distances of the vectors that are stored, and none that codes stand for. */
    private boolean isExact(VectorCollection rows, Integer asked) {
        boolean exact = true;
        for (int i = 0; i < 10; i++) {
            float[] query = vector();
            SearchRequest request = SearchRequest.nearest(query, 10);
            for (Hit hit : rows.search(asked == null ? request : request.oversampling(asked))) {
                exact &= isDistance(rows, query, hit.id(), hit.score());
            }
        }
        return exact;
    }

    private static boolean isDistance(VectorCollection rows, float[] query, long id, float score) {
        float[] vector = rows.get(id).get(0).vector();
        double sum = 0;
        for (int j = 0; j < DIMENSION; j++) {
            sum += (vector[j] - query[j]) * (vector[j] - query[j]);
        }
        return Math.abs(Math.sqrt(sum) - score) < 1e-4;
    }

    @Test
    void theRequestDecidesBeforeTheCollectionAndZeroMeansTheScoresOfTheCodes() {
        for (StorageMode mode : new StorageMode[] {StorageMode.BINARY, StorageMode.SQ8}) {
            VectorCollection usual = rows(mode, 4);
            assertThat(isExact(usual, null)).as(mode + ", its own 4").isTrue();
            assertThat(isExact(usual, 1)).as(mode + ", asked for 1").isTrue();
            assertThat(isExact(usual, 0)).as(mode + ", asked for 0").isFalse();
            VectorCollection unscored = rows(mode, 0);
            assertThat(isExact(unscored, null)).as(mode + ", its own 0").isFalse();
            assertThat(isExact(unscored, 4)).as(mode + ", asked for 4").isTrue();
        }
    }

    @Test
    void scoresOfAFullCollectionAreExactWhateverIsAsked() {
        VectorCollection rows = rows(StorageMode.FULL, 0);
        assertThat(rows.schema().quantization().oversampling()).isZero();
        assertThat(isExact(rows, null)).isTrue();
        assertThat(isExact(rows, 0)).isTrue();
    }

    @Test
    void aStatementMayTurnRescoringOff() {
        VectorCollection rows = rows(StorageMode.BINARY, 4);
        float[] query = vector();
        assertThat(isExact(rows, query, "")).isTrue();
        assertThat(isExact(rows, query, " WITH (rerank = true, oversampling = 2)"))
                .isTrue();
        assertThat(isExact(rows, query, " WITH (rerank = false)")).isFalse();
        assertThat(isExact(rows, query, " WITH (oversampling = 4, rerank = false)"))
                .isFalse();
    }

    private boolean isExact(VectorCollection rows, float[] query, String with) {
        StringBuilder text = new StringBuilder();
        for (float x : query) {
            text.append(text.isEmpty() ? "" : ", ").append(Json.text((double) x));
        }
        String statement = "SELECT id FROM " + rows.name() + " WHERE vector NEAR [" + text + "] LIMIT 10" + with;
        boolean exact = true;
        for (QueryRow row : database.query(statement, Obj.EMPTY).rows()) {
            exact &= isDistance(rows, query, row.id(), row.score());
        }
        return exact;
    }

    @Test
    void factorsOutOfRangeAreRefused() {
        for (int factor : new int[] {-1, 1_001, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> SearchRequest.nearest(new float[] {1}, 1).oversampling(factor))
                    .hasMessageContaining("VELES-010")
                    .hasMessageContaining("oversampling is " + factor);
            assertThatThrownBy(() -> Quantization.DEFAULT.withOversampling(factor))
                    .hasMessageContaining("VELES-028");
        }
    }
}
