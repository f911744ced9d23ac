package io.velesdb.embedded.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.storage.MemoryCheckpoint;
import io.velesdb.host.Concurrency;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.Metric;
import io.velesdb.vector.ScalarKernels;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.Scores;
import io.velesdb.vector.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the index relies on, held by every place where vectors live: exact bits, scores to the bit as the scalar kernels
 * define them, views that stand still, and a save that opens as the same space.
 */
abstract class VectorSpaceContract {
    private static final int ROWS = 150;

    /** An empty space. A second one of the same test does not touch the first. */
    abstract VectorSpace create(int dimension, Metric metric) throws Exception;

    /** What {@link VectorSpace#save} wrote, cut to its first {@code size} vectors. */
    abstract VectorSpace open(VectorSpace saved, int size, CheckpointReader in, String prefix) throws Exception;

    static List<Arguments> spaces() {
        List<Arguments> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (int dimension : new int[] {1, 7, 33, 64, 130, 384}) {
                all.add(Arguments.of(metric, dimension));
            }
        }
        return all;
    }

    private static float[] vector(long seed, int dimension) {
        Random random = new Random(seed);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian() + 0.4f;
        }
        return vector;
    }

    private static void fill(VectorSpace space, int from, int to) {
        int dimension = space.dimension();
        space.reserve(to - from);
        for (int row = from; row < to; row++) {
            float[] shifted = new float[dimension + 3];
            System.arraycopy(vector(row, dimension), 0, shifted, 2, dimension);
            assertThat(space.append(shifted, 2)).isEqualTo(row);
        }
    }

    private static float[] read(VectorSpace.View view, int slot, int dimension) {
        float[] into = new float[dimension + 1];
        view.read(slot, into, 1);
        float[] vector = new float[dimension];
        System.arraycopy(into, 1, vector, 0, dimension);
        return vector;
    }

    private static float[] scores(VectorSpace space, VectorSpace.View view, Scorer.Kind kind, float[] query) {
        Scorer scorer = space.newScorer(kind);
        scorer.attach(view);
        scorer.query(query, 0);
        int[] slots = new int[view.slots() + Scorer.PADDING];
        for (int i = 0; i < view.slots(); i++) {
            slots[i] = view.slots() - 1 - i;
        }
        float[] out = new float[slots.length];
        scorer.score(slots, view.slots(), out);
        float[] bySlot = new float[view.slots()];
        for (int i = 0; i < bySlot.length; i++) {
            bySlot[view.slots() - 1 - i] = out[i];
        }
        return bySlot;
    }

    private static float definition(Metric metric, float[] a, float[] b) {
        int n = a.length;
        float[] lanes = new float[ScalarKernels.LANES];
        return switch (metric) {
            case COSINE ->
                Scores.cosine(
                        ScalarKernels.dot(a, 0, b, 0, n, lanes),
                        ScalarKernels.dot(a, 0, a, 0, n, lanes),
                        ScalarKernels.dot(b, 0, b, 0, n, lanes));
            case EUCLIDEAN -> Scores.euclidean(ScalarKernels.squaredDistance(a, 0, b, 0, n, lanes));
            case DOT -> Scores.dot(ScalarKernels.dot(a, 0, b, 0, n, lanes));
            case HAMMING -> {
                int differing = 0;
                for (int i = 0; i < n; i++) {
                    differing += a[i] > 0.5f != b[i] > 0.5f ? 1 : 0;
                }
                yield differing;
            }
            case JACCARD ->
                Scores.jaccard(
                        ScalarKernels.sumOfMinima(a, 0, b, 0, n, lanes),
                        ScalarKernels.sumOfMaxima(a, 0, b, 0, n, lanes));
        };
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void vectorsAreReadBackAndScoredToTheBit(Metric metric, int dimension) throws Exception {
        VectorSpace space = create(dimension, metric);
        assertThat(space.size()).isZero();
        assertThat(space.view().slots()).isZero();
        fill(space, 0, ROWS);
        assertThat(space.size()).isEqualTo(ROWS);
        assertThat(space.dimension()).isEqualTo(dimension);
        assertThat(space.metric()).isEqualTo(metric);
        VectorSpace.View view = space.view();
        float[] query = vector(-1, dimension);
        float[] found = scores(space, view, Scorer.Kind.EXACT, query);
        for (int slot = 0; slot < ROWS; slot++) {
            float[] stored = vector(slot, dimension);
            assertThat(read(view, slot, dimension)).isEqualTo(stored);
            float expected = Scores.key(metric, definition(metric, query, stored));
            assertThat(Float.floatToIntBits(found[slot]))
                    .as("slot %d: %s, by definition %s", slot, found[slot], expected)
                    .isEqualTo(Float.floatToIntBits(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aViewStandsStillWhateverTheWriterDoes(Metric metric, int dimension) throws Exception {
        VectorSpace space = create(dimension, metric);
        fill(space, 0, 60);
        space.train(60, Concurrency.SERIAL);
        VectorSpace.View before = space.view();
        float[] query = vector(-2, dimension);
        float[] exact = scores(space, before, Scorer.Kind.EXACT, query);
        float[] coded = space.coded() ? scores(space, before, Scorer.Kind.CODE, query) : new float[0];
        fill(space, 60, 3_000);
        space.encode(60, 1_000, Concurrency.SERIAL);
        space.train(3_000, Concurrency.SERIAL);
        assertThat(before.slots()).isEqualTo(60);
        assertThat(scores(space, before, Scorer.Kind.EXACT, query)).isEqualTo(exact);
        if (space.coded()) {
            assertThat(scores(space, before, Scorer.Kind.CODE, query)).isEqualTo(coded);
        }
        assertThat(space.view().slots()).isEqualTo(3_000);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aQueryTakenFromASlotScoresLikeItsVector(Metric metric, int dimension) throws Exception {
        VectorSpace space = create(dimension, metric);
        fill(space, 0, 40);
        Scorer scorer = space.newScorer(Scorer.Kind.EXACT);
        scorer.attach(space.view());
        int[] slots = {3, 39, 3, 0, 17, 0, 0, 0};
        float[] bySlot = new float[8];
        float[] byVector = new float[8];
        scorer.query(11);
        scorer.score(slots, 5, bySlot);
        scorer.query(vector(11, dimension), 0);
        scorer.score(slots, 5, byVector);
        for (int i = 0; i < 5; i++) {
            assertThat(bySlot[i]).isEqualTo(byVector[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aSavedSpaceOpensAsItWasAndGoesOn(Metric metric, int dimension) throws Exception {
        VectorSpace space = create(dimension, metric);
        fill(space, 0, ROWS);
        space.train(100, Concurrency.SERIAL);
        space.encode(100, ROWS, Concurrency.SERIAL);
        MemoryCheckpoint checkpoint = new MemoryCheckpoint();
        space.sync();
        space.save(checkpoint, "c1/vectors/");
        float[] query = vector(-3, dimension);
        List<Scorer.Kind> kinds = space.coded()
                ? List.of(Scorer.Kind.EXACT, Scorer.Kind.GRAPH, Scorer.Kind.CODE, Scorer.Kind.COARSE)
                : List.of(Scorer.Kind.EXACT, Scorer.Kind.GRAPH);
        List<float[]> before = new ArrayList<>();
        for (Scorer.Kind kind : kinds) {
            before.add(scores(space, space.view(), kind, query));
        }
        VectorSpace again = open(space, ROWS, checkpoint, "c1/vectors/");
        assertThat(again.size()).isEqualTo(ROWS);
        for (int i = 0; i < kinds.size(); i++) {
            assertThat(scores(again, again.view(), kinds.get(i), query))
                    .as(kinds.get(i).name())
                    .isEqualTo(before.get(i));
        }
        fill(again, ROWS, ROWS + 20);
        again.encode(ROWS, ROWS + 20, Concurrency.SERIAL);
        assertThat(read(again.view(), ROWS + 19, dimension)).isEqualTo(vector(ROWS + 19, dimension));
        assertThat(scores(again, again.view(), Scorer.Kind.EXACT, query)).startsWith(before.get(0));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void rowsMoveToAnotherSpaceWithTheirBitsAndCodes(Metric metric, int dimension) throws Exception {
        VectorSpace space = create(dimension, metric);
        fill(space, 0, ROWS);
        space.train(ROWS, Concurrency.SERIAL);
        int[] kept = {0, 2, 77, 149};
        VectorSpace target = create(dimension, metric);
        target.copyFrom(space, kept, 4, true);
        float[] query = vector(-4, dimension);
        for (Scorer.Kind kind :
                space.coded() ? List.of(Scorer.Kind.EXACT, Scorer.Kind.CODE) : List.of(Scorer.Kind.EXACT)) {
            float[] all = scores(space, space.view(), kind, query);
            float[] moved = scores(target, target.view(), kind, query);
            for (int i = 0; i < 4; i++) {
                assertThat(moved[i]).as(kind + ", row " + kept[i]).isEqualTo(all[kept[i]]);
            }
        }
        assertThat(read(target.view(), 2, dimension)).isEqualTo(vector(77, dimension));
    }

    @Test
    void sectionsThatDoNotFitAreRefused() throws Exception {
        VectorSpace space = create(130, Metric.COSINE);
        fill(space, 0, ROWS);
        space.train(ROWS, Concurrency.SERIAL);
        MemoryCheckpoint checkpoint = new MemoryCheckpoint();
        space.sync();
        space.save(checkpoint, "v/");
        for (int length = 0; length < 40; length++) {
            MemoryCheckpoint damaged = new MemoryCheckpoint();
            space.save(damaged, "v/");
            damaged.truncate("v/space", length);
            assertThatThrownBy(() -> open(space, ROWS, damaged, "v/"))
                    .as("head of %d bytes", length)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
        }
    }
}
