package io.velesdb.embedded.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.host.Concurrency;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.VectorSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappedVectorSpaceTest {
    @TempDir
    Path folder;

    static List<Arguments> spaces() {
        List<Arguments> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (int dimension : new int[] {1, 3, 16, 31, 33, 64, 65, 100, 192, 200, 384, 400, 512, 768}) {
                all.add(Arguments.of(metric, dimension));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyScoreHasTheBitsOfTheHeapSpace(Metric metric, int dimension) throws IOException {
        Random random = new Random(dimension);
        int n = 150;
        HeapVectorSpace heap = new HeapVectorSpace(dimension, metric);
        try (MappedVectorSpace mapped = MappedVectorSpace.create(open(), "v", dimension, metric)) {
            float[] v = new float[dimension];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < dimension; j++) {
                    v[j] = i % 40 == 7 ? 0f : (float) random.nextGaussian() * (1 + i % 3) + 0.3f;
                }
                heap.append(v, 0);
                mapped.append(v, 0);
            }
            for (VectorSpace space : List.of(heap, mapped)) {
                space.train(100, Concurrency.SERIAL);
                space.encode(100, n, Concurrency.SERIAL);
            }
            for (Scorer.Kind kind : Scorer.Kind.values()) {
                if (heap.coded() || kind == Scorer.Kind.EXACT || kind == Scorer.Kind.GRAPH) {
                    compare(heap, mapped, kind, random);
                }
            }
        }
    }

    private static void compare(VectorSpace heap, VectorSpace mapped, Scorer.Kind kind, Random random) {
        int n = heap.size();
        Scorer expected = heap.newScorer(kind);
        Scorer found = mapped.newScorer(kind);
        expected.attach(heap.view());
        found.attach(mapped.view());
        int[] slots = new int[n + Scorer.SCAN_PADDING];
        float[] a = new float[slots.length];
        float[] b = new float[slots.length];
        for (int q = 0; q < 6; q++) {
            float[] v = new float[heap.dimension()];
            for (int j = 0; j < v.length; j++) {
                v[j] = q == 0 ? 0f : (float) random.nextGaussian();
            }
            if (q < 3) {
                expected.query(v, 0);
                found.query(v, 0);
            } else {
                expected.query(q);
                found.query(q);
            }
            for (int i = 0; i < n; i++) {
                slots[i] = i;
            }
            expected.score(slots, n, a);
            found.score(slots, n, b);
            for (int i = 0; i < n; i++) {
                assertThat(Float.floatToIntBits(b[i]))
                        .as(kind + ", query " + q + ", slot " + i + ": " + a[i] + " and " + b[i])
                        .isEqualTo(Float.floatToIntBits(a[i]));
            }
            compareList(expected, found, random);
            compareNear(expected, found, slots, n, a);
        }
    }

    /** The members of words of every density, behind what is listed already. */
    private static void compareList(Scorer expected, Scorer found, Random random) {
        for (long word :
                new long[] {0L, -1L, 1L, Long.MIN_VALUE, random.nextLong() & 0x1084_2108_4210_8421L, random.nextLong()
                }) {
            int[] a = new int[3 + Long.SIZE + Scorer.SCAN_PADDING];
            int[] b = a.clone();
            int end = 3 + Long.bitCount(word);
            assertThat(expected.list(word, 640, a, 3)).isEqualTo(end);
            assertThat(found.list(word, 640, b, 3)).isEqualTo(end);
            int[] members = IntStream.range(0, Long.SIZE)
                    .filter(bit -> (word >>> bit & 1) != 0)
                    .map(bit -> 640 + bit)
                    .toArray();
            assertThat(Arrays.copyOfRange(a, 3, end)).isEqualTo(members);
            assertThat(Arrays.copyOfRange(b, 3, end)).isEqualTo(members);
        }
    }

    /** The same slots near a bound, in the same order, and all of those that lie well within it. */
    private static void compareNear(Scorer expected, Scorer found, int[] slots, int n, float[] scores) {
        float[] sorted = Arrays.copyOf(scores, n);
        Arrays.sort(sorted);
        float bound = sorted[n / 4];
        int[] left = slots.clone();
        int[] right = slots.clone();
        int count = expected.near(bound, left, n, new float[slots.length]);
        assertThat(found.near(bound, right, n, new float[slots.length])).isEqualTo(count);
        Set<Integer> kept = new HashSet<>();
        for (int i = 0; i < count; i++) {
            assertThat(right[i]).isEqualTo(left[i]);
            kept.add(left[i]);
        }
        if (expected.deviation() == 0f) {
            return; // exact, or a query that was taken from a row, by which nothing scans
        }
        // a deviation counts for a row as long as the query; the rows here are up to three times that, or the query is
        // 0
        float near = bound - 4 * Math.max(expected.deviation(), bound / 10);
        for (int slot = 0; slot < n; slot++) {
            assertThat(kept.contains(slot) || !(scores[slot] <= near))
                    .as("slot " + slot + " at " + scores[slot] + " within " + bound)
                    .isTrue();
        }
    }

    private DataFile open() throws IOException {
        return new LocalFileSystem().open(folder.resolve("vectors.f32"));
    }
}
