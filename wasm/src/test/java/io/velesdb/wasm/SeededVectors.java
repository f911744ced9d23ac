package io.velesdb.wasm;

/**
 * Vectors out of integers, the same in Java and in {@code src/test/node/vectors.mjs}: each component is one of 16 centres
 * plus an eighth of noise, both multiples of 2^-23 in [-1, 1), added in double and rounded once to float.
 */
final class SeededVectors {
    private int state;

    private SeededVectors(int seed) {
        state = seed * 0x9E3779B1 + 0x7F4A7C15;
        if (state == 0) {
            state = 1;
        }
    }

    static float[] vector(int seed, int dimension) {
        SeededVectors noise = new SeededVectors(seed);
        SeededVectors centre = new SeededVectors(-1 - (noise.next() & 15));
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (centre.component() + noise.component() * 0.125);
        }
        return vector;
    }

    private double component() {
        return ((next() >>> 8) - 8388608) / 8388608.0;
    }

    /** Marsaglia's xorshift32. */
    private int next() {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state;
    }
}
