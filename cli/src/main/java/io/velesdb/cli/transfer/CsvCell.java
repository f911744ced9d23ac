package io.velesdb.cli.transfer;

import io.velesdb.value.Json;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** A cell of comma-separated values (RFC 4180). */
public final class CsvCell {
    private CsvCell() {}

    /** A payload value: text as it is, null as nothing, everything else as JSON. */
    public static void value(@Nullable Value value, StringBuilder line) {
        if (value instanceof Value.Str string) {
            text(string.text(), line);
        } else if (value != null && !(value instanceof Value.Null)) {
            text(Json.write(value), line);
        }
    }

    /** Text, in quotes where it has to be; the empty text always, which tells it from nothing. */
    public static void text(String text, StringBuilder line) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        if (plain) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}
