package io.velesdb;

/**
 * The limits of core-api §9 that the engine enforces. A breach is VELES-027 and names the value and the key; nothing is
 * ever clamped.
 *
 * @param maxDimensions {@code limits.max_dimensions}, 1..65536
 * @param maxVectorsPerCollection {@code limits.max_vectors_per_collection}, rows after the batch
 * @param maxCollections {@code limits.max_collections}
 * @param maxPayloadSize {@code limits.max_payload_size}, bytes of one payload as compact JSON
 * @param maxPerfectModeVectors {@code limits.max_perfect_mode_vectors}, rows that one exact scan may read
 * @param maxResults {@code search.max_results}, the largest k
 * @param queryTimeoutMillis {@code search.query_timeout_ms}, 0 for none
 */
public record Limits(
        int maxDimensions,
        long maxVectorsPerCollection,
        int maxCollections,
        int maxPayloadSize,
        int maxPerfectModeVectors,
        int maxResults,
        long queryTimeoutMillis) {

    /** Entries of one scroll page. */
    public static final int MAX_PAGE = 10_000;

    /** Operations of one atomic batch. */
    public static final int MAX_BATCH_POINTS = 100_000;

    /** Encoded bytes of one atomic batch. */
    public static final int MAX_BATCH_BYTES = 256 << 20;

    public static final Limits DEFAULTS = new Limits(4_096, 100_000_000L, 1_000, 1 << 20, 500_000, 1_000, 30_000);

    public Limits {
        check("limits.max_dimensions", maxDimensions, 1, CollectionSchema.MAX_DIMENSION);
        check("limits.max_vectors_per_collection", maxVectorsPerCollection, 1, 10_000_000_000L);
        check("limits.max_collections", maxCollections, 1, 1_000_000);
        check("limits.max_payload_size", maxPayloadSize, 1, 1 << 30);
        check("limits.max_perfect_mode_vectors", maxPerfectModeVectors, 1, 100_000_000);
        check("search.max_results", maxResults, 1, 10_000);
        check("search.query_timeout_ms", queryTimeoutMillis, 0, 86_400_000);
    }

    private static void check(String key, long value, long low, long high) {
        if (value < low || value > high) {
            throw new VelesException(
                    ErrorCode.CONFIG, key + " is " + value + ": use a value from " + low + " to " + high);
        }
    }
}
