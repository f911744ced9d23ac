package io.velesdb.index.hnsw;

import io.velesdb.vector.Metric;
import java.util.Random;

/** Vectors to index, by seed: spread evenly, or in clusters of about a hundred. */
record Points(float[] all, int dimension, int count) {
    static Points uniform(long seed, int count, int dimension) {
        Random random = new Random(seed);
        float[] all = new float[count * dimension];
        for (int i = 0; i < all.length; i++) {
            all[i] = random.nextFloat();
        }
        return new Points(all, dimension, count);
    }

    static Points clustered(long seed, int count, int dimension, Metric metric) {
        Random random = new Random(seed);
        int clusters = Math.max(1, count / 100);
        float[] centres = new float[clusters * dimension];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (float) random.nextGaussian();
        }
        float[] all = new float[count * dimension];
        for (int row = 0; row < count; row++) {
            int cluster = random.nextInt(clusters);
            for (int j = 0; j < dimension; j++) {
                float x = centres[cluster * dimension + j] + 0.3f * (float) random.nextGaussian();
                all[row * dimension + j] = switch (metric) {
                    case JACCARD -> Math.max(0f, x);
                    case HAMMING -> 0.5f + 0.5f * x;
                    default -> x;
                };
            }
        }
        return new Points(all, dimension, count);
    }

    float[] get(int row) {
        float[] vector = new float[dimension];
        System.arraycopy(all, row * dimension, vector, 0, dimension);
        return vector;
    }

    /** The first rows, as queries. */
    Points first(int rows) {
        return new Points(all, dimension, rows);
    }
}
