package io.velesdb.cli.transfer;

import io.velesdb.Point;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what {@link CsvSource} reads; arrays and objects as JSON. */
public final class CsvSink implements PointSink {
    private final Writer out;
    private final List<String> fields;
    private final boolean withVectors;

    /**
     * A member named {@code id} is no column of its own: it is the text that the id was derived from, and stands in the id's
     * column.
     *
     * @param fields the payload's members that become columns; others are not written
     */
    public CsvSink(Writer out, List<String> fields, boolean withVectors) throws IOException {
        this.out = out;
        this.fields = fields.stream()
                .filter(field -> !field.equals("id") && !field.equals("vector"))
                .toList();
        this.withVectors = withVectors;
        StringBuilder heading = new StringBuilder("id");
        for (String field : this.fields) {
            cell(field, heading.append(','));
        }
        out.append(heading.append(withVectors ? ",vector\n" : "\n"));
    }

    @Override
    public void write(Point point) throws IOException {
        StringBuilder line = new StringBuilder();
        Obj payload = point.payload() == null ? Obj.EMPTY : point.payload();
        String text = payload.text("id");
        cell(text != null && Ids.derive(text) == point.id() ? text : Ids.format(point.id()), line);
        for (String field : fields) {
            value(payload.get(field), line.append(','));
        }
        if (withVectors) {
            line.append(',');
            if (point.vector() != null) {
                line.append('"');
                JsonLinesSink.vector(point.vector(), line);
                line.append('"');
            }
        }
        out.append(line.append('\n'));
    }

    private static void value(@Nullable Value value, StringBuilder line) {
        if (value instanceof Value.Str string) {
            cell(string.text(), line);
        } else if (value != null && !(value instanceof Value.Null)) {
            cell(Json.write(value), line);
        }
    }

    private static void cell(String text, StringBuilder line) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        if (plain) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
