package io.velesdb;

import io.velesdb.vector.Metric;
import org.jspecify.annotations.Nullable;

/**
 * How the codes of a collection are made and how many candidates are scored exactly. Part of the schema, so that every
 * host makes the same codes; of no effect in storage mode {@code full}.
 *
 * @param oversampling the factor f: a search for k hits scores the best max(k*f, k+32) candidates exactly, 0 none; 0..1000
 * @param threshold vectors at which {@code pq} and {@code rabitq} train themselves, not before the graph begins at 1,500;
 *     0: only when told to
 * @param explicit true when training was asked for: then codes are not learned anew as the collection grows
 * @param bits bits per component of {@code rabitq}, 1..8
 * @param parts sub-spaces (m) of {@code pq}; 0: the largest divisor of the dimension not above a quarter of it
 * @param centroids centroids (k) per sub-space of {@code pq}, 2..256
 * @param rotated whether {@code pq} rotates first (OPQ)
 * @param sample the most vectors that training looks at; 0: as many as are worth it
 * @param seed of everything that is chosen at random
 */
public record Quantization(
        int oversampling,
        int threshold,
        boolean explicit,
        int bits,
        int parts,
        int centroids,
        boolean rotated,
        int sample,
        long seed) {

    /** What a collection has unless asked otherwise. */
    public static final Quantization DEFAULT = new Quantization(4, 10_000, false, 1, 0, 256, false, 0, 0);

    /** @throws VelesException VELES-028 for a value out of range */
    public Quantization {
        check("oversampling", oversampling, 0, 1_000);
        if (threshold != 0) {
            check("auto_quantization_threshold", threshold, 1, Integer.MAX_VALUE);
        }
        check("bits", bits, 1, 8);
        check("m", parts, 0, CollectionSchema.MAX_DIMENSION);
        check("k", centroids, 2, 256);
        check("sample", sample, 0, Integer.MAX_VALUE);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "quantizer option " + name + " is " + value + ": use a value from " + least + " to " + most);
        }
    }

    /** Training to {@code pq} with m sub-spaces of 256 centroids. */
    public static Quantization pq(int parts) {
        return new Quantization(4, 10_000, true, 1, requiredParts(parts), 256, false, 0, 0);
    }

    /** Training to {@code pq} after a learned rotation. */
    public static Quantization opq(int parts) {
        return new Quantization(4, 10_000, true, 1, requiredParts(parts), 256, true, 0, 0);
    }

    /** Training to {@code rabitq}. */
    public static Quantization rabitq(int bits) {
        return new Quantization(4, 10_000, true, bits, 0, 256, false, 0, 0);
    }

    private static int requiredParts(int parts) {
        check("m", parts, 1, CollectionSchema.MAX_DIMENSION);
        return parts;
    }

    /** The same, not to be renewed by itself. */
    Quantization trainedExplicitly() {
        return new Quantization(oversampling, threshold, true, bits, parts, centroids, rotated, sample, seed);
    }

    public Quantization withOversampling(int factor) {
        return new Quantization(factor, threshold, explicit, bits, parts, centroids, rotated, sample, seed);
    }

    public Quantization withThreshold(int vectors) {
        return new Quantization(oversampling, vectors, explicit, bits, parts, centroids, rotated, sample, seed);
    }

    public Quantization withCentroids(int count) {
        return new Quantization(oversampling, threshold, explicit, bits, parts, count, rotated, sample, seed);
    }

    public Quantization withSample(int vectors) {
        return new Quantization(oversampling, threshold, explicit, bits, parts, centroids, rotated, vectors, seed);
    }

    public Quantization withSeed(long other) {
        return new Quantization(oversampling, threshold, explicit, bits, parts, centroids, rotated, sample, other);
    }

    /** The sub-spaces that {@code pq} makes of vectors of a dimension. */
    public int partsFor(int dimension) {
        if (parts > 0) {
            return parts;
        }
        for (int divisor = Math.max(1, dimension / 4); divisor > 1; divisor--) {
            if (dimension % divisor == 0) {
                return divisor;
            }
        }
        return 1;
    }

    /**
     * Refuses what cannot be made of such vectors.
     *
     * @throws VelesException VELES-028
     */
    void requireFor(StorageMode mode, int dimension, @Nullable Metric metric) {
        if (mode == StorageMode.PQ && dimension % partsFor(dimension) != 0) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "quantizer option m is " + parts + ", which does not divide the dimension " + dimension
                            + ": use a divisor of it");
        }
        if (metric == Metric.JACCARD && mode != StorageMode.FULL) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "storage mode " + mode.canonicalName() + " has no estimate for the metric jaccard: use full");
        }
    }
}
