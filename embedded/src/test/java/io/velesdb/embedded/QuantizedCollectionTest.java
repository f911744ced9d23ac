package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.CollectionSchema;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.Quantization;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.StorageMode;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections that are searched on codes, from their creation to the next open. */
class QuantizedCollectionTest {
    private static final int DIMENSION = 72;
    private static final Options MANUAL = Options.DEFAULTS.withoutBackground();

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    static Stream<Arguments> modesAndMetrics() {
        return Stream.of(
                Arguments.of(StorageMode.SQ8, Metric.COSINE),
                Arguments.of(StorageMode.SQ8, Metric.DOT),
                Arguments.of(StorageMode.BINARY, Metric.EUCLIDEAN),
                Arguments.of(StorageMode.BINARY, Metric.HAMMING),
                Arguments.of(StorageMode.PQ, Metric.COSINE),
                Arguments.of(StorageMode.PQ, Metric.DOT),
                Arguments.of(StorageMode.RABITQ, Metric.COSINE),
                Arguments.of(StorageMode.RABITQ, Metric.EUCLIDEAN));
    }

    private static CollectionSchema schema(StorageMode mode, Metric metric) {
        return CollectionSchema.vector(DIMENSION, metric)
                .withStorage(mode, Quantization.DEFAULT.withThreshold(1_700).withCentroids(32));
    }

    @ParameterizedTest
    @MethodSource("modesAndMetrics")
    void aReopenedCollectionAnswersBitForBitAsBefore_fromCheckpointJournalOrBoth(StorageMode mode, Metric metric)
            throws IOException {
        List<float[]> queries = vectors(99, 15);
        List<String> before;
        Path left = elsewhere.resolve("copy");
        try (Database database = VelesDb.open(folder, MANUAL)) {
            database.createCollection("rows", schema(mode, metric));
            VectorCollection rows = database.vectorCollection("rows");
            fill(rows, 0, 1_600);
            database.checkpoint();
            fill(rows, 1_600, 1_900);
            rows.delete(3, 5, 7);
            before = answers(rows, queries);
            assertThat(recall(rows, queries)).isGreaterThanOrEqualTo(0.95);
            // what a kill -9 would leave: the files as they are now
            copy(folder, left);
        }
        try (Database fromBoth = VelesDb.open(left, MANUAL.withThreads(1))) {
            assertThat(answers(fromBoth.vectorCollection("rows"), queries)).isEqualTo(before);
        }
        try (Database fromCheckpoint = VelesDb.open(folder, MANUAL)) {
            VectorCollection rows = fromCheckpoint.vectorCollection("rows");
            assertThat(rows.schema()).isEqualTo(schema(mode, metric));
            assertThat(answers(rows, queries)).isEqualTo(before);
            fill(rows, 1_900, 2_100);
            rows.vacuum();
            assertThat(recall(rows, queries)).isGreaterThanOrEqualTo(0.95);
        }
        Database inMemory = Database.inMemory();
        inMemory.createCollection("rows", schema(mode, metric));
        VectorCollection rows = inMemory.vectorCollection("rows");
        fill(rows, 0, 1_600);
        fill(rows, 1_600, 1_900);
        rows.delete(3, 5, 7);
        assertThat(answers(rows, queries)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageMode.class,
            names = {"PQ", "RABITQ"})
    void trainingChangesTheModeAndOutlivesACrash(StorageMode mode) throws IOException {
        Quantization settings = mode == StorageMode.PQ
                ? Quantization.opq(18).withCentroids(32).withSeed(5)
                : Quantization.rabitq(3).withSeed(5);
        List<float[]> queries = vectors(98, 15);
        List<String> before;
        Quantization schemaBefore;
        Path left = elsewhere.resolve("copy");
        try (Database database = VelesDb.open(folder, MANUAL)) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
            fill(rows, 0, 1_200);
            assertThat(rows.trainQuantizer(mode, settings, false)).isEqualTo(1_200);
            assertThat(rows.schema().storage()).isEqualTo(mode);
            assertThat(rows.info().schema().quantization().explicit()).isTrue();
            fill(rows, 1_200, 1_400);
            database.checkpoint();
            fill(rows, 1_400, 1_900);
            rows.delete(11);
            before = answers(rows, queries);
            schemaBefore = rows.schema().quantization();
            assertThat(recall(rows, queries)).isGreaterThanOrEqualTo(0.95);
            copy(folder, left);
        }
        for (Path path : List.of(left, folder)) {
            try (Database reopened = VelesDb.open(path, MANUAL)) {
                VectorCollection rows = reopened.vectorCollection("rows");
                assertThat(rows.schema().storage()).isEqualTo(mode);
                assertThat(answers(rows, queries)).isEqualTo(before);
            }
        }
        try (Database database = VelesDb.open(folder, MANUAL)) {
            VectorCollection rows = database.vectorCollection("rows");
            for (long id = 0; id < 800; id++) {
                rows.delete(id);
            }
            rows.vacuum();
            assertThat(rows.schema().storage()).isEqualTo(mode);
            fill(rows, 0, 800);
            assertThat(recall(rows, queries)).isGreaterThanOrEqualTo(0.95);
        }
        // codes and graph are made again from the vectors, with the parameters and the seed of the training
        VelesDb.repair(folder);
        try (Database repaired = VelesDb.open(folder, MANUAL)) {
            VectorCollection rows = repaired.vectorCollection("rows");
            assertThat(rows.schema().storage()).isEqualTo(mode);
            assertThat(rows.schema().quantization()).isEqualTo(schemaBefore);
            assertThat(recall(rows, queries)).isGreaterThanOrEqualTo(0.95);
        }
    }

    @Test
    void theConfigurationSaysWhatACollectionIsThatDoesNotSaySo() {
        Configuration settings = Configuration.DEFAULTS
                .with("quantization.mode", "rabitq")
                .with("quantization.rerank_multiplier", 7)
                .with("quantization.auto_quantization_threshold", 1_600);
        Database database = Database.inMemory(settings, () -> 0);
        VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
        assertThat(rows.schema().storage()).isEqualTo(StorageMode.RABITQ);
        assertThat(rows.schema().quantization())
                .isEqualTo(Quantization.DEFAULT.withOversampling(7).withThreshold(1_600));
        Database without = Database.inMemory(
                settings.with("quantization.rerank_enabled", false).with("quantization.auto_quantization", false),
                () -> 0);
        assertThat(without.createVectorCollection("rows", DIMENSION, Metric.COSINE)
                        .schema()
                        .quantization())
                .isEqualTo(Quantization.DEFAULT.withOversampling(0).withThreshold(0));
    }

    @Test
    void aFullCollectionWithAGraphCanBeTrained() throws IOException {
        List<float[]> queries = vectors(97, 15);
        List<String> before;
        Path left = elsewhere.resolve("copy");
        try (Database database = VelesDb.open(folder, MANUAL)) {
            database.createVectorCollection("rows", 160, Metric.DOT);
            VectorCollection rows = database.vectorCollection("rows");
            List<float[]> long160 = vectors(7, 1_700, 160);
            upsert(rows, 0, long160);
            assertThat(rows.trainQuantizer(StorageMode.RABITQ, Quantization.rabitq(4), false))
                    .isEqualTo(1_700);
            queries = vectors(97, 15, 160);
            before = answers(rows, queries);
            assertThat(recall(rows, queries)).isGreaterThanOrEqualTo(0.95);
            copy(folder, left);
        }
        for (Path path : List.of(left, folder)) {
            try (Database reopened = VelesDb.open(path, MANUAL)) {
                assertThat(answers(reopened.vectorCollection("rows"), queries)).isEqualTo(before);
            }
        }
    }

    @Test
    void whatCannotBeTrainedIsRefusedAndNothingIsWritten() {
        try (Database database = VelesDb.open(folder, MANUAL)) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
            refused(rows, StorageMode.PQ, Quantization.pq(8), "VELES-029");
            refused(rows, StorageMode.RABITQ, Quantization.rabitq(1), "VELES-029");
            fill(rows, 0, 100);
            refused(rows, StorageMode.PQ, Quantization.pq(8), "VELES-029");
            refused(rows, StorageMode.PQ, Quantization.pq(7), "VELES-028");
            refused(rows, StorageMode.SQ8, Quantization.DEFAULT, "VELES-028");
            assertThatThrownBy(() -> Quantization.rabitq(9)).hasMessageContaining("VELES-028");
            assertThatThrownBy(() -> Quantization.pq(0)).hasMessageContaining("VELES-028");
            assertThatThrownBy(() -> Quantization.pq(8).withCentroids(257)).hasMessageContaining("VELES-028");
            assertThat(rows.schema().storage()).isEqualTo(StorageMode.FULL);

            rows.trainQuantizer(StorageMode.PQ, Quantization.pq(8).withCentroids(16), false);
            refused(rows, StorageMode.RABITQ, Quantization.rabitq(1), "VELES-028");
            rows.trainQuantizer(StorageMode.RABITQ, Quantization.rabitq(2), true);
            assertThat(rows.schema().storage()).isEqualTo(StorageMode.RABITQ);

            VectorCollection bits = database.createVectorCollection("bits", DIMENSION, Metric.HAMMING);
            fill(bits, 0, 100);
            refused(bits, StorageMode.RABITQ, Quantization.rabitq(1), "VELES-028");
            assertThatThrownBy(() -> schema(StorageMode.PQ, Metric.JACCARD)).hasMessageContaining("VELES-028");
        }
    }

    private static void refused(VectorCollection rows, StorageMode mode, Quantization settings, String code) {
        assertThatThrownBy(() -> rows.trainQuantizer(mode, settings, false))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining(code);
    }

    private static void fill(VectorCollection rows, int from, int to) {
        upsert(rows, from, vectors(1, to).subList(from, to));
    }

    private static void upsert(VectorCollection rows, int first, List<float[]> vectors) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            points.add(Point.of(first + i, vectors.get(i), Obj.of("n", (long) first + i)));
        }
        for (int at = 0; at < points.size(); at += 250) {
            rows.upsert(points.subList(at, Math.min(points.size(), at + 250)));
        }
    }

    private static List<float[]> vectors(long seed, int count) {
        return vectors(seed, count, DIMENSION);
    }

    /** Around twenty centres. */
    private static List<float[]> vectors(long seed, int count, int dimension) {
        Random places = new Random(12);
        float[][] centres = new float[20][dimension];
        for (float[] centre : centres) {
            for (int j = 0; j < dimension; j++) {
                centre[j] = (float) places.nextGaussian();
            }
        }
        Random random = new Random(seed);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = centres[random.nextInt(20)].clone();
            for (int j = 0; j < dimension; j++) {
                vector[j] += 0.6f * (float) random.nextGaussian();
            }
            vectors.add(vector);
        }
        return vectors;
    }

    /** Ids and scores, to the bit. */
    private static List<String> answers(VectorCollection rows, List<float[]> queries) {
        List<String> answers = new ArrayList<>();
        for (float[] query : queries) {
            ScoredIds found = rows.searchIds(SearchRequest.nearest(query, 10));
            ScoredIds coded = rows.searchIds(SearchRequest.nearest(query, 10).oversampling(0));
            answers.add(Arrays.toString(found.ids())
                    + Arrays.toString(found.scores())
                    + Arrays.toString(coded.ids())
                    + Arrays.toString(coded.scores()));
        }
        return answers;
    }

    private static double recall(VectorCollection rows, List<float[]> queries) {
        int good = 0;
        for (float[] query : queries) {
            float[] truth = rows.searchIds(SearchRequest.nearest(query, 10).effort(Effort.PERFECT))
                    .scores();
            float[] found = rows.searchIds(SearchRequest.nearest(query, 10)).scores();
            boolean high =
                    rows.schema().metric() != null && rows.schema().metric().higherIsBetter();
            for (float score : found) {
                good += (high ? score >= truth[9] : score <= truth[9]) ? 1 : 0;
            }
        }
        return good / (10.0 * queries.size());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else if (!source.getFileName().toString().equals("LOCK")) {
                    Files.copy(source, target);
                }
            }
        }
    }
}
