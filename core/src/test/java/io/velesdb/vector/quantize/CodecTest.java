package io.velesdb.vector.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.host.Concurrency;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimates against exact distances, by brute force. */
class CodecTest {
    private static final int ROWS = 1_200;
    private static final int DIMENSION = 120;

    private static HeapVectorSpace space(Metric metric, long seed) {
        Random random = new Random(seed);
        HeapVectorSpace space = new HeapVectorSpace(DIMENSION, metric);
        float[] vector = new float[DIMENSION];
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < DIMENSION; j++) {
                vector[j] = (float) random.nextGaussian() * (1f + j % 7) + (j % 3 == 0 ? 0.5f : 0f);
            }
            space.append(vector, 0);
        }
        space.train(ROWS, Concurrency.SERIAL);
        return space;
    }

    private static int[] all() {
        int[] slots = new int[ROWS + Scorer.PADDING];
        for (int i = 0; i < ROWS; i++) {
            slots[i] = i;
        }
        return slots;
    }

    private static QuantizedVectorSpace trained(VectorSpace space, StorageMode mode, Quantization settings) {
        return QuantizedVectorSpace.trained(
                space, mode, settings, Arrays.copyOf(all(), ROWS), HeapCodes.HOST, Concurrency.SERIAL);
    }

    /** Share of the 10 nearest that are among the 50 best estimates. */
    private static double recall(VectorSpace exactSpace, QuantizedVectorSpace space) {
        Scorer exact = space.newScorer(Scorer.Kind.EXACT);
        Scorer coded = space.newScorer(Scorer.Kind.CODE);
        exact.attach(space.view());
        coded.attach(space.view());
        float[] truth = new float[ROWS + Scorer.PADDING];
        float[] estimates = new float[ROWS + Scorer.PADDING];
        Random random = new Random(77);
        float[] query = new float[DIMENSION];
        int good = 0;
        for (int q = 0; q < 30; q++) {
            exactSpace.read(random.nextInt(ROWS), query, 0);
            for (int j = 0; j < DIMENSION; j++) {
                query[j] += (float) random.nextGaussian();
            }
            exact.query(query, 0);
            coded.query(query, 0);
            exact.score(all(), ROWS, truth);
            coded.score(all(), ROWS, estimates);
            float tenth = sorted(truth)[9];
            float fiftieth = sorted(estimates)[49];
            for (int i = 0; i < ROWS; i++) {
                good += truth[i] <= tenth && estimates[i] <= fiftieth ? 1 : 0;
            }
        }
        return good / 300.0;
    }

    private static float[] sorted(float[] values) {
        float[] sorted = Arrays.copyOf(values, ROWS);
        Arrays.sort(sorted);
        return sorted;
    }

    @ParameterizedTest
    @CsvSource({
        "SQ8, 1, 0.85",
        "BINARY, 1, 0.55",
        "RABITQ, 1, 0.60",
        "RABITQ, 2, 0.90",
        "RABITQ, 4, 0.88",
        "RABITQ, 8, 0.85",
        "PQ, 1, 0.75"
    })
    void theNearestAreAmongTheBestEstimates(StorageMode mode, int bits, double floor) {
        for (Metric metric : new Metric[] {Metric.COSINE, Metric.EUCLIDEAN, Metric.DOT}) {
            HeapVectorSpace exact = space(metric, 3);
            QuantizedVectorSpace coded = trained(exact, mode, Quantization.rabitq(bits));
            assertThat(recall(exact, coded)).as(metric + " " + mode).isGreaterThanOrEqualTo(floor);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRotationIsOnlyAnotherBasis(boolean rotated) {
        HeapVectorSpace exact = space(Metric.EUCLIDEAN, 4);
        Quantization settings = rotated ? Quantization.opq(30) : Quantization.pq(30);
        assertThat(recall(exact, trained(exact, StorageMode.PQ, settings))).isGreaterThanOrEqualTo(0.75);
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"COSINE", "EUCLIDEAN", "DOT"})
    void estimatesLieAsFarOffAsTheySay(Metric metric) {
        HeapVectorSpace exact = space(metric, 5);
        for (int bits = 1; bits <= 8; bits++) {
            QuantizedVectorSpace coded = trained(exact, StorageMode.RABITQ, Quantization.rabitq(bits));
            Scorer key = coded.newScorer(Scorer.Kind.EXACT);
            Scorer code = coded.newScorer(Scorer.Kind.CODE);
            key.attach(coded.view());
            code.attach(coded.view());
            float[] keys = new float[ROWS + Scorer.PADDING];
            float[] estimates = new float[ROWS + Scorer.PADDING];
            float[] query = new float[DIMENSION];
            double squares = 0;
            double bias = 0;
            for (int q = 0; q < 20; q++) {
                exact.read(q, query, 0);
                key.query(query, 0);
                code.query(query, 0);
                key.score(all(), ROWS, keys);
                code.score(all(), ROWS, estimates);
                for (int i = 20; i < ROWS; i++) {
                    double error = (estimates[i] - code.estimateOf(keys[i])) / code.deviation();
                    squares += error * error;
                    bias += error;
                }
            }
            int n = 20 * (ROWS - 20);
            assertThat(Math.sqrt(squares / n)).as(bits + " bits").isBetween(0.4, 1.3);
            assertThat(bias / n).as(bits + " bits").isBetween(-0.15, 0.15);
        }
    }

    @ParameterizedTest
    @CsvSource({"SQ8, COSINE", "SQ8, EUCLIDEAN", "SQ8, DOT", "PQ, COSINE", "PQ, EUCLIDEAN", "PQ, DOT"})
    void longCodesBesideThoseOfAWalkErrLessAndAsFarAsTheySay(StorageMode mode, Metric metric) {
        int dimension = 288;
        Random random = new Random(11);
        HeapVectorSpace exact = new HeapVectorSpace(dimension, metric);
        float[] vector = new float[dimension];
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < dimension; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            exact.append(vector, 0);
        }
        exact.train(ROWS, Concurrency.SERIAL);
        QuantizedVectorSpace coded = trained(exact, mode, Quantization.pq(96));
        Scorer key = coded.newScorer(Scorer.Kind.EXACT);
        Scorer code = coded.newScorer(Scorer.Kind.CODE);
        key.attach(coded.view());
        code.attach(coded.view());
        assertThat(code.refines()).isEqualTo(mode == StorageMode.SQ8);
        float[] keys = new float[ROWS + Scorer.PADDING];
        float[] walked = new float[ROWS + Scorer.PADDING];
        float[] refined = new float[ROWS + Scorer.PADDING];
        double coarse = 0;
        double fine = 0;
        double said = 0;
        for (int q = 0; q < 20; q++) {
            exact.read(q, vector, 0);
            for (int j = 0; j < dimension; j++) {
                vector[j] += 0.3f * (float) random.nextGaussian();
            }
            key.query(vector, 0);
            code.query(vector, 0);
            key.score(all(), ROWS, keys);
            code.score(all(), ROWS, walked);
            code.refine(all(), ROWS, refined);
            for (int i = 20; i < ROWS; i++) {
                double truth = code.estimateOf(keys[i]);
                coarse += Math.pow(walked[i] - truth, 2);
                fine += Math.pow(refined[i] - truth, 2);
            }
            said += (ROWS - 20) * Math.pow(code.refinedDeviation(), 2);
        }
        assertThat(Math.sqrt(fine / coarse)).isLessThan(mode == StorageMode.SQ8 ? 0.25 : 0.9);
        if (mode == StorageMode.SQ8) {
            // pq speaks of rows near the query: what a row lost brings far ones nearer
            assertThat(Math.sqrt(fine / said)).isBetween(0.3, 1.4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageMode.class,
            names = {"SQ8", "BINARY", "PQ", "RABITQ"})
    void vectorsWithoutDirectionOrBeyondAllBoundsHaveCodesToo(StorageMode mode) {
        for (Metric metric : new Metric[] {Metric.COSINE, Metric.EUCLIDEAN, Metric.DOT}) {
            HeapVectorSpace exact = new HeapVectorSpace(DIMENSION, metric);
            float[] vector = new float[DIMENSION];
            exact.append(vector, 0);
            Arrays.fill(vector, 1e30f);
            exact.append(vector, 0);
            Arrays.fill(vector, Float.MIN_VALUE);
            exact.append(vector, 0);
            Random random = new Random(6);
            for (int row = 3; row < 300; row++) {
                for (int j = 0; j < DIMENSION; j++) {
                    vector[j] = (float) random.nextGaussian();
                }
                exact.append(vector, 0);
            }
            int[] slots = new int[300 + Scorer.PADDING];
            for (int i = 0; i < 300; i++) {
                slots[i] = i;
            }
            QuantizedVectorSpace coded = QuantizedVectorSpace.trained(
                    exact, mode, Quantization.DEFAULT, Arrays.copyOf(slots, 300), HeapCodes.HOST, Concurrency.SERIAL);
            Scorer scorer = coded.newScorer(Scorer.Kind.CODE);
            scorer.attach(coded.view());
            float[] out = new float[slots.length];
            for (int q = 0; q < 5; q++) {
                exact.read(q, vector, 0);
                scorer.query(vector, 0);
                scorer.score(slots, 300, out);
                scorer.query(q);
                scorer.score(slots, 300, out);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageMode.class,
            names = {"PQ", "RABITQ"})
    void trainingIsAFunctionOfVectorsAndSeed(StorageMode mode) {
        Quantization settings = Quantization.opq(24).withSample(500).withSeed(9);
        byte[] first = bytes(trained(space(Metric.DOT, 7), mode, settings));
        assertThat(bytes(trained(space(Metric.DOT, 7), mode, settings))).isEqualTo(first);
        assertThat(bytes(trained(space(Metric.DOT, 7), mode, settings.withSeed(10))))
                .isNotEqualTo(first);
    }

    private static byte[] bytes(QuantizedVectorSpace space) {
        BinaryWriter all = new BinaryWriter();
        space.save((name, bytes, length) -> all.writeString(name).writeBytes(bytes, 0, length), "");
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 40, 300})
    void aCodebookThatWasCutIsRefused(int kept) {
        HeapVectorSpace exact = space(Metric.COSINE, 8);
        ProductCodec codec = ProductTraining.learn(
                HeapCodes.HOST,
                exact,
                Reduction.learn(exact, ROWS),
                Arrays.copyOf(all(), ROWS),
                Quantization.opq(24).withCentroids(16),
                Concurrency.SERIAL);
        BinaryWriter out = new BinaryWriter();
        codec.write(out);
        byte[] cut = Arrays.copyOf(out.array(), kept);
        assertThatThrownBy(() -> ProductCodec.read(
                        HeapCodes.HOST, new BinaryReader(cut, ErrorCode.STORAGE, "cut"), Metric.COSINE, DIMENSION))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-006");
    }
}
