package io.velesdb;

/**
 * Limits of single queries that may be changed while the database is open; a change acts at once on every collection. A
 * breach is VELES-027.
 *
 * @param maxDepth {@code max_depth}, the deepest that a traversal may be asked to go, 1..100
 * @param maxCardinality {@code max_cardinality}, rows that one operator of a query may hold at once
 * @param memoryLimitBytes {@code memory_limit_bytes}, bytes that one query may hold at once
 * @param timeoutMillis {@code timeout_ms}, for one query; 0 for none
 * @param rateLimitQps {@code rate_limit_qps}, requests per second of one client on one collection; only calls with a
 *     client id are counted
 * @param circuitFailureThreshold {@code circuit_failure_threshold}, failures in a row of one client on one collection
 *     after which its calls are refused
 * @param circuitRecoverySeconds {@code circuit_recovery_seconds}, how long they are refused
 */
public record GuardRails(
        int maxDepth,
        long maxCardinality,
        long memoryLimitBytes,
        long timeoutMillis,
        int rateLimitQps,
        int circuitFailureThreshold,
        int circuitRecoverySeconds) {
    public static final GuardRails DEFAULTS = new GuardRails(100, 1_000_000, 104_857_600, 30_000, 100_000, 5, 30);

    /** @throws VelesException VELES-009 for a value out of range */
    public GuardRails {
        check("max_depth", maxDepth, 1, 100);
        check("max_cardinality", maxCardinality, 1, 1_000_000_000_000L);
        check("memory_limit_bytes", memoryLimitBytes, 1, 1L << 50);
        check("timeout_ms", timeoutMillis, 0, 86_400_000);
        check("rate_limit_qps", rateLimitQps, 1, Integer.MAX_VALUE);
        check("circuit_failure_threshold", circuitFailureThreshold, 1, Integer.MAX_VALUE);
        check("circuit_recovery_seconds", circuitRecoverySeconds, 1, Integer.MAX_VALUE);
    }

    public GuardRails withMaxDepth(int depth) {
        return new GuardRails(
                depth,
                maxCardinality,
                memoryLimitBytes,
                timeoutMillis,
                rateLimitQps,
                circuitFailureThreshold,
                circuitRecoverySeconds);
    }

    public GuardRails withMaxCardinality(long rows) {
        return new GuardRails(
                maxDepth,
                rows,
                memoryLimitBytes,
                timeoutMillis,
                rateLimitQps,
                circuitFailureThreshold,
                circuitRecoverySeconds);
    }

    public GuardRails withMemoryLimitBytes(long bytes) {
        return new GuardRails(
                maxDepth,
                maxCardinality,
                bytes,
                timeoutMillis,
                rateLimitQps,
                circuitFailureThreshold,
                circuitRecoverySeconds);
    }

    public GuardRails withTimeoutMillis(long millis) {
        return new GuardRails(
                maxDepth,
                maxCardinality,
                memoryLimitBytes,
                millis,
                rateLimitQps,
                circuitFailureThreshold,
                circuitRecoverySeconds);
    }

    public GuardRails withRateLimitQps(int requests) {
        return new GuardRails(
                maxDepth,
                maxCardinality,
                memoryLimitBytes,
                timeoutMillis,
                requests,
                circuitFailureThreshold,
                circuitRecoverySeconds);
    }

    public GuardRails withCircuit(int failureThreshold, int recoverySeconds) {
        return new GuardRails(
                maxDepth,
                maxCardinality,
                memoryLimitBytes,
                timeoutMillis,
                rateLimitQps,
                failureThreshold,
                recoverySeconds);
    }

    private static void check(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new VelesException(ErrorCode.CONFIG, key + " is " + value + ": use " + least + " to " + most);
        }
    }
}
