package io.velesdb.memory;

/**
 * What one {@link AgentMemory#autoExpire} did.
 *
 * @param semanticExpired facts forgotten because their time had come
 * @param episodicExpired episodes forgotten because their time had come
 * @param proceduralExpired procedures forgotten because their time had come
 * @param episodicConsolidated old episodes that became facts
 * @param proceduralEvicted procedures removed because nothing relies on them any more
 * @param consolidationTruncated whether old episodes are left for the next call
 */
public record ExpiryReport(
        long semanticExpired,
        long episodicExpired,
        long proceduralExpired,
        long episodicConsolidated,
        long proceduralEvicted,
        boolean consolidationTruncated) {}
