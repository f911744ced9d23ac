package io.velesdb.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HnswIndexTest {
    private static final HnswParameters SMALL = new HnswParameters(12, 100, 0);

    private static IndexFixture fixture(int dimension, Metric metric) {
        return new IndexFixture(TestPlatform.SERIAL, dimension, metric, SMALL);
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void findsTheNearestUnderEveryMetric(Metric metric) {
        IndexFixture fixture = fixture(40, metric);
        fixture.insert(Points.clustered(1, 2_500, 40, metric), 0, 2_500, 7);
        Points queries = Points.clustered(1, 40, 40, metric);
        assertThat(fixture.recall(queries, 10, Effort.FAST)).isGreaterThanOrEqualTo(0.97);
        assertThat(fixture.recall(queries, 10, Effort.ACCURATE)).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void walksOnCodesWhereVectorsAreLong() {
        IndexFixture fixture = fixture(140, Metric.COSINE);
        assertThat(fixture.space.coded()).isTrue();
        fixture.insert(Points.clustered(2, 1_800, 140, Metric.COSINE), 0, 1_800, 300);
        assertThat(fixture.recall(Points.clustered(2, 30, 140, Metric.COSINE), 10, Effort.BALANCED))
                .isGreaterThanOrEqualTo(0.98);
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void rowsThatWaitToBeLinkedAreFound(Metric metric) {
        int dimension = metric == Metric.COSINE ? 140 : 20;
        IndexFixture fixture = fixture(dimension, metric);
        Points points = Points.uniform(21, 2_110, dimension);
        fixture.insert(points, 0, 2_000, 2_000);
        fixture.insert(points, 2_000, 2_110, 1);
        assertThat(fixture.index.linked()).isEqualTo(2_000);
        long[] odd = new long[(2_110 + 63) / 64];
        Arrays.fill(odd, 0xAAAA_AAAA_AAAA_AAAAL);
        odd[odd.length - 1] &= (1L << 2_110 % 64) - 1;
        Points waiting =
                new Points(Arrays.copyOfRange(points.all(), 2_000 * dimension, 2_110 * dimension), dimension, 110);
        assertThat(fixture.recall(waiting, 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.97);
        assertThat(fixture.recall(waiting, 10, Effort.BALANCED, odd, 1_055)).isGreaterThanOrEqualTo(0.97);
        // by dot product the nearest to a row may be any longer one
        for (int row = 2_001; row < 2_110 && metric != Metric.DOT; row += 2) {
            float[] query = points.get(row);
            for (long[] accept : new long[][] {odd, null}) {
                SearchScratch found = fixture.search(query, 1, Effort.FAST, accept, 1_055);
                SearchScratch truth = fixture.search(query, 1, Effort.PERFECT, accept, 1_055);
                assertThat(found.score(0)).as("row " + row).isEqualTo(truth.score(0));
            }
        }
    }

    @Test
    void onlyRowsThatWaitToBeLinkedMayBeAskedFor() {
        IndexFixture fixture = fixture(6, Metric.EUCLIDEAN);
        Points points = Points.uniform(22, 6_100, 6);
        fixture.insert(points, 0, 6_000, 6_000);
        fixture.insert(points, 6_000, 6_100, 10);
        long[] accept = new long[(6_100 + 63) / 64];
        for (int row = 6_000; row < 6_100; row++) {
            accept[row >> 6] |= 1L << row;
        }
        SearchScratch found = fixture.search(points.get(6_050), 200, Effort.FAST, accept, 100);
        assertThat(found.hits()).isEqualTo(100);
        assertThat(found.slot(0)).isEqualTo(6_050);
        // the most that can be asked for: all that is linked and all that waits
        assertThat(fixture.search(points.get(0), 7_000, Effort.FAST, null, 0).hits())
                .isEqualTo(6_100);
    }

    @Test
    void fewRowsWaitToBeLinkedHoweverManyComeOneByOne() {
        IndexFixture fixture = fixture(4, Metric.DOT);
        Points points = Points.uniform(23, 2_400, 4);
        for (int row = 0; row < 2_400; row++) {
            fixture.insert(points, row, row + 1, 1);
            if (row >= 1_500) {
                assertThat(row + 1 - fixture.index.linked())
                        .isBetween(LinkBuffer.WAITING, LinkBuffer.WAITING + LinkBuffer.TOGETHER - 1);
            }
        }
        fixture.index.linkWaiting(slot -> slot);
        assertThat(fixture.index.linked()).isEqualTo(2_400);
    }

    @Test
    void theGraphIsTheSameWhetherItWasSavedWithRowsWaitingOrNot() {
        Points points = Points.clustered(24, 2_000, 132, Metric.COSINE);
        IndexFixture fixture = fixture(132, Metric.COSINE);
        fixture.insert(points, 0, 1_600, 400);
        fixture.insert(points, 1_600, 1_700, 1);
        IndexFixture.Sections saved = new IndexFixture.Sections(fixture.sections());
        IndexFixture loaded = fixture(132, Metric.COSINE);
        loaded.space = HeapVectorSpace.open(132, Metric.COSINE, 1_700, saved, "vectors/");
        loaded.index = HnswIndex.load(TestPlatform.SERIAL, SMALL, loaded.space, saved, "graph/");
        loaded.live = Arrays.copyOf(fixture.live, fixture.live.length);
        loaded.liveCount = fixture.liveCount;
        fixture.insert(points, 1_700, 2_000, 3);
        loaded.insert(points, 1_700, 2_000, 3);
        assertThat(fixture.index.linked()).isLessThan(2_000);
        Map<String, byte[]> expected = fixture.sections();
        loaded.sections().forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 1_499, 1_500, 1_501})
    void answersAtEverySizeAroundTheFirstGraph(int size) {
        IndexFixture fixture = fixture(6, Metric.EUCLIDEAN);
        Points points = Points.uniform(3, 1_501, 6);
        fixture.insert(points, 0, size, 100);
        SearchScratch scratch = fixture.search(points.get(0), 10, Effort.BALANCED, null, 0);
        assertThat(scratch.hits()).isEqualTo(Math.min(10, size));
        if (size > 0) {
            assertThat(scratch.slot(0)).isZero();
            assertThat(scratch.score(0)).isZero();
        }
    }

    @Test
    void equalScoresAreOrderedByIdAndCutByIdAtTheEnd() {
        HeapVectorSpace space = new HeapVectorSpace(2, Metric.COSINE);
        HnswIndex index = HnswIndex.create(TestPlatform.SERIAL, SMALL, space);
        for (int i = 0; i < 900; i++) {
            space.append(new float[] {1, 1}, 0);
        }
        // unsigned order: -1 is the largest id
        SlotIds ids = slot -> slot == 5 ? -1L : 10_000 - slot;
        index.insert(ids);
        SearchScratch scratch = index.acquire();
        index.search(index.view(), new float[] {1, 0}, 3, Effort.BALANCED, null, 0, ids, Cancellation.NONE, scratch);
        assertThat(new int[] {scratch.slot(0), scratch.slot(1), scratch.slot(2)})
                .containsExactly(899, 898, 897);
        index.search(index.view(), new float[] {1, 0}, 900, Effort.BALANCED, null, 0, ids, Cancellation.NONE, scratch);
        assertThat(scratch.slot(899)).isEqualTo(5);
    }

    @Test
    void theGraphDoesNotDependOnTheNumberOfWorkers() {
        Map<String, byte[]> one = built(1);
        Map<String, byte[]> eight = built(8);
        assertThat(eight.keySet()).isEqualTo(one.keySet());
        one.forEach((name, bytes) ->
                assertThat(Arrays.equals(eight.get(name), bytes)).as(name).isTrue());
    }

    private static Map<String, byte[]> built(int workers) {
        Points points = Points.clustered(4, 2_600, 132, Metric.DOT);
        IndexFixture fixture = new IndexFixture(new TestPlatform(new ShuffledWorkers(workers)), 132, Metric.DOT, SMALL);
        fixture.insert(points, 0, 2_600, 500);
        for (int slot = 0; slot < 2_600; slot += 3) {
            fixture.delete(slot);
        }
        fixture.repair(0, 1_300);
        fixture.compact();
        return fixture.sections();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void answersTheSameAfterItWasSavedAndLoaded(Metric metric) {
        int dimension = metric == Metric.COSINE ? 130 : 20;
        IndexFixture fixture = fixture(dimension, metric);
        Points points = Points.clustered(5, 2_000, dimension, metric);
        fixture.insert(points, 0, 1_800, 200);
        IndexFixture.Sections saved = new IndexFixture.Sections(fixture.sections());
        IndexFixture loaded = fixture(dimension, metric);
        loaded.space = HeapVectorSpace.open(dimension, metric, 1_800, saved, "vectors/");
        loaded.index = HnswIndex.load(TestPlatform.SERIAL, SMALL, loaded.space, saved, "graph/");
        loaded.live = Arrays.copyOf(fixture.live, fixture.live.length);
        loaded.liveCount = fixture.liveCount;
        fixture.insert(points, 1_800, 2_000, 40);
        loaded.insert(points, 1_800, 2_000, 40);
        for (int q = 0; q < 30; q++) {
            assertThat(loaded.answer(points.get(q * 60), 10, Effort.FAST))
                    .isEqualTo(fixture.answer(points.get(q * 60), 10, Effort.FAST));
        }
        loaded.sections()
                .forEach((name, bytes) ->
                        assertThat(bytes).as(name).isEqualTo(fixture.sections().get(name)));
    }

    @Test
    void damagedSectionsAreRefusedOrHarmless() {
        IndexFixture fixture = fixture(8, Metric.EUCLIDEAN);
        Points points = Points.uniform(6, 1_700, 8);
        fixture.insert(points, 0, 1_600, 400);
        Map<String, byte[]> sections = fixture.sections();
        long seed = 99;
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            IndexFixture.Sections damaged = new IndexFixture.Sections();
            sections.forEach((name, bytes) -> damaged.bytes.put(name, Arrays.copyOf(bytes, bytes.length)));
            String[] names = {"graph/graph", "graph/links0", "graph/links"};
            byte[] victim = damaged.bytes.get(names[random.nextInt(3)]);
            for (int i = random.nextInt(200); i >= 0; i--) {
                victim[random.nextInt(victim.length)] = (byte) random.nextInt();
            }
            IndexFixture loaded = fixture(8, Metric.EUCLIDEAN);
            loaded.space = fixture.space;
            try {
                loaded.index = HnswIndex.load(TestPlatform.SERIAL, SMALL, fixture.space, damaged, "graph/");
            } catch (VelesException refused) {
                assertThat(refused.code())
                        .as("seed " + seed + ", round " + round)
                        .isEqualTo(ErrorCode.STORAGE);
                continue;
            }
            loaded.liveCount = fixture.liveCount;
            loaded.live = fixture.live;
            for (int q = 0; q < 5; q++) {
                SearchScratch scratch = loaded.search(points.get(q), 10, Effort.FAST, null, 0);
                assertThat(scratch.hits())
                        .as("seed " + seed + ", round " + round)
                        .isEqualTo(10);
            }
            long[] half = new long[25];
            Arrays.fill(half, 0x5555_5555_5555_5555L);
            loaded.index.repair(0, 1_600, half);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 90})
    void findsWhatIsLeftAfterHeavyDeletes(int percent) {
        IndexFixture fixture = fixture(24, Metric.EUCLIDEAN);
        Points points = Points.clustered(7, 16_000, 24, Metric.EUCLIDEAN);
        Points queries = Points.clustered(7, 40, 24, Metric.EUCLIDEAN);
        fixture.insert(points, 0, 16_000, 2_000);
        Random random = new Random(percent);
        for (int slot = 0; slot < 16_000; slot++) {
            if (random.nextInt(100) < percent) {
                fixture.delete(slot);
            }
        }
        assertThat(fixture.recall(queries, 10, Effort.BALANCED))
                .as("tombstones")
                .isGreaterThanOrEqualTo(0.98);
        for (int from = 0; from < 16_000; from += 4_000) {
            fixture.repair(from, from + 4_000);
        }
        assertThat(fixture.recall(queries, 10, Effort.BALANCED)).as("repaired").isGreaterThanOrEqualTo(0.98);
        fixture.compact();
        assertThat(fixture.recall(queries, 10, Effort.BALANCED)).as("compacted").isGreaterThanOrEqualTo(0.98);
        int size = fixture.liveCount;
        fixture.insert(points, 0, 2_000, 500);
        assertThat(fixture.space.size()).isEqualTo(size + 2_000);
        assertThat(fixture.recall(queries, 10, Effort.BALANCED))
                .as("grown again")
                .isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void deletingAWholeRegionLeavesTheRestReachable() {
        IndexFixture fixture = fixture(3, Metric.EUCLIDEAN);
        Points points = Points.uniform(8, 5_000, 3);
        fixture.insert(points, 0, 5_000, 500);
        for (int slot = 0; slot < 5_000; slot++) {
            // a slab between two thin sides that no link may cross directly
            float x = points.all()[slot * 3];
            if (x > 0.1f && x < 0.9f) {
                fixture.delete(slot);
            }
        }
        fixture.repair(0, 5_000);
        fixture.insert(points, 0, 1_000, 100);
        for (int slot = 5_000; slot < 6_000; slot++) {
            fixture.delete(slot);
        }
        Points queries = Points.uniform(9, 60, 3);
        assertThat(fixture.recall(queries, 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.98);
        fixture.compact();
        assertThat(fixture.recall(queries, 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void compactingBelowTheFirstThresholdGivesTheGraphUp() {
        IndexFixture fixture = fixture(130, Metric.COSINE);
        Points points = Points.uniform(10, 2_000, 130);
        fixture.insert(points, 0, 1_600, 400);
        for (int slot = 0; slot < 400; slot++) {
            fixture.delete(slot);
        }
        fixture.compact();
        assertThat(fixture.index.linked()).isZero();
        assertThat(fixture.answer(points.get(500), 1, Effort.BALANCED)).startsWith("100=");
        fixture.sections();
        fixture.insert(points, 0, 400, 200);
        assertThat(fixture.index.linked()).isEqualTo(1_600);
        assertThat(fixture.answer(points.get(1_000), 1, Effort.BALANCED)).startsWith("600=");
    }

    @Test
    void everyRowDeadMeansNoHits() {
        IndexFixture fixture = fixture(4, Metric.DOT);
        fixture.insert(Points.uniform(11, 1_600, 4), 0, 1_600, 400);
        for (int slot = 0; slot < 1_600; slot++) {
            fixture.delete(slot);
        }
        fixture.repair(0, 1_600);
        assertThat(fixture.answer(new float[4], 5, Effort.BALANCED)).isEmpty();
        fixture.compact();
        assertThat(fixture.answer(new float[4], 5, Effort.BALANCED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aThousandCopiesOfOneVectorDoNotHideTheOthers(Metric metric) {
        int dimension = metric == Metric.DOT ? 132 : 16;
        IndexFixture fixture = fixture(dimension, metric);
        Points points = Points.clustered(12, 3_000, dimension, metric);
        for (int row = 0; row < 3_000; row += 3) {
            System.arraycopy(points.all(), 0, points.all(), row * dimension, dimension);
        }
        fixture.insert(points, 0, 3_000, 250);
        assertThat(fixture.recall(points.first(60), 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.97);
        assertThat(fixture.recall(points.first(3), 100, Effort.BALANCED)).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void findsEnoughUnderEveryFilter() {
        IndexFixture fixture = fixture(132, Metric.COSINE);
        Points points = Points.clustered(13, 6_000, 132, Metric.COSINE);
        fixture.insert(points, 0, 6_000, 1_000);
        Points queries = Points.clustered(13, 20, 132, Metric.COSINE);
        for (int modulus : new int[] {2, 3, 5, 100, 3_000}) {
            long[] accept = new long[100];
            int count = 0;
            for (int slot = 0; slot < 6_000; slot++) {
                // from the other end, so that whole clusters are not favoured by their order
                if ((6_000 - slot) % modulus == 0) {
                    accept[slot >> 6] |= 1L << slot;
                    count++;
                }
            }
            SearchScratch scratch = fixture.search(queries.get(0), 10, Effort.FAST, accept, count);
            assertThat(scratch.hits()).isEqualTo(Math.min(10, count));
            for (int i = 0; i < scratch.hits(); i++) {
                assertThat(Walker.contains(accept, scratch.slot(i))).isTrue();
            }
            assertThat(fixture.recall(queries, 10, Effort.FAST, accept, count))
                    .as("one in " + modulus)
                    .isGreaterThanOrEqualTo(0.98);
        }
    }

    @Test
    void searchAmongAListIsExact() {
        IndexFixture fixture = fixture(10, Metric.EUCLIDEAN);
        Points points = Points.uniform(14, 2_000, 10);
        fixture.insert(points, 0, 2_000, 500);
        SearchScratch scratch = fixture.index.acquire();
        int found = fixture.index.searchAmong(
                fixture.index.view(),
                points.get(77),
                2,
                new int[] {1, 77, 1_999},
                3,
                slot -> slot,
                Cancellation.NONE,
                scratch);
        assertThat(found).isEqualTo(2);
        assertThat(scratch.slot(0)).isEqualTo(77);
        assertThat(scratch.score(0)).isZero();
    }

    @Test
    void aZeroQueryUnderCosineScoresZeroAndIsOrderedById() {
        IndexFixture fixture = fixture(10, Metric.COSINE);
        fixture.insert(Points.uniform(15, 2_000, 10), 0, 2_000, 500);
        assertThat(fixture.answer(new float[10], 3, Effort.BALANCED)).isEqualTo("0=0 1=0 2=0 ");
    }

    @Test
    void extremeValuesNeverGiveAScoreThatIsNotFinite() {
        for (Metric metric : Metric.values()) {
            IndexFixture fixture = fixture(132, metric);
            Random random = new Random(16);
            Points points = Points.uniform(16, 1_550, 132);
            for (int i = 0; i < points.all().length; i++) {
                points.all()[i] = switch (random.nextInt(5)) {
                    case 0 -> Float.MAX_VALUE;
                    case 1 -> -Float.MAX_VALUE;
                    case 2 -> Float.MIN_VALUE;
                    case 3 -> 0f;
                    default -> random.nextFloat();
                };
            }
            fixture.insert(points, 0, 1_550, 775);
            for (int q = 0; q < 5; q++) {
                SearchScratch scratch = fixture.search(points.get(q), 20, Effort.BALANCED, null, 0);
                assertThat(scratch.hits()).isEqualTo(20);
                for (int i = 0; i < 20; i++) {
                    assertThat(scratch.score(i)).as(metric + ", hit " + i).isFinite();
                }
            }
        }
    }

    @Test
    void readersOfAnOldViewAreNotDisturbedByTheWriter() throws InterruptedException {
        IndexFixture fixture = fixture(16, Metric.EUCLIDEAN);
        Points points = Points.uniform(17, 6_000, 16);
        fixture.insert(points, 0, 2_000, 500);
        AtomicReference<HnswIndex.View> published = new AtomicReference<>(fixture.index.view());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        HnswIndex index = fixture.index;
        Thread[] readers = new Thread[2];
        for (int t = 0; t < readers.length; t++) {
            int reader = t;
            readers[t] = new Thread(() -> readUntilFull(index, published, points, reader, failure));
            readers[t].start();
        }
        for (int at = 2_000; at < 6_000; at += 500) {
            fixture.insert(points, at, at + 500, 50);
            published.set(fixture.index.view());
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static void readUntilFull(
            HnswIndex index,
            AtomicReference<HnswIndex.View> published,
            Points points,
            int reader,
            AtomicReference<Throwable> failure) {
        try {
            int slots;
            int q = reader;
            do {
                HnswIndex.View view = published.get();
                slots = view.vectors().slots();
                SearchScratch scratch = index.acquire();
                int query = q++ * 31 % slots;
                index.search(
                        view, points.get(query), 5, Effort.BALANCED, null, 0, slot -> slot, Cancellation.NONE, scratch);
                assertThat(scratch.slot(0)).isEqualTo(query);
                for (int i = 0; i < scratch.hits(); i++) {
                    assertThat(scratch.slot(i)).isLessThan(slots);
                }
                index.release(scratch);
            } while (slots < points.count());
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    @Test
    void aSearchEndsWhenItIsCancelled() {
        IndexFixture fixture = fixture(4, Metric.EUCLIDEAN);
        fixture.insert(Points.uniform(18, 5_000, 4), 0, 5_000, 5_000);
        SearchScratch scratch = fixture.index.acquire();
        assertThatThrownBy(() -> fixture.index.search(
                        fixture.index.view(),
                        new float[4],
                        5,
                        Effort.PERFECT,
                        null,
                        0,
                        slot -> slot,
                        () -> {
                            throw new VelesException(ErrorCode.GUARD_RAIL, "late");
                        },
                        scratch))
                .isInstanceOf(VelesException.class);
    }

    @Test
    void adaptiveEffortsFindWhatTheirLargestEfFinds() {
        IndexFixture fixture = fixture(32, Metric.COSINE);
        fixture.insert(Points.clustered(19, 4_000, 32, Metric.COSINE), 0, 4_000, 1_000);
        Points queries = Points.clustered(19, 30, 32, Metric.COSINE);
        assertThat(fixture.recall(queries, 10, Effort.parse("adaptive"))).isGreaterThanOrEqualTo(0.97);
        assertThat(fixture.recall(queries, 10, Effort.AUTOTUNE)).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void compactedVectorsKeepTheirBits() {
        IndexFixture fixture = fixture(7, Metric.JACCARD);
        Points points = Points.uniform(20, 1_700, 7);
        fixture.insert(points, 0, 1_700, 100);
        fixture.delete(0);
        fixture.compact();
        VectorSpace.View view = fixture.index.view().vectors();
        float[] vector = new float[7];
        view.read(41, vector, 0);
        assertThat(vector).isEqualTo(points.get(42));
    }
}
