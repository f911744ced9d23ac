package io.velesdb.vector.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalAxesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 65})
    void decomposesSymmetricMatrices(int n) {
        Random random = new Random(n);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = random.nextGaussian();
                a[j][i] = a[i][j];
            }
        }
        double[][] vectors = new double[n][];
        for (int i = 0; i < n; i++) {
            vectors[i] = a[i].clone();
        }
        double[] values = new double[n];
        PrincipalAxes.decompose(vectors, values);
        for (int axis = 0; axis < n; axis++) {
            for (int other = 0; other < n; other++) {
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += vectors[i][axis] * vectors[i][other];
                }
                assertThat(dot).isCloseTo(axis == other ? 1 : 0, within(1e-10));
            }
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < n; j++) {
                    product += a[i][j] * vectors[j][axis];
                }
                assertThat(product).isCloseTo(values[axis] * vectors[i][axis], within(1e-9));
            }
        }
    }

    @Test
    void constantPointsHaveAxesToo() {
        float[] matrix = PrincipalAxes.balanced(new float[5 * 6], 5, 6, new int[] {0, 2, 4, 6});
        for (float x : matrix) {
            assertThat(x).isFinite();
        }
    }

    @Test
    void balancesTheProductsOfVariances() {
        int n = 8;
        int count = 4_000;
        Random random = new Random(3);
        float[] points = new float[count * n];
        for (int i = 0; i < points.length; i++) {
            // variances 1, 4, 16, ...: cut in order, the last part would carry nearly all
            points[i] = (float) (random.nextGaussian() * (1 << i % n));
        }
        float[] matrix = PrincipalAxes.balanced(points, count, n, new int[] {0, 2, 4, 6, 8});
        double[] products = new double[4];
        for (int part = 0; part < 4; part++) {
            products[part] =
                    variance(points, count, n, matrix, 2 * part) * variance(points, count, n, matrix, 2 * part + 1);
        }
        for (double product : products) {
            assertThat(product).isBetween(0.7 * products[0], 1.4 * products[0]);
        }
    }

    private static double variance(float[] points, int count, int n, float[] matrix, int column) {
        double sum = 0;
        for (int r = 0; r < count; r++) {
            double x = 0;
            for (int i = 0; i < n; i++) {
                x += points[r * n + i] * matrix[i * n + column];
            }
            sum += x * x;
        }
        return sum / count;
    }
}
