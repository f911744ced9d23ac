package io.velesdb.cli.shell;

import io.velesdb.ErrorCode;
import io.velesdb.GuardRails;
import io.velesdb.VelesException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of single queries by the names that people write, as in {@code max_depth}. */
public enum GuardRailName {
    MAX_DEPTH,
    MAX_CARDINALITY,
    MEMORY_LIMIT_BYTES,
    TIMEOUT_MS,
    RATE_LIMIT_QPS,
    CIRCUIT_FAILURE_THRESHOLD,
    CIRCUIT_RECOVERY_SECONDS;

    /** The limit of this name; null when there is none. */
    public static @Nullable GuardRailName find(String name) {
        return Arrays.stream(values())
                .filter(limit -> limit.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** All names, for a message. */
    public static String all() {
        return Arrays.stream(values())
                .map(GuardRailName::toString)
                .collect(Collectors.joining(", "))
                .replaceFirst(", ([^,]*)$", " or $1");
    }

    /** @throws VelesException VELES-009 for a value out of range */
    public GuardRails set(GuardRails rails, long value) {
        return switch (this) {
            case MAX_DEPTH -> rails.withMaxDepth(whole(value));
            case MAX_CARDINALITY -> rails.withMaxCardinality(value);
            case MEMORY_LIMIT_BYTES -> rails.withMemoryLimitBytes(value);
            case TIMEOUT_MS -> rails.withTimeoutMillis(value);
            case RATE_LIMIT_QPS -> rails.withRateLimitQps(whole(value));
            case CIRCUIT_FAILURE_THRESHOLD -> rails.withCircuit(whole(value), rails.circuitRecoverySeconds());
            case CIRCUIT_RECOVERY_SECONDS -> rails.withCircuit(rails.circuitFailureThreshold(), whole(value));
        };
    }

    long of(GuardRails rails) {
        return switch (this) {
            case MAX_DEPTH -> rails.maxDepth();
            case MAX_CARDINALITY -> rails.maxCardinality();
            case MEMORY_LIMIT_BYTES -> rails.memoryLimitBytes();
            case TIMEOUT_MS -> rails.timeoutMillis();
            case RATE_LIMIT_QPS -> rails.rateLimitQps();
            case CIRCUIT_FAILURE_THRESHOLD -> rails.circuitFailureThreshold();
            case CIRCUIT_RECOVERY_SECONDS -> rails.circuitRecoverySeconds();
        };
    }

    private int whole(long value) {
        if (value != (int) value) {
            throw new VelesException(
                    ErrorCode.CONFIG, this + " is " + value + ": use a whole number up to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
