package io.velesdb.cli.shell;

import io.velesdb.Configuration;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code \set} sets. Some settings are the shell's own, the others are those of the database under a shorter name. */
final class Settings {
    /** Settings of the database: the name here and the key there. */
    private static final Map<String, String> KEYS = Map.of(
            "mode", "search.default_mode",
            "ef_search", "search.ef_search",
            "timeout_ms", "search.query_timeout_ms",
            "max_results", "search.max_results");

    static final List<String> NAMES =
            List.of("format", "timing", "collection", "mode", "ef_search", "timeout_ms", "max_results");

    private final Configuration initial;
    private final boolean interactive;
    private Configuration configuration;
    private ResultFormat format = ResultFormat.TABLE;
    private boolean timing;
    private @Nullable String collection;

    Settings(Configuration configuration, boolean interactive) {
        this.initial = configuration;
        this.configuration = configuration;
        this.interactive = interactive;
        this.timing = interactive;
    }

    ResultFormat format() {
        return format;
    }

    boolean timing() {
        return timing;
    }

    /** The collection of statements that name none, as MATCH; null for none. */
    @Nullable
    String collection() {
        return collection;
    }

    Configuration configuration() {
        return configuration;
    }

    /** @throws VelesException VELES-009 for an unknown name or a value that is not allowed; nothing has changed then */
    void set(String name, String value) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "format" -> format = parseFormat(value);
            case "timing" -> timing = parseSwitch(value);
            case "collection" -> collection = value.equalsIgnoreCase("none") ? null : value;
            default -> configuration = configuration.with(key(name), parsed(value));
        }
    }

    void reset(String name) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "format" -> format = ResultFormat.TABLE;
            case "timing" -> timing = interactive;
            case "collection" -> collection = null;
            default -> configuration = configuration.with(key(name), initial.get(key(name)));
        }
    }

    private static String key(String name) {
        String key = KEYS.get(name.toLowerCase(Locale.ROOT));
        if (key == null) {
            throw new VelesException(
                    ErrorCode.CONFIG,
                    "there is no setting '" + name + "': use " + String.join(", ", NAMES)
                            + "; what one statement needs is written in its WITH (…)");
        }
        return key;
    }

    private static Object parsed(String value) {
        if (value.matches("-?[0-9]{1,18}")) {
            return Long.parseLong(value);
        }
        return value.equalsIgnoreCase("auto") ? "none" : value;
    }

    private static ResultFormat parseFormat(String value) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format.canonicalName().equalsIgnoreCase(value)) {
                return format;
            }
        }
        String names = Arrays.stream(ResultFormat.values())
                .map(ResultFormat::canonicalName)
                .collect(Collectors.joining(", "));
        throw new VelesException(ErrorCode.CONFIG, "there is no format '" + value + "': use one of " + names);
    }

    private static boolean parseSwitch(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new VelesException(ErrorCode.CONFIG, "timing is on or off, not '" + value + "'");
        };
    }

    /** All of them with their values. */
    Obj toJson() {
        Obj.Builder all = Obj.builder();
        for (String name : NAMES) {
            all.put(
                    name,
                    switch (name) {
                        case "format" -> Value.of(format.canonicalName());
                        case "timing" -> Value.of(timing ? "on" : "off");
                        case "collection" -> Value.of(collection == null ? "none" : collection);
                        default -> shown(configuration.get(key(name)));
                    });
        }
        return all.build();
    }

    private static Value shown(Value value) {
        return value instanceof Value.Str text && text.text().equals("none") ? Value.of("auto") : value;
    }
}
