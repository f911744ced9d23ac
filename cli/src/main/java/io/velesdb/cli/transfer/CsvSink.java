package io.velesdb.cli.transfer;

import io.velesdb.Point;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

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
            CsvCell.text(field, heading.append(','));
        }
        out.append(heading.append(withVectors ? ",vector\n" : "\n"));
    }

    @Override
    public void write(Point point) throws IOException {
        StringBuilder line = new StringBuilder();
        Obj payload = point.payload() == null ? Obj.EMPTY : point.payload();
        String text = payload.text("id");
        CsvCell.text(text != null && Ids.derive(text) == point.id() ? text : Ids.format(point.id()), line);
        for (String field : fields) {
            CsvCell.value(payload.get(field), line.append(','));
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

    @Override
    public void close() throws IOException {
        out.close();
    }
}
