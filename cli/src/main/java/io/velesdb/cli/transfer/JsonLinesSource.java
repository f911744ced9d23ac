package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line: {@code {"id": 12, "vector": [..], "payload": {..}}}, also with {@code sparse_vectors} by name. An
 * object without {@code payload} may carry
 * its fields beside id and vector; they make up the payload.
 */
final class JsonLinesSource implements PointSource {
    private final InputStream in;
    private final CountingStream bytes;
    private final Columns columns;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
    private int at;
    private int end;
    private long number;

    JsonLinesSource(InputStream in, CountingStream bytes, Columns columns) {
        this.in = in;
        this.bytes = bytes;
        this.columns = columns;
    }

    @Override
    public @Nullable ImportLine next() throws IOException {
        while (readLine()) {
            number++;
            byte[] text = line.toByteArray();
            int start = number == 1 ? byteOrderMark(text) : 0;
            if (isBlank(text, start)) {
                continue;
            }
            try {
                return ImportLine.of(number, point(Json.parse(text, start, text.length)));
            } catch (VelesException e) {
                return ImportLine.bad(number, e);
            }
        }
        return null;
    }

    private Point point(Value value) {
        if (!(value instanceof Obj object)) {
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "the line is not an object; write {\"id\":1,\"vector\":[0.5],\"payload\":{}}");
        }
        float[] vector = PointBuilder.vector(columns.vector(), object.get(columns.vector()));
        return PointBuilder.point(columns, number, object.get(columns.id()), vector, payload(object))
                .withSparse(PointBuilder.sparse(object.get(PointBuilder.SPARSE)));
    }

    private @Nullable Obj payload(Obj object) {
        Value payload = object.get("payload");
        if (payload == null) {
            Obj fields = object.without(columns.vector()).without(PointBuilder.SPARSE);
            fields = columns.lineIds() ? fields : fields.without(columns.id());
            return fields.isEmpty() ? null : fields;
        }
        if (payload instanceof Value.Null) {
            return null;
        }
        if (!(payload instanceof Obj fields)) {
            throw new VelesException(ErrorCode.SCHEMA_VALIDATION, "payload is neither an object nor null");
        }
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            if (!name.equals("payload")
                    && !name.equals(columns.id())
                    && !name.equals(columns.vector())
                    && !name.equals(PointBuilder.SPARSE)) {
                throw new VelesException(
                        ErrorCode.SERIALIZATION, "'" + name + "' stands beside payload; put it into payload");
            }
        }
        return fields;
    }

    /** Takes one line without its end; false when there is none left. */
    private boolean readLine() throws IOException {
        line.reset();
        boolean found = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = in.read(buffer, 0, buffer.length);
                if (end <= 0) {
                    end = 0;
                    return found;
                }
            }
            found = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > LONGEST_LINE) {
                throw new VelesException(
                        ErrorCode.GUARD_RAIL,
                        "line " + (number + 1) + " has more than " + LONGEST_LINE
                                + " bytes; is this a file of JSON lines?");
            }
            if (at < end) {
                at++;
                return true;
            }
        }
    }

    private static int byteOrderMark(byte[] text) {
        boolean marked = text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static boolean isBlank(byte[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public long position() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
