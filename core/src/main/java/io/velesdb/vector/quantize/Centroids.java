package io.velesdb.vector.quantize;

import io.velesdb.vector.SplitMix64;
import java.util.Arrays;

/**
 * k-means (Lloyd 1982) of the parts of points, with a seed and sums in the order of points: the same centroids on every
 * host. Loops run over the centroids, component by component, in the shape that compilers turn into vector code.
 */
final class Centroids {
    private static final int ROUNDS = 8;

    private Centroids() {}

    /**
     * Squared distances of {@code points[at + from .. at + to)} to the centroids of these components; returns the least.
     *
     * @param book component j of centroid c at {@code j * k + c}
     */
    static float distances(float[] points, int at, int from, int to, float[] book, int k, float[] out) {
        for (int c = 0; c < k; c++) {
            out[c] = 0f;
        }
        for (int j = from; j < to; j++) {
            float x = points[at + j];
            int base = j * k;
            for (int c = 0; c < k; c++) {
                float d = x - book[base + c];
                out[c] += d * d;
            }
        }
        return least(out, k);
    }

    private static float least(float[] distances, int k) {
        float least = distances[0];
        for (int c = 1; c < k; c++) {
            least = Math.min(least, distances[c]);
        }
        return least;
    }

    /** The first of the nearest; 0 where nothing can be compared. */
    static int nearest(float[] distances, int k, float least) {
        for (int c = 0; c < k; c++) {
            if (distances[c] == least) {
                return c;
            }
        }
        return 0;
    }

    /**
     * Learns {@code k} centroids of the components [from, to) of {@code count} points, at least k, and writes them to the
     * book.
     *
     * @param stride components per point
     * @return the sum of squared distances of the points to their centroids
     */
    static double learn(
            CodeHost host, float[] points, int count, int stride, int from, int to, int k, long seed, float[] book) {
        choose(points, count, stride, from, to, k, seed, book);
        float[] distances = new float[k];
        int[] nearest = new int[count];
        double[] sums = new double[(to - from) * k];
        int[] sizes = new int[k];
        double total = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            boolean moved = false;
            total = 0;
            for (int i = 0; i < count; i++) {
                int c = nearest(distances, k, host.distances(points, i * stride, from, to, book, k, distances));
                total += distances[c];
                moved |= round == 0 || nearest[i] != c;
                nearest[i] = c;
            }
            if (!moved || round == ROUNDS) {
                break;
            }
            Arrays.fill(sums, 0);
            Arrays.fill(sizes, 0);
            for (int i = 0; i < count; i++) {
                int c = nearest[i];
                sizes[c]++;
                for (int j = from; j < to; j++) {
                    sums[(j - from) * k + c] += points[i * stride + j];
                }
            }
            for (int c = 0; c < k; c++) {
                for (int j = from; sizes[c] > 0 && j < to; j++) {
                    book[j * k + c] = (float) (sums[(j - from) * k + c] / sizes[c]);
                }
            }
            fillEmpty(sizes, from, to, k, book);
        }
        return total;
    }

    /** Starts from points at random, each taken once. */
    private static void choose(
            float[] points, int count, int stride, int from, int to, int k, long seed, float[] book) {
        int[] order = Sample.of(count, k, SplitMix64.finalise(seed + from));
        for (int c = 0; c < k; c++) {
            for (int j = from; j < to; j++) {
                book[j * k + c] = points[order[c] * stride + j];
            }
        }
    }

    /** A centroid without points moves beside the one with the most of them, which then share those. */
    private static void fillEmpty(int[] sizes, int from, int to, int k, float[] book) {
        for (int c = 0; c < k; c++) {
            if (sizes[c] > 0) {
                continue;
            }
            int largest = 0;
            for (int other = 1; other < k; other++) {
                if (sizes[other] > sizes[largest]) {
                    largest = other;
                }
            }
            int half = sizes[largest] / 2;
            sizes[c] = half;
            sizes[largest] -= half;
            for (int j = from; j < to; j++) {
                float x = book[j * k + largest];
                float apart = Math.abs(x) * 0x1p-10f + Float.MIN_NORMAL;
                book[j * k + c] = x + apart;
                book[j * k + largest] = x - apart;
            }
        }
    }
}
