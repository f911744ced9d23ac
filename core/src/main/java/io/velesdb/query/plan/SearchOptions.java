package io.velesdb.query.plan;

import io.velesdb.SearchRequest;
import io.velesdb.VelesException;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.query.ast.Option;
import io.velesdb.value.Json;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of WITH (section 11.2). Names in any case; of a repeated option the first counts; what is unknown or does
 * not fit is left out and remembered for EXPLAIN.
 *
 * @param effort how hard the vector index tries
 * @param timeoutMillis null for the default
 * @param maxGroups the group budget, null for the default
 * @param oversampling the factor of candidates that are scored exactly in a quantized collection, 0 for the scores of its
 *     codes, null for its own
 * @param rescores whether candidates are scored exactly even where the collection's own factor is 0
 * @param inForce what was taken, as {@code name = value}
 * @param ignored what was not
 */
public record SearchOptions(
        Effort effort,
        @Nullable Long timeoutMillis,
        @Nullable Integer maxGroups,
        @Nullable Integer oversampling,
        boolean rescores,
        List<String> inForce,
        List<String> ignored) {
    private static final int MOST_GROUPS = 1_000_000;

    /** No WITH. */
    public static final SearchOptions DEFAULTS =
            new SearchOptions(Effort.USUAL, null, null, null, false, List.of(), List.of());

    /** Reads the options of a statement. */
    public static SearchOptions of(List<Option> options) {
        return options.isEmpty() ? DEFAULTS : new Reader().read(options);
    }

    /** What candidates are scored by in a quantized collection. */
    private enum Precision {
        /** All that the walk found by their vectors. */
        EXACT,
        /** By their codes alone. */
        CODES,
        /** By their codes, and the best by their vectors. */
        DUAL,
        /** As the collection has it. */
        USUAL
    }

    private static final class Reader {
        private @Nullable Effort mode;
        private @Nullable Effort quality;
        private @Nullable Effort ef;
        private @Nullable Long timeoutMillis;
        private @Nullable Integer maxGroups;
        private @Nullable Integer oversampling;
        private @Nullable Boolean rerank;
        private @Nullable Precision precision;
        private final List<String> inForce = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();

        SearchOptions read(List<Option> options) {
            Set<String> seen = new HashSet<>();
            for (Option option : options) {
                String name = option.name().text().toLowerCase(Locale.ROOT);
                String text = name + " = " + text(option.value().value());
                boolean taken = seen.add(name) && take(name, option.value().value());
                (taken ? inForce : ignored).add(text);
            }
            Effort effort = ef != null ? ef : mode != null ? mode : quality != null ? quality : Effort.USUAL;
            return new SearchOptions(
                    effort,
                    timeoutMillis,
                    maxGroups,
                    factor(),
                    Boolean.TRUE.equals(rerank) || precision == Precision.DUAL,
                    List.copyOf(inForce),
                    List.copyOf(ignored));
        }

        /** What is asked for expressly wins over what a precision stands for. */
        private @Nullable Integer factor() {
            if (rerank != null && !rerank) {
                return 0;
            }
            if (oversampling != null || precision == null) {
                return oversampling;
            }
            return switch (precision) {
                case EXACT -> SearchRequest.MAX_OVERSAMPLING;
                case CODES -> rerank == null ? 0 : null;
                case DUAL, USUAL -> null;
            };
        }

        private boolean take(String name, Value value) {
            switch (name) {
                case "mode":
                    mode = effort(value);
                    return mode != null;
                case "quality":
                    quality = effort(value);
                    return quality != null;
                case "ef_search":
                    ef = value instanceof Value.Int n && n.value() >= 1 && n.value() <= 65_536
                            ? Effort.custom((int) n.value())
                            : null;
                    return ef != null;
                case "timeout_ms":
                    timeoutMillis = value instanceof Value.Int n && n.value() >= 0 ? n.value() : null;
                    return timeoutMillis != null;
                case "max_groups", "group_limit":
                    if (value instanceof Value.Int n && n.value() >= 1) {
                        if (maxGroups == null) {
                            maxGroups = (int) Math.min(MOST_GROUPS, n.value());
                        }
                        return true;
                    }
                    return false;
                case "rerank":
                    rerank = value instanceof Value.Bool b ? Boolean.valueOf(b.value()) : null;
                    return rerank != null;
                case "oversampling":
                    oversampling = value instanceof Value.Int n && n.value() >= 1 && n.value() <= 1_000
                            ? Integer.valueOf((int) n.value())
                            : null;
                    return oversampling != null;
                case "quantization":
                    precision = value instanceof Value.Str s ? precision(s.text()) : null;
                    return precision != null;
                default:
                    return false;
            }
        }

        private static @Nullable Precision precision(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "f32", "full", "exact" -> Precision.EXACT;
                case "int8", "sq8", "quantized" -> Precision.CODES;
                case "dual", "hybrid" -> Precision.DUAL;
                case "auto", "default" -> Precision.USUAL;
                default -> null;
            };
        }

        private static @Nullable Effort effort(Value value) {
            if (!(value instanceof Value.Str text)) {
                return null;
            }
            String name = text.text().toLowerCase(Locale.ROOT);
            if (name.equals("auto") || name.equals("auto_tune")) {
                return Effort.AUTOTUNE;
            }
            try {
                return Effort.parse(name);
            } catch (VelesException e) {
                return null;
            }
        }

        private static String text(Value value) {
            return value instanceof Value.Str s ? s.text() : Json.write(value);
        }
    }
}
