package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.VelesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration file: TOML, of which sections, whole numbers and comments are understood, because the limits of the
 * engine are all that this command line configures. Sections of the server are passed over, so that one file can serve
 * both. Any other key is an error: a misspelt limit must not be silently unlimited.
 */
final class ConfigFile {
    private static final Set<String> NOT_OURS = Set.of("server", "auth", "cors", "tls", "rate_limit", "logging");
    private static final List<String> KEYS = List.of(
            "limits.max_dimensions",
            "limits.max_vectors_per_collection",
            "limits.max_collections",
            "limits.max_payload_size",
            "limits.max_perfect_mode_vectors",
            "search.max_results",
            "search.query_timeout_ms");

    private final Path file;
    private final Map<String, Long> values = new HashMap<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** @throws VelesException VELES-009 for an unknown key or a bad value, VELES-011 when the file cannot be read */
    static Limits read(Path file) {
        ConfigFile config = new ConfigFile(file);
        try {
            config.parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config.limits();
    }

    private void parse(List<String> lines) {
        String section = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else if (!NOT_OURS.contains(section.replaceFirst("\\..*", ""))) {
                value(section, line, i + 1);
            }
        }
    }

    private void value(String section, String line, int number) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw wrong(number, "'" + line + "' is neither a [section] nor a key = value");
        }
        String name = line.substring(0, equals).strip();
        String key = section.isEmpty() ? name : section + "." + name;
        if (!KEYS.contains(key)) {
            throw wrong(number, "unknown key " + key + "; known are " + String.join(", ", KEYS));
        }
        String text = line.substring(equals + 1).strip();
        if (!text.matches("[0-9](_?[0-9]){0,15}")) {
            throw wrong(number, key + " is " + text + ", not a whole number");
        }
        if (values.put(key, Long.parseLong(text.replace("_", ""))) != null) {
            throw wrong(number, key + " comes twice");
        }
    }

    private Limits limits() {
        Limits usual = Limits.DEFAULTS;
        return new Limits(
                small("limits.max_dimensions", usual.maxDimensions()),
                values.getOrDefault("limits.max_vectors_per_collection", usual.maxVectorsPerCollection()),
                small("limits.max_collections", usual.maxCollections()),
                small("limits.max_payload_size", usual.maxPayloadSize()),
                small("limits.max_perfect_mode_vectors", usual.maxPerfectModeVectors()),
                small("search.max_results", usual.maxResults()),
                values.getOrDefault("search.query_timeout_ms", usual.queryTimeoutMillis()));
    }

    private int small(String key, int usual) {
        long value = values.getOrDefault(key, (long) usual);
        if (value > Integer.MAX_VALUE) {
            throw new VelesException(ErrorCode.CONFIG, file + ": " + key + " is " + value + ", which is too large");
        }
        return (int) value;
    }

    private VelesException wrong(int line, String text) {
        return new VelesException(ErrorCode.CONFIG, file + ", line " + line + ": " + text);
    }
}
