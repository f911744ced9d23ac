package io.velesdb.embedded;

import io.velesdb.Database;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How much of the truth each preset finds, over every metric, dimensions from 8 to 1536, clustered, uniform and repeated
 * vectors, and after most rows were deleted. The floors are what users may rely on; the truth comes from a brute force in
 * doubles that shares no code with the engine.
 */
@Tag("slow")
class RecallTest {
    private static final int K = 10;
    private static final int QUERIES = 50;

    /**
     * Of the ten nearest rows, the share that a preset finds on average over the queries. Real embeddings have clusters; in
     * uniform noise of many dimensions all rows are about equally far, which is as hard as it gets and asks for accurate.
     */
    private enum Floor {
        FAST(Effort.FAST, 0.92, 0.72),
        BALANCED(Effort.BALANCED, 0.97, 0.86),
        ACCURATE(Effort.ACCURATE, 0.99, 0.965),
        PERFECT(Effort.PERFECT, 1, 1),
        CUSTOM_300(Effort.custom(300), 0.98, 0.94),
        ADAPTIVE(Effort.parse("adaptive"), 0.92, 0.9),
        AUTOTUNE(Effort.AUTOTUNE, 0.95, 0.88);

        final Effort effort;
        final double recall;
        final double recallInNoise;

        Floor(Effort effort, double recall, double recallInNoise) {
            this.effort = effort;
            this.recall = recall;
            this.recallInNoise = recallInNoise;
        }
    }

    private enum Shape {
        CLUSTERED,
        UNIFORM,
        /** A third of all rows are copies of three vectors. */
        REPEATED
    }

    @TempDir
    Path folder;

    static List<Arguments> spaces() {
        List<Arguments> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (int dimension : new int[] {8, 32, 128, 384, 1536}) {
                all.add(Arguments.of(metric, dimension, Shape.CLUSTERED));
                all.add(Arguments.of(metric, dimension, Shape.UNIFORM));
            }
            all.add(Arguments.of(metric, 32, Shape.REPEATED));
            all.add(Arguments.of(metric, 384, Shape.REPEATED));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyPresetKeepsItsFloor(Metric metric, int dimension, Shape shape) {
        int rows = dimension <= 128 ? 12_000 : 4_000;
        Random random = new Random(metric.ordinal() * 10_000L + dimension + shape.ordinal());
        float[] data = vectors(random, metric, shape, rows + QUERIES, dimension);
        boolean noise = shape == Shape.UNIFORM && dimension > 32;
        Truth truth = new Truth(metric, data, dimension, rows);
        boolean[] live = new boolean[rows];
        Arrays.fill(live, true);
        Options options = Options.DEFAULTS.withLogMode(LogMode.NONE).withoutBackground();
        SoftAssertions floors = new SoftAssertions();
        try (Database database = VelesDb.open(folder, options)) {
            VectorCollection collection = database.createVectorCollection("rows", dimension, metric);
            long[] ids = new long[rows];
            Arrays.setAll(ids, i -> i);
            collection.upsertBulk(ids, Arrays.copyOf(data, rows * dimension), null);
            check(collection, truth, live, noise, "all rows", floors);

            long[] deleted = IntStream.range(0, rows)
                    .filter(row -> random.nextInt(10) < 7)
                    .peek(row -> live[row] = false)
                    .asLongStream()
                    .toArray();
            collection.delete(deleted);
            check(collection, truth, live, noise, "7 of 10 rows deleted", floors);
            collection.vacuum();
            check(collection, truth, live, noise, "vacuumed", floors);
        }
        floors.assertAll();
    }

    private static void check(
            VectorCollection collection,
            Truth truth,
            boolean[] live,
            boolean noise,
            String when,
            SoftAssertions floors) {
        for (Floor floor : Floor.values()) {
            int good = 0;
            int all = 0;
            for (int q = 0; q < QUERIES; q++) {
                ScoredIds found = collection.searchIds(
                        SearchRequest.nearest(truth.query(q), K).effort(floor.effort));
                floors.assertThat(found.size()).as("%s, %s, hits", floor, when).isEqualTo(K);
                good += truth.good(q, found, live, floors);
                all += K;
            }
            floors.assertThat((double) good / all)
                    .as("recall of %s, %s", floor, when)
                    .isGreaterThanOrEqualTo(noise ? floor.recallInNoise : floor.recall);
        }
    }

    private static float[] vectors(Random random, Metric metric, Shape shape, int count, int dimension) {
        int clusters = count / 100;
        float[] centres = new float[clusters * dimension];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (float) random.nextGaussian();
        }
        float[] all = new float[count * dimension];
        for (int row = 0; row < count; row++) {
            if (shape == Shape.REPEATED && row > 3 && row % 3 == 0) {
                System.arraycopy(all, random.nextInt(3) * dimension, all, row * dimension, dimension);
                continue;
            }
            int centre = random.nextInt(clusters) * dimension;
            for (int j = 0; j < dimension; j++) {
                float x = shape == Shape.UNIFORM
                        ? 2 * random.nextFloat() - 1
                        : centres[centre + j] + 0.3f * (float) random.nextGaussian();
                // jaccard is about weights, hamming about what is over a half
                all[row * dimension + j] = switch (metric) {
                    case JACCARD -> Math.max(0f, x);
                    case HAMMING -> 0.5f + 0.5f * x;
                    default -> x;
                };
            }
        }
        return all;
    }

    /** The scores of all rows for all queries, which are the rows behind the last one that is stored. */
    private static final class Truth {
        /** Between the sums in floats and those in doubles. */
        private static final double TOLERANCE = 1e-4;

        private static final double TIE = 1e-6;

        private final Metric metric;
        private final float[][] queries = new float[QUERIES][];
        private final double[][] scores = new double[QUERIES][];

        Truth(Metric metric, float[] data, int dimension, int rows) {
            this.metric = metric;
            for (int q = 0; q < QUERIES; q++) {
                queries[q] = Arrays.copyOfRange(data, (rows + q) * dimension, (rows + q + 1) * dimension);
                scores[q] = new double[rows];
                for (int row = 0; row < rows; row++) {
                    scores[q][row] = score(metric, queries[q], data, row * dimension);
                }
            }
        }

        float[] query(int q) {
            return queries[q];
        }

        /** Hits that are as near as the K-th nearest live row: of rows at equal distance any will do. */
        int good(int q, ScoredIds found, boolean[] live, SoftAssertions floors) {
            double sign = metric.higherIsBetter() ? -1 : 1;
            double[] keys = IntStream.range(0, live.length)
                    .filter(row -> live[row])
                    .mapToDouble(row -> sign * scores[q][row])
                    .sorted()
                    .limit(K)
                    .toArray();
            double last = keys[K - 1] + TIE * Math.max(1, Math.abs(keys[K - 1]));
            int good = 0;
            for (int i = 0; i < found.size(); i++) {
                int row = (int) found.ids()[i];
                double truth = scores[q][row];
                if (!live[row] || Math.abs(found.scores()[i] - truth) > TOLERANCE * Math.max(1, Math.abs(truth))) {
                    floors.fail(
                            "query %d: row %d, live %s, has score %s, truth %s",
                            q, row, live[row], found.scores()[i], truth);
                }
                good += sign * truth <= last ? 1 : 0;
            }
            return good;
        }

        private static double score(Metric metric, float[] query, float[] data, int at) {
            double product = 0;
            double square = 0;
            double own = 0;
            double distance = 0;
            double bits = 0;
            double minima = 0;
            double maxima = 0;
            for (int j = 0; j < query.length; j++) {
                double a = query[j];
                double b = data[at + j];
                product += a * b;
                own += a * a;
                square += b * b;
                distance += (a - b) * (a - b);
                bits += a > 0.5 != b > 0.5 ? 1 : 0;
                minima += Math.min(a, b);
                maxima += Math.max(a, b);
            }
            return switch (metric) {
                case COSINE -> product / Math.sqrt(own * square);
                case EUCLIDEAN -> Math.sqrt(distance);
                case DOT -> product;
                case HAMMING -> bits;
                case JACCARD -> maxima == 0 ? 1 : minima / maxima;
            };
        }
    }
}
