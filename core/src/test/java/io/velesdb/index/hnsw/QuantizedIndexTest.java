package io.velesdb.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.host.Cancellation;
import io.velesdb.host.Clock;
import io.velesdb.host.Concurrency;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import io.velesdb.vector.quantize.HeapCodes;
import io.velesdb.vector.quantize.QuantizedVectorSpace;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The index over codes of every storage mode. */
class QuantizedIndexTest {
    private static final HnswParameters SMALL = new HnswParameters(12, 100, 0);
    private static final int DIMENSION = 96;
    private static final Quantization EARLY =
            Quantization.DEFAULT.withThreshold(1_500).withCentroids(64);

    /** Codes of vectors this long are not walked on by themselves. */
    private static final int LONG = 288;

    static Stream<Arguments> modesAndMetrics() {
        return Stream.concat(
                Stream.of(StorageMode.SQ8, StorageMode.BINARY, StorageMode.PQ, StorageMode.RABITQ)
                        .flatMap(mode -> Stream.of(Metric.COSINE, Metric.EUCLIDEAN, Metric.DOT, Metric.HAMMING)
                                .map(metric -> Arguments.of(mode, metric, DIMENSION))),
                Stream.of(StorageMode.SQ8, StorageMode.PQ, StorageMode.RABITQ)
                        .flatMap(mode -> Stream.of(Metric.COSINE, Metric.EUCLIDEAN, Metric.DOT)
                                .map(metric -> Arguments.of(mode, metric, LONG))));
    }

    static Stream<Arguments> modesAndLengths() {
        return Stream.of(
                Arguments.of(StorageMode.SQ8, DIMENSION),
                Arguments.of(StorageMode.BINARY, DIMENSION),
                Arguments.of(StorageMode.PQ, DIMENSION),
                Arguments.of(StorageMode.RABITQ, DIMENSION),
                Arguments.of(StorageMode.SQ8, LONG),
                Arguments.of(StorageMode.PQ, LONG));
    }

    private static IndexFixture fixture(
            Concurrency concurrency, StorageMode mode, Quantization settings, Metric metric) {
        return fixture(concurrency, mode, settings, metric, DIMENSION);
    }

    private static IndexFixture fixture(
            Concurrency concurrency, StorageMode mode, Quantization settings, Metric metric, int dimension) {
        return new IndexFixture(new Quantized(concurrency, mode, settings), dimension, metric, SMALL);
    }

    @ParameterizedTest
    @MethodSource("modesAndMetrics")
    void findsTheNearestInEveryMode(StorageMode mode, Metric metric, int dimension) {
        IndexFixture fixture = fixture(Concurrency.SERIAL, mode, EARLY, metric, dimension);
        fixture.insert(Points.clustered(1, 2_500, dimension, metric), 0, 2_500, 500);
        assertThat(fixture.space.coded()).isEqualTo(metric != Metric.HAMMING);
        Points queries = Points.clustered(1, 60, dimension, metric);
        assertThat(fixture.recall(queries, 10, Effort.FAST)).isGreaterThanOrEqualTo(0.93);
        assertThat(fixture.recall(queries, 10, Effort.ACCURATE)).isGreaterThanOrEqualTo(0.97);
    }

    @ParameterizedTest
    @MethodSource("modesAndMetrics")
    void findsTheNearestAmongCandidates(StorageMode mode, Metric metric, int dimension) {
        IndexFixture fixture = fixture(Concurrency.SERIAL, mode, EARLY, metric, dimension);
        fixture.insert(Points.clustered(4, 3_000, dimension, metric), 0, 3_000, 500);
        long[] accept = new long[(3_000 + 63) / 64];
        int count = 0;
        for (int slot = 0; slot < 3_000; slot++) {
            if (slot % 5 < 2) {
                accept[slot >> 6] |= 1L << slot;
                count++;
            }
        }
        assertThat(fixture.recall(Points.clustered(4, 40, dimension, metric), 10, Effort.BALANCED, accept, count))
                .isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest
    @MethodSource("modesAndLengths")
    void codesAndGraphDoNotDependOnTheNumberOfWorkers(StorageMode mode, int dimension) {
        Points points = Points.clustered(5, 1_900, dimension, Metric.COSINE);
        IndexFixture one = fixture(Concurrency.SERIAL, mode, EARLY, Metric.COSINE, dimension);
        IndexFixture eight = fixture(new ShuffledWorkers(8), mode, EARLY, Metric.COSINE, dimension);
        one.insert(points, 0, 1_900, 100);
        eight.insert(points, 0, 1_900, 100);
        same(one.sections(), eight.sections());
    }

    @ParameterizedTest
    @MethodSource("modesAndMetrics")
    void whatIsSavedAnswersWithTheSameBits(StorageMode mode, Metric metric, int dimension) {
        Points points = Points.clustered(6, 1_800, dimension, metric);
        IndexFixture fixture = fixture(Concurrency.SERIAL, mode, EARLY, metric, dimension);
        fixture.insert(points, 0, 1_800, 300);
        IndexFixture.Sections saved = new IndexFixture.Sections(fixture.sections());
        IndexFixture loaded = fixture(Concurrency.SERIAL, mode, EARLY, metric, dimension);
        loaded.space = QuantizedVectorSpace.open(
                HeapVectorSpace.open(dimension, metric, 1_800, saved, "vectors/"),
                mode,
                EARLY,
                HeapCodes.HOST,
                saved,
                "vectors/");
        loaded.index = HnswIndex.load(loaded.platform, SMALL, loaded.space, saved, "graph/");
        loaded.live = fixture.live;
        loaded.liveCount = fixture.liveCount;
        for (int q = 0; q < 20; q++) {
            float[] query = points.get(q * 7);
            assertThat(loaded.answer(query, 10, Effort.BALANCED)).isEqualTo(fixture.answer(query, 10, Effort.BALANCED));
        }
        same(fixture.sections(), loaded.sections());
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageMode.class,
            names = {"PQ", "RABITQ"})
    void trainedModesSearchExactVectorsUntilThereAreEnough(StorageMode mode) {
        Quantization late = EARLY.withThreshold(2_000);
        IndexFixture fixture = fixture(Concurrency.SERIAL, mode, late, Metric.EUCLIDEAN);
        Points points = Points.clustered(7, 2_100, DIMENSION, Metric.EUCLIDEAN);
        fixture.insert(points, 0, 1_999, 333);
        assertThat(fixture.space.coded()).isFalse();
        assertThat(fixture.recall(points.first(30), 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.97);
        HnswIndex.View before = fixture.index.view();
        fixture.insert(points, 1_999, 2_100, 50);
        assertThat(fixture.space.coded()).isTrue();
        assertThat(fixture.recall(points.first(30), 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.97);
        SearchScratch scratch = fixture.index.acquire();
        fixture.index.search(
                before, points.get(3), 5, Effort.BALANCED, null, 0, slot -> slot, Cancellation.NONE, scratch);
        assertThat(scratch.slot(0)).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("modesAndLengths")
    void withoutRescoringScoresAreThoseOfTheCodes(StorageMode mode, int dimension) {
        IndexFixture fixture = fixture(Concurrency.SERIAL, mode, EARLY, Metric.COSINE, dimension);
        Points points = Points.clustered(8, 1_800, dimension, Metric.COSINE);
        fixture.insert(points, 0, 1_800, 300);
        SearchScratch exact = fixture.index.acquire();
        SearchScratch coded = fixture.index.acquire();
        int estimates = 0;
        for (int q = 0; q < 20; q++) {
            search(fixture, points.get(q), Rescoring.of(4), exact);
            search(fixture, points.get(q), Rescoring.of(0), coded);
            assertThat(coded.hits()).isEqualTo(10);
            for (int i = 1; i < 10; i++) {
                assertThat(coded.score(i)).isLessThanOrEqualTo(coded.score(i - 1));
            }
            assertThat(coded.score(0)).isBetween(exact.score(0) - 0.35f, exact.score(0) + 0.35f);
            estimates += coded.score(0) == exact.score(0) ? 0 : 1;
        }
        assertThat(estimates).isGreaterThan(10);
    }

    @Test
    void moreOversamplingFindsMore() {
        IndexFixture fixture = fixture(Concurrency.SERIAL, StorageMode.BINARY, EARLY, Metric.EUCLIDEAN);
        Points points = Points.clustered(9, 3_000, DIMENSION, Metric.EUCLIDEAN);
        fixture.insert(points, 0, 3_000, 500);
        int[] found = new int[2];
        SearchScratch truth = fixture.index.acquire();
        SearchScratch scratch = fixture.index.acquire();
        for (int q = 0; q < 60; q++) {
            search(fixture, points.get(q), Rescoring.of(50), truth);
            for (int side = 0; side < 2; side++) {
                search(fixture, points.get(q), Rescoring.of(side == 0 ? 0 : 4), scratch);
                for (int i = 0; i < 10; i++) {
                    for (int j = 0; j < 10; j++) {
                        found[side] += scratch.slot(i) == truth.slot(j) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(found[1]).isGreaterThan(found[0]);
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageMode.class,
            names = {"SQ8", "PQ", "RABITQ", "BINARY"})
    void compactionKeepsTheCodes(StorageMode mode) {
        IndexFixture fixture = fixture(Concurrency.SERIAL, mode, EARLY, Metric.DOT);
        Points points = Points.clustered(10, 2_400, DIMENSION, Metric.DOT);
        fixture.insert(points, 0, 2_400, 400);
        for (int slot = 0; slot < 2_400; slot += 4) {
            fixture.delete(slot);
        }
        fixture.compact();
        assertThat(fixture.space.coded()).isTrue();
        assertThat(fixture.space.size()).isEqualTo(1_800);
        assertThat(fixture.recall(points.first(40), 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.95);
        fixture.insert(points, 0, 100, 10);
        assertThat(fixture.recall(points.first(40), 10, Effort.BALANCED)).isGreaterThanOrEqualTo(0.95);
    }

    private static void search(IndexFixture fixture, float[] query, Rescoring rescoring, SearchScratch scratch) {
        fixture.index.search(
                fixture.index.view(),
                query,
                10,
                Effort.BALANCED,
                rescoring,
                null,
                0,
                slot -> slot,
                Cancellation.NONE,
                scratch);
    }

    private static void same(Map<String, byte[]> one, Map<String, byte[]> other) {
        assertThat(other.keySet()).isEqualTo(one.keySet());
        one.forEach((name, bytes) -> assertThat(other.get(name)).as(name).isEqualTo(bytes));
    }

    /** A platform whose vector spaces are walked on codes. */
    private record Quantized(Concurrency concurrency, StorageMode mode, Quantization settings) implements Platform {
        @Override
        public Clock clock() {
            return () -> 0;
        }

        @Override
        public VectorSpace createVectors(StoreId id, int dimension, Metric metric) {
            return QuantizedVectorSpace.over(new HeapVectorSpace(dimension, metric), mode, settings, HeapCodes.HOST);
        }

        @Override
        public VectorSpace openVectors(
                StoreId id, int dimension, Metric metric, int size, CheckpointReader in, String prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DocumentStore createDocuments(StoreId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DocumentStore openDocuments(StoreId id, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public IntRows createRows(int stride) {
            return new HeapIntRows(stride);
        }

        @Override
        public IntRows openRows(CheckpointReader in, String name, int stride) {
            return HeapIntRows.open(in, name, stride);
        }
    }
}
