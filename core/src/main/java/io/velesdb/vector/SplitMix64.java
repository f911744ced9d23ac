package io.velesdb.vector;

/** The finaliser of SplitMix64 (Steele, Lea &amp; Flood 2014): a fixed mixing of 64 bits. */
public final class SplitMix64 {
    private SplitMix64() {}

    /** Mixes all bits of {@code z} into all bits of the result. */
    public static long finalise(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
