package io.velesdb;

import io.velesdb.value.Json;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration: what it is when nobody sets it, and what it may be.
 *
 * @param name section, dot, key
 * @param usual the default
 * @param rule what values are allowed
 */
record ConfigurationKey(String name, Value usual, Rule rule) {
    private static final Map<String, ConfigurationKey> ALL = new LinkedHashMap<>();

    static {
        choice("search.default_mode", "balanced", "fast", "balanced", "accurate", "perfect");
        wholeOr("search.ef_search", "none", 16, 4_096);
        whole("search.max_results", Limits.DEFAULTS.maxResults(), 1, 10_000);
        whole("search.query_timeout_ms", Limits.DEFAULTS.queryTimeoutMillis(), 0, 86_400_000);
        wholeOr("hnsw.m", "auto", 4, 128);
        wholeOr("hnsw.ef_construction", "auto", 100, 2_000);
        whole("hnsw.max_layers", 0, 0, 64);
        text("storage.data_dir", "./velesdb_data");
        choice("storage.storage_mode", "mmap", "mmap", "memory");
        whole("storage.mmap_cache_mb", 1_024, 1, 1_048_576);
        whole("storage.vector_alignment", 64, 1, 4_096);
        whole("limits.max_dimensions", Limits.DEFAULTS.maxDimensions(), 1, CollectionSchema.MAX_DIMENSION);
        whole("limits.max_vectors_per_collection", Limits.DEFAULTS.maxVectorsPerCollection(), 1, 10_000_000_000L);
        whole("limits.max_collections", Limits.DEFAULTS.maxCollections(), 1, 1_000_000);
        whole("limits.max_payload_size", Limits.DEFAULTS.maxPayloadSize(), 1, 1 << 30);
        whole("limits.max_perfect_mode_vectors", Limits.DEFAULTS.maxPerfectModeVectors(), 1, 100_000_000);
        choice("quantization.mode", "none", "none", "sq8", "binary", "pq", "rabitq");
        flag("quantization.rerank_enabled", true);
        whole("quantization.rerank_multiplier", 4, 0, 1_000);
        flag("quantization.auto_quantization", true);
        whole("quantization.auto_quantization_threshold", 10_000, 1, 100_000_000);
        whole("wal_batch.commit_delay_us", 0, 0, 1_000_000);
        whole("wal_batch.max_batch_size", 128, 1, 100_000);
        whole("query.max_length_bytes", 262_144, 1, Integer.MAX_VALUE);
        whole("query.max_rows", 100_000, 1, Integer.MAX_VALUE);
        whole("query.max_groups", 10_000, 1, 1_000_000);
        whole("query.max_like_terms", 8, 1, Integer.MAX_VALUE);
        wholeOr("query.max_expansion", 32, "unlimited", 1, Integer.MAX_VALUE);
        whole("query.max_fused_vectors", 10, 1, Integer.MAX_VALUE);
        whole("query.max_subquery_depth", 8, 1, 64);
        choice("logging.level", "info", "error", "warn", "info", "debug", "trace");
        choice("logging.format", "text", "text", "json");
        text("logging.file", "stdout");
    }

    /** What values a key takes. */
    @FunctionalInterface
    interface Rule {
        /** What would be right, when {@code value} is not; null when it is. */
        @Nullable
        String refusal(Value value);
    }

    private static void add(String name, Value usual, Rule rule) {
        ALL.put(name, new ConfigurationKey(name, usual, rule));
    }

    private static boolean isWhole(Value value, long least, long most) {
        return value instanceof Value.Int number && number.value() >= least && number.value() <= most;
    }

    private static boolean isText(Value value, String text) {
        return value instanceof Value.Str string && string.text().equals(text);
    }

    private static void whole(String name, long usual, long least, long most) {
        add(name, Value.of(usual), value -> isWhole(value, least, most) ? null : least + " to " + most);
    }

    private static void wholeOr(String name, String usual, long least, long most) {
        wholeOr(name, Value.of(usual), usual, least, most);
    }

    private static void wholeOr(String name, long usual, String word, long least, long most) {
        wholeOr(name, Value.of(usual), word, least, most);
    }

    private static void wholeOr(String name, Value usual, String word, long least, long most) {
        add(
                name,
                usual,
                value -> isWhole(value, least, most) || isText(value, word)
                        ? null
                        : least + " to " + most + ", or \"" + word + "\"");
    }

    private static void choice(String name, String usual, String... allowed) {
        List<String> names = List.of(allowed);
        add(
                name,
                Value.of(usual),
                value -> value instanceof Value.Str string && names.contains(string.text())
                        ? null
                        : "one of " + String.join(", ", names));
    }

    private static void flag(String name, boolean usual) {
        add(name, Value.of(usual), value -> value instanceof Value.Bool ? null : "true or false");
    }

    private static void text(String name, String usual) {
        add(
                name,
                Value.of(usual),
                value -> value instanceof Value.Str string && !string.text().isBlank()
                        ? null
                        : "text that is not blank");
    }

    /** All names, in the order of the documentation. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** @throws VelesException VELES-009 for a name that is none */
    static ConfigurationKey of(String name) {
        ConfigurationKey key = ALL.get(name.equals("quantization.default_type") ? "quantization.mode" : name);
        if (key == null) {
            throw new VelesException(ErrorCode.CONFIG, "unknown configuration key '" + name + "': " + remedy(name));
        }
        return key;
    }

    private static String remedy(String name) {
        String section = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        List<String> near = new ArrayList<>();
        for (String known : ALL.keySet()) {
            if (known.startsWith(section + ".")) {
                near.add(known);
            }
        }
        return near.isEmpty()
                ? "the sections are search, hnsw, storage, limits, quantization, wal_batch, query and logging"
                : section + " has " + String.join(", ", near);
    }

    /**
     * {@code value} as it is kept: names in lower case.
     *
     * @throws VelesException VELES-009 when it is not allowed
     */
    Value checked(Value value) {
        Value kept = value instanceof Value.Str string && !(usual instanceof Value.Str && isFree())
                ? Value.of(string.text().trim().toLowerCase(Locale.ROOT))
                : value;
        String refusal = rule.refusal(kept);
        if (refusal != null) {
            throw new VelesException(ErrorCode.CONFIG, name + " is " + Json.excerpt(value) + ": use " + refusal);
        }
        return kept;
    }

    /** Paths are kept as they are written. */
    private boolean isFree() {
        return name.equals("storage.data_dir") || name.equals("logging.file");
    }
}
