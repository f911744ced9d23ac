package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeferredIndexingTest {
    private static final int DIMENSION = 8;

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final Database database = Database.inMemory(Limits.DEFAULTS, clock::get);
    private final Random random = new Random(5);

    private VectorCollection rows(StorageMode mode, IndexBuilding building) {
        CollectionSchema schema = CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN)
                .withStorage(mode, Quantization.DEFAULT.withThreshold(1_500).withCentroids(16))
                .withBuilding(building);
        return (VectorCollection) database.createCollection("rows", schema);
    }

    private void add(VectorCollection rows, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int id = from; id < to; id++) {
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = random.nextFloat();
            }
            points.add(Point.of(id, vector, Obj.of("even", id % 2 == 0)));
        }
        rows.upsert(points);
    }

    /** How many of the last rows are found as the nearest to themselves, with a filter and without. */
    private static void findsThemselves(VectorCollection rows, int from, int to) {
        for (int id = from; id < to; id += 7) {
            Point point = rows.get(id).get(0);
            SearchRequest nearest = SearchRequest.nearest(point.vector(), 5).effort(Effort.BALANCED);
            assertThat(rows.search(nearest).get(0).id()).isEqualTo(id);
            assertThat(rows.search(nearest.where(Filter.eq("even", id % 2 == 0)))
                            .get(0)
                            .id())
                    .isEqualTo(id);
            assertThat(rows.search(nearest.where(Filter.eq("even", id % 2 != 0))))
                    .extracting(Hit::id)
                    .doesNotContain((long) id)
                    .hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource(StorageMode.class)
    void vectorsWaitUpToTheThresholdAreFoundMeanwhileAndAreLinkedByTheWriteThatReachesIt(StorageMode mode) {
        VectorCollection rows = rows(mode, new IndexBuilding(DeferredIndexing.upTo(300), null));
        add(rows, 0, 1_499);
        assertThat(rows.waitingVectors()).isZero();
        add(rows, 1_499, 1_600);
        assertThat(rows.waitingVectors()).isEqualTo(100);
        add(rows, 1_600, 1_799);
        assertThat(rows.waitingVectors()).isEqualTo(299);
        findsThemselves(rows, 1_450, 1_799);
        add(rows, 1_799, 1_800);
        assertThat(rows.waitingVectors()).isZero();
        findsThemselves(rows, 1_450, 1_800);
    }

    @Test
    void unlessAskedForOnlyAFewWait() {
        VectorCollection rows = rows(StorageMode.FULL, IndexBuilding.IMMEDIATE);
        add(rows, 0, 1_600);
        for (int id = 1_600; id < 2_000; id++) {
            add(rows, id, id + 1);
            assertThat(rows.waitingVectors()).isLessThan(144);
        }
        assertThat(rows.waitingVectors()).isPositive();
        assertThat(database.engine().upkeep().linkingDue()).isEmpty();
    }

    @Test
    void theFewThatWritesLeaveAreToBeLinkedWhenNobodyWrites() {
        VectorCollection rows = rows(StorageMode.FULL, IndexBuilding.IMMEDIATE);
        add(rows, 0, 1_600);
        add(rows, 1_600, 1_601);
        assertThat(database.engine().upkeep().linkingLeft()).containsExactly("rows");
        assertThat(rows.linkWaiting()).isPositive();
        assertThat(rows.waitingVectors()).isZero();
        assertThat(database.engine().upkeep().linkingLeft()).isEmpty();
    }

    @Test
    void vectorsThatAreDeferredAreNotLinkedForWantOfWrites() {
        VectorCollection rows = rows(StorageMode.FULL, new IndexBuilding(DeferredIndexing.upTo(300), null));
        add(rows, 0, 1_600);
        assertThat(rows.waitingVectors()).isPositive();
        assertThat(database.engine().upkeep().linkingLeft()).isEmpty();
    }

    @Test
    void linkingWhatWaitsIsAChangeAndChangesNoAnswer() {
        VectorCollection rows = rows(StorageMode.SQ8, new IndexBuilding(DeferredIndexing.upTo(5_000), null));
        add(rows, 0, 3_400);
        assertThat(rows.waitingVectors()).isEqualTo(1_900);
        long before = database.lsn();
        assertThat(rows.linkWaiting()).isEqualTo(1_900);
        assertThat(database.lsn()).isEqualTo(before + 2);
        assertThat(rows.waitingVectors()).isZero();
        findsThemselves(rows, 0, 3_400);
        assertThat(rows.linkWaiting()).isZero();
        assertThat(database.lsn()).isEqualTo(before + 2);
    }

    @Test
    void whatWaitsTooLongIsDue() {
        VectorCollection rows =
                rows(StorageMode.FULL, new IndexBuilding(new DeferredIndexing(true, 1_024, 5_000), null));
        add(rows, 0, 1_500);
        clock.addAndGet(100_000);
        add(rows, 1_500, 1_501);
        assertThat(database.engine().upkeep().linkingDue()).isEmpty();
        clock.addAndGet(4_000);
        add(rows, 1_501, 1_502);
        clock.addAndGet(999);
        assertThat(database.engine().upkeep().linkingDue()).isEmpty();
        clock.addAndGet(1);
        assertThat(database.engine().upkeep().linkingDue()).containsExactly("rows");
        assertThat(rows.linkWaiting()).isEqualTo(2);
        assertThat(database.engine().upkeep().linkingDue()).isEmpty();
        add(rows, 1_502, 1_503);
        assertThat(database.engine().upkeep().linkingDue()).isEmpty();
    }

    @Test
    void aBackgroundLinksInPiecesAndAWriteOnlyWhenItDoesNot() {
        VectorCollection rows =
                rows(StorageMode.FULL, new IndexBuilding(DeferredIndexing.DEFAULT, new AsyncIndexBuilder(400, 3)));
        add(rows, 0, 1_500);
        add(rows, 1_500, 1_899);
        assertThat(database.engine().upkeep().linkingDue()).isEmpty();
        add(rows, 1_899, 1_900);
        assertThat(database.engine().upkeep().linkingDue()).containsExactly("rows");
        long before = database.lsn();
        assertThat(rows.linkWaiting()).isEqualTo(400);
        assertThat(database.lsn()).isEqualTo(before + 3);
        add(rows, 1_900, 2_699);
        assertThat(rows.waitingVectors()).isEqualTo(799);
        add(rows, 2_699, 2_700);
        assertThat(rows.waitingVectors()).isZero();
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        refused(() -> new DeferredIndexing(true, 0, 1), "merge_threshold");
        refused(() -> new DeferredIndexing(true, 1_000_001, 1), "merge_threshold");
        refused(() -> new DeferredIndexing(true, 1, -1), "max_buffer_age_ms");
        refused(() -> new AsyncIndexBuilder(0, null), "merge_threshold");
        refused(() -> new AsyncIndexBuilder(1, 0), "segment_count");
        refused(() -> new AsyncIndexBuilder(1, 1_025), "segment_count");
    }

    private static void refused(Runnable making, String field) {
        assertThatThrownBy(making::run)
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-009")
                .hasMessageContaining(field);
    }
}
