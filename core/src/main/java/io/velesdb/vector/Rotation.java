package io.velesdb.vector;

/**
 * A fixed pseudo-random rotation that takes n log n steps: three rounds of signs, then a fast Hadamard transform of the
 * first and one of the last 2^k components, 2^k being the largest power of two that fits (Johnson-Lindenstrauss by
 * random signs and Hadamard: Ailon &amp; Chazelle 2006; both ends for lengths between powers of two: Gao &amp; Long 2024).
 * It spreads the information of a vector evenly over its components, which is what a code of few bits per component
 * needs. Immutable; every host must get the same bits, so the order of operations is part of the definition.
 */
public final class Rotation {
    /** Rounds of signs and transforms. */
    public static final int ROUNDS = 3;

    private final int length;
    private final int power;
    private final float scale;
    private final float[] factors;

    /** The rotation of vectors of {@code length} components. */
    public Rotation(int length) {
        this(length, 0);
    }

    /** Another rotation for every seed. */
    public Rotation(int length, long seed) {
        this.length = length;
        power = Integer.highestOneBit(length);
        scale = (float) (1 / Math.sqrt(power));
        factors = new float[ROUNDS * length];
        long state = length + SplitMix64.finalise(seed);
        for (int i = 0; i < factors.length; i++) {
            state += 0x9E3779B97F4A7C15L;
            float sign = SplitMix64.finalise(state) < 0 ? -1f : 1f;
            // the transform's scale of the first end rides on the signs
            factors[i] = i % length < power ? sign * scale : sign;
        }
    }

    /** The number of components. */
    public int length() {
        return length;
    }

    /** The length of one Hadamard transform. */
    public int power() {
        return power;
    }

    /** What the components of the last {@link #power} are multiplied by before the second transform. */
    public float scale() {
        return scale;
    }

    /** Round r multiplies component j by {@code factors[r * length + j]}; shared, not to be written. */
    public float[] factors() {
        return factors;
    }

    /** Rotates {@code v[0..length)} in place. */
    public void apply(float[] v) {
        for (int r = 0; r < ROUNDS; r++) {
            for (int j = 0; j < length; j++) {
                v[j] *= factors[r * length + j];
            }
            hadamard(v, 0, power);
            if (power < length) {
                for (int j = length - power; j < length; j++) {
                    v[j] *= scale;
                }
                hadamard(v, length - power, power);
            }
        }
    }

    private static void hadamard(float[] v, int from, int count) {
        for (int h = 1; h < count; h <<= 1) {
            for (int a = from; a < from + count; a += 2 * h) {
                for (int j = a; j < a + h; j++) {
                    float x = v[j];
                    float y = v[j + h];
                    v[j] = x + y;
                    v[j + h] = x - y;
                }
            }
        }
    }
}
