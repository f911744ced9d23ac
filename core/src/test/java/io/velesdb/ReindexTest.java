package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReindexTest {
    private static final HnswParameters SPARSE = new HnswParameters(4, 100, 0);
    private static final long HOUR = 3_600_000;

    private final AtomicLong clock = new AtomicLong(10 * HOUR);
    private final Database database = Database.inMemory(Limits.DEFAULTS, clock::get);

    @Test
    void adviceIsTheRatioOfLinksFromTheThresholdOnAndForIndexesThatAreLarge() {
        assertThat(ReindexAdvice.of(10_000, SPARSE, 8, 0, 0))
                .isEqualTo(new ReindexAdvice(
                        true, 4, 16, 4.0, "M is 4, 16 is best for 8 dimensions: a ratio of 4.0, at least 1.5"));
        assertThat(ReindexAdvice.of(1_000_000, new HnswParameters(24, 300, 0), 8, 0, 0)
                        .shouldReindex())
                .isTrue();
        ReindexAdvice near = ReindexAdvice.of(1_000_000, new HnswParameters(23, 300, 0), 8, 0, 0);
        assertThat(near.shouldReindex()).isFalse();
        assertThat(near.reason()).contains("1.44, below 1.5");
        ReindexAdvice small = ReindexAdvice.of(9_999, SPARSE, 8, 0, 0);
        assertThat(small.shouldReindex()).isFalse();
        assertThat(small.reason()).contains("9999 vectors are fewer than 10000");
        assertThat(small.ratio()).isEqualTo(4.0);
        ReindexAdvice tried = ReindexAdvice.of(10_000, SPARSE, 8, 0, 0).against("it was tried");
        assertThat(tried.shouldReindex()).isFalse();
        assertThat(tried.reason()).endsWith("at least 1.5, but it was tried");
    }

    @Test
    void nothingIsAdvisedInTheHourAfterARebuild() {
        assertThat(ReindexAdvice.of(20_000, SPARSE, 8, HOUR, 2 * HOUR - 1).shouldReindex())
                .isFalse();
        assertThat(ReindexAdvice.of(20_000, SPARSE, 8, HOUR, 2 * HOUR - 1).reason())
                .contains("less than 3600 seconds ago");
        assertThat(ReindexAdvice.of(20_000, SPARSE, 8, HOUR, 2 * HOUR).shouldReindex())
                .isTrue();
    }

    @Test
    void aRebuiltIndexHasTheShapeAndFindsWhatIsThere() {
        VectorCollection rows = (VectorCollection) database.createCollection(
                "rows", CollectionSchema.vector(8, Metric.EUCLIDEAN).withHnsw(SPARSE));
        Random random = new Random(3);
        List<Point> points = new ArrayList<>();
        for (int id = 0; id < 3_000; id++) {
            float[] vector = new float[8];
            for (int i = 0; i < 8; i++) {
                vector[i] = random.nextFloat();
            }
            points.add(Point.of(id, vector));
        }
        rows.upsert(points);
        double before = recall(rows, points);
        rows.setAutoReindex(true);
        assertThat(rows.reindexAdvice().shouldReindex()).isFalse();
        assertThat(database.engine().upkeep().reindexDue()).isEmpty();

        rows.reindex(HnswParameters.DEFAULT);

        assertThat(rows.schema().hnsw()).isEqualTo(HnswParameters.DEFAULT);
        assertThat(rows.reindexAdvice().ratio()).isEqualTo(1.0);
        assertThat(rows.waitingVectors()).isZero();
        assertThat(recall(rows, points)).isGreaterThanOrEqualTo(before).isGreaterThan(0.97);
        rows.upsert(points.subList(0, 500));
        rows.vacuum();
        assertThat(recall(rows, points)).isGreaterThan(0.97);
    }

    private static double recall(VectorCollection rows, List<Point> points) {
        int found = 0;
        for (int i = 0; i < points.size(); i += 50) {
            SearchRequest nearest = SearchRequest.nearest(points.get(i).vector(), 10);
            List<Hit> hits = rows.search(nearest.effort(Effort.FAST));
            hits.retainAll(rows.search(nearest.effort(Effort.PERFECT)));
            found += hits.size();
        }
        return found / (10.0 * points.size() / 50);
    }

    @Test
    void aRebuildThatMakesSearchesWorseIsTakenBackAndNotTriedAgain() {
        VectorCollection rows =
                (VectorCollection) database.createCollection("rows", CollectionSchema.vector(32, Metric.EUCLIDEAN));
        HnswParameters usual = HnswParameters.DEFAULT;
        Random random = new Random(4);
        List<Point> points = new ArrayList<>();
        for (int id = 0; id < 3_000; id++) {
            float[] vector = new float[32];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian();
            }
            points.add(Point.of(id, vector));
        }
        rows.upsert(points);
        List<Hit> before = rows.search(SearchRequest.nearest(points.get(7).vector(), 10));

        assertThat(database.engine().upkeep().reindexUnlessWorse("rows", SPARSE))
                .isFalse();

        assertThat(rows.schema().hnsw()).isEqualTo(usual);
        assertThat(rows.search(SearchRequest.nearest(points.get(7).vector(), 10)))
                .isEqualTo(before);
        rows.reindex(SPARSE);
        assertThat(database.engine().upkeep().reindexAsAdvised("rows")).isTrue();
        assertThat(rows.schema().hnsw()).isEqualTo(usual);
    }

    @Test
    void whereThereAreNoVectorsThereIsNothingToRebuild() {
        GraphCollection graph = database.createGraphCollection("graph");
        assertThat(graph.reindexAdvice()).isNull();
        assertThatThrownBy(() -> graph.reindex(SPARSE)).hasMessageContaining("VELES-015");
        assertThat(database.lsn()).isEqualTo(1);
    }
}
