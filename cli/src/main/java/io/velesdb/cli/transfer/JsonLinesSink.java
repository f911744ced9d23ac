package io.velesdb.cli.transfer;

import io.velesdb.Point;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.io.Writer;

/** Writes what {@link JsonLinesSource} reads, without loss. */
public final class JsonLinesSink implements PointSink {
    private final Writer out;
    private final boolean withVectors;

    public JsonLinesSink(Writer out, boolean withVectors) {
        this.out = out;
        this.withVectors = withVectors;
    }

    @Override
    public void write(Point point) throws IOException {
        StringBuilder line = new StringBuilder("{\"id\":").append(Ids.format(point.id()));
        if (withVectors && point.vector() != null) {
            line.append(",\"vector\":");
            vector(point.vector(), line);
        }
        if (withVectors && !point.sparse().isEmpty()) {
            Obj.Builder vectors = Obj.builder();
            point.sparse().forEach((name, vector) -> vectors.put(name, vector.toJson()));
            line.append(",\"").append(PointBuilder.SPARSE).append("\":").append(Json.write(vectors.build()));
        }
        // A payload is always written: without one, the reader would take other members for it.
        line.append(",\"payload\":").append(point.payload() == null ? "null" : Json.write(point.payload()));
        out.append(line.append("}\n"));
    }

    /** The shortest text of each float that reads back as the same bits. */
    static void vector(float[] vector, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < vector.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(vector[i]);
        }
        out.append(']');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
