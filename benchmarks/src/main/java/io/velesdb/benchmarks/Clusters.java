package io.velesdb.benchmarks;

import java.util.SplittableRandom;

/**
 * Synthetic vectors that lie in clusters, as embeddings do: a centre each, and around it a spread in fewer directions
 * than there are dimensions. The same seed gives the same vectors.
 */
final class Clusters {
    private static final int CENTRES = 200;
    private static final int DIRECTIONS = 32;
    private static final double SPREAD = 0.6;

    private final float[][] centres;
    private final float[][] directions;
    private final SplittableRandom random;
    private final int dimension;

    Clusters(int dimension, long seed) {
        this.dimension = dimension;
        random = new SplittableRandom(seed);
        centres = gaussians(CENTRES);
        directions = gaussians(DIRECTIONS);
    }

    /** So many vectors of unit length; each call gives others. */
    float[][] vectors(int count) {
        float[][] out = new float[count][];
        for (int i = 0; i < count; i++) {
            float[] vector = centres[random.nextInt(CENTRES)].clone();
            for (float[] direction : directions) {
                float by = (float) (random.nextGaussian() * SPREAD);
                for (int d = 0; d < dimension; d++) {
                    vector[d] += by * direction[d];
                }
            }
            scaleToUnit(vector);
            out[i] = vector;
        }
        return out;
    }

    private float[][] gaussians(int count) {
        float[][] out = new float[count][dimension];
        for (float[] row : out) {
            for (int d = 0; d < dimension; d++) {
                row[d] = (float) random.nextGaussian();
            }
        }
        return out;
    }

    private static void scaleToUnit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += x * x;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int d = 0; d < vector.length; d++) {
            vector[d] *= scale;
        }
    }
}
