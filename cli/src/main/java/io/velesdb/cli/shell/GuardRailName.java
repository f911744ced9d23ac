package io.velesdb.cli.shell;

import io.velesdb.ErrorCode;
import io.velesdb.GuardRails;
import io.velesdb.VelesException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of single queries by the names that people write, as in {@code max_depth}. */
public enum GuardRailName {
    MAX_DEPTH(GuardRails::maxDepth, (rails, value) -> rails.withMaxDepth(whole("max_depth", value))),
    MAX_CARDINALITY(GuardRails::maxCardinality, GuardRails::withMaxCardinality),
    MEMORY_LIMIT_BYTES(GuardRails::memoryLimitBytes, GuardRails::withMemoryLimitBytes),
    TIMEOUT_MS(GuardRails::timeoutMillis, GuardRails::withTimeoutMillis),
    RATE_LIMIT_QPS(GuardRails::rateLimitQps, (rails, value) -> rails.withRateLimitQps(whole("rate_limit_qps", value))),
    CIRCUIT_FAILURE_THRESHOLD(
            GuardRails::circuitFailureThreshold,
            (rails, value) ->
                    rails.withCircuit(whole("circuit_failure_threshold", value), rails.circuitRecoverySeconds())),
    CIRCUIT_RECOVERY_SECONDS(
            GuardRails::circuitRecoverySeconds,
            (rails, value) ->
                    rails.withCircuit(rails.circuitFailureThreshold(), whole("circuit_recovery_seconds", value)));

    /** One limit changed. */
    private interface Setter {
        GuardRails set(GuardRails rails, long value);
    }

    private final ToLongFunction<GuardRails> getter;
    private final Setter setter;

    GuardRailName(ToLongFunction<GuardRails> getter, Setter setter) {
        this.getter = getter;
        this.setter = setter;
    }

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
        return setter.set(rails, value);
    }

    long of(GuardRails rails) {
        return getter.applyAsLong(rails);
    }

    private static int whole(String name, long value) {
        if (value != (int) value) {
            throw new VelesException(
                    ErrorCode.CONFIG, name + " is " + value + ": use a whole number up to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
