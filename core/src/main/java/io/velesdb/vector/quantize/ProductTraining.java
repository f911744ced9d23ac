package io.velesdb.vector.quantize;

import io.velesdb.Quantization;
import io.velesdb.host.Concurrency;
import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.Metric;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.ScalarKernels;
import io.velesdb.vector.TwoBitQuantizer;
import io.velesdb.vector.VectorSpace;

/** Learns a {@link ProductCodec}. Parts are learned each by itself, in parallel. */
final class ProductTraining {
    /** Points per centroid that are worth looking at. */
    static final int SAMPLE_PER_CENTROID = 64;

    /** Points from which the axes of a rotation are learned at most: its cost grows with their number times n^2. */
    private static final int AXES_SAMPLE = 4_096;

    private ProductTraining() {}

    /** @param slots the sample; with fewer points than centroids there are as many centroids as points */
    static ProductCodec learn(
            CodeHost host,
            VectorSpace space,
            Reduction reduction,
            int[] slots,
            Quantization settings,
            Concurrency concurrency) {
        int dimension = space.dimension();
        int n = reduction.length();
        int parts = settings.partsFor(dimension);
        int count = slots.length;
        int k = Math.min(settings.centroids(), count);
        float[] points = points(host, space, reduction, slots, n);
        int[] starts = new int[parts + 1];
        for (int p = 0; p <= parts; p++) {
            starts[p] = ProductCodec.start(p, parts, dimension, n);
        }
        float[] matrix = settings.rotated() ? rotation(points, count, n, starts, settings.seed()) : null;
        float[] seen = matrix == null ? points : rotated(points, count, n, matrix);
        float[] book = new float[n * k];
        double[] losses = new double[parts];
        concurrency.forEach(parts, 1, (worker, from, to) -> {
            for (int p = from; p < to; p++) {
                losses[p] = Centroids.learn(host, seen, count, n, starts[p], starts[p + 1], k, settings.seed(), book);
            }
        });
        double loss = 0;
        for (double part : losses) {
            loss += part;
        }
        float residual = (float) (loss / count);
        return new ProductCodec(
                host, reduction, parts, k, book, matrix, residual <= Float.MAX_VALUE ? residual : Float.MAX_VALUE);
    }

    private static float[] points(CodeHost host, VectorSpace space, Reduction reduction, int[] slots, int n) {
        TwoBitQuantizer maker = host.points(reduction, null);
        QueryCode scratch = new QueryCode(CodeLayout.of(n));
        float[] vector = new float[space.dimension()];
        float[] points = new float[slots.length * n];
        for (int i = 0; i < slots.length; i++) {
            space.read(slots[i], vector, 0);
            float norm = reduction.metric() == Metric.EUCLIDEAN
                    ? 0f
                    : ScalarKernels.dot(vector, 0, vector, 0, vector.length, scratch.lanes);
            maker.rowPoint(vector, 0, norm, scratch.point);
            System.arraycopy(scratch.point, 0, points, i * n, n);
        }
        return points;
    }

    private static float[] rotation(float[] points, int count, int n, int[] starts, long seed) {
        int[] chosen = Sample.of(count, AXES_SAMPLE, seed);
        float[] some = new float[chosen.length * n];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(points, chosen[i] * n, some, i * n, n);
        }
        return PrincipalAxes.balanced(some, chosen.length, n, starts);
    }

    private static float[] rotated(float[] points, int count, int n, float[] matrix) {
        float[] out = new float[points.length];
        float[] from = new float[n];
        float[] to = new float[n];
        for (int i = 0; i < count; i++) {
            System.arraycopy(points, i * n, from, 0, n);
            ProductCodec.rotate(from, matrix, n, to);
            System.arraycopy(to, 0, out, i * n, n);
        }
        return out;
    }
}
