package io.velesdb.vector.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.vector.SplitMix64;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentroidsTest {
    @Test
    void findsClustersThatLieApart() {
        Random random = new Random(1);
        int clusters = 5;
        float[] points = new float[1_000 * 3];
        for (int i = 0; i < 1_000; i++) {
            for (int j = 0; j < 3; j++) {
                points[3 * i + j] = 100f * (i % clusters) * (j + 1) + (float) random.nextGaussian();
            }
        }
        float[] book = new float[3 * 16];
        double loss = Centroids.learn(HeapCodes.HOST, points, 1_000, 3, 0, 3, 16, 7, book);
        // three components of variance 1: no more than that is left when every cluster has a centroid
        assertThat(loss / 1_000).isLessThan(3.5);
    }

    @Test
    void neverLosesMoreThanTheChoiceOfPointsItStartsFrom() {
        Random random = new Random(2);
        float[] points = new float[500 * 4];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) random.nextGaussian();
        }
        float[] book = new float[4 * 32];
        double loss = Centroids.learn(HeapCodes.HOST, points, 500, 4, 0, 4, 32, 3, book);
        double bound = 0;
        int[] start = Sample.of(500, 32, SplitMix64.finalise(3));
        for (int i = 0; i < 500; i++) {
            double best = Double.MAX_VALUE;
            for (int c : start) {
                double d = 0;
                for (int j = 0; j < 4; j++) {
                    double x = points[4 * i + j] - points[4 * c + j];
                    d += x * x;
                }
                best = Math.min(best, d);
            }
            bound += best;
        }
        assertThat(loss).isLessThan(bound);
    }

    @Test
    void copiesOfOnePointDoNotConfuseIt() {
        float[] points = new float[300];
        Arrays.fill(points, 2.5f);
        float[] book = new float[16];
        assertThat(Centroids.learn(HeapCodes.HOST, points, 300, 1, 0, 1, 16, 1, book))
                .isLessThan(1e-3);
        for (float x : book) {
            assertThat(x).isFinite();
        }
    }

    @Test
    void samplesAreDistinctAscendingAndOfTheSizeAskedFor() {
        for (int size : new int[] {0, 1, 7, 99, 100, 200}) {
            int[] sample = Sample.of(100, size, size);
            assertThat(sample)
                    .hasSize(Math.min(100, size))
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }
}
