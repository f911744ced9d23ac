package io.velesdb.cli;

import io.velesdb.Configuration;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration file: TOML, of which sections, comments, whole numbers, truth values and text in quotes are understood,
 * because no key of the engine takes anything else. Sections of the server are passed over, so that one file can serve both.
 * Any other key is an error: a misspelt limit must not be silently unlimited.
 */
final class ConfigFile {
    private static final Set<String> NOT_OURS = Set.of("server", "auth", "cors", "tls", "rate_limit");
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_.-]+)\\s*=\\s*(.*)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9](_?[0-9]){0,17}");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    private final Path file;
    private final Set<String> seen = new HashSet<>();
    private Configuration configuration = Configuration.DEFAULTS;

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** @throws VelesException VELES-009 for an unknown key or a bad value, VELES-011 when the file cannot be read */
    static Configuration read(Path file) {
        ConfigFile config = new ConfigFile(file);
        try {
            config.parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config.configuration;
    }

    private void parse(List<String> lines) {
        String section = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = withoutComment(lines.get(i)).strip();
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else if (!NOT_OURS.contains(section.replaceFirst("\\..*", ""))) {
                set(section, line, i + 1);
            }
        }
    }

    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '"' && c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private void set(String section, String line, int number) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw wrong(number, "'" + line + "' is neither a [section] nor a key = value");
        }
        String key = section.isEmpty() ? parts.group(1) : section + "." + parts.group(1);
        if (!seen.add(key)) {
            throw wrong(number, key + " comes twice");
        }
        try {
            configuration = configuration.with(key, value(parts.group(2), key, number));
        } catch (VelesException refusal) {
            String code = "[" + refusal.code().text() + "] ";
            throw wrong(number, String.valueOf(refusal.getMessage()).replace(code, ""));
        }
    }

    private Value value(String text, String key, int number) {
        if (NUMBER.matcher(text).matches()) {
            return Value.of(Long.parseLong(text.replace("_", "")));
        }
        if (text.equals("true") || text.equals("false")) {
            return Value.of(text.equals("true"));
        }
        if (LITERAL.matcher(text).matches()) {
            return Value.of(text.substring(1, text.length() - 1));
        }
        if (TEXT.matcher(text).matches()) {
            // the escapes that matter are those of JSON
            return Json.parse(text);
        }
        throw wrong(number, key + " is " + text + ": write a whole number, true, false, or text in quotes");
    }

    private VelesException wrong(int line, String text) {
        String place = file + ", line " + line + ": ";
        return new VelesException(ErrorCode.CONFIG, text.startsWith(place) ? text : place + text);
    }
}
