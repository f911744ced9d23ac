package io.velesdb.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static List<ImportLine> read(Columns columns, byte[] bytes) throws IOException {
        List<ImportLine> lines = new ArrayList<>();
        try (PointSource source = PointSource.jsonLines(new ByteArrayInputStream(bytes), columns)) {
            for (ImportLine line = source.next(); line != null; line = source.next()) {
                lines.add(line);
            }
            assertThat(source.position()).isEqualTo(bytes.length);
        }
        return lines;
    }

    private static List<ImportLine> read(String text) throws IOException {
        return read(Columns.USUAL, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Point one(Columns columns, String text) throws IOException {
        List<ImportLine> lines = read(columns, text.getBytes(StandardCharsets.UTF_8));
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().problem()).isNull();
        return lines.getFirst().point();
    }

    @Test
    void readsIdVectorAndPayload() throws IOException {
        Point point = one(Columns.USUAL, "{\"id\":12,\"vector\":[0.5,-1,1e3],\"payload\":{\"a\":[1]}}\n");
        assertThat(point.id()).isEqualTo(12);
        assertThat(point.vector()).containsExactly(0.5f, -1, 1000);
        assertThat(point.payload()).isEqualTo(Obj.of("a", List.of(1)));
    }

    @Test
    void takesTheOtherMembersForThePayloadWhenThereIsNone() throws IOException {
        Point point = one(Columns.USUAL, "{\"id\":1,\"title\":\"Emma\",\"year\":1815}");
        assertThat(point.vector()).isNull();
        assertThat(point.payload()).isEqualTo(Obj.of("title", "Emma", "year", 1815));
        assertThat(one(Columns.USUAL, "{\"id\":1}").payload()).isNull();
        assertThat(one(Columns.USUAL, "{\"id\":1,\"payload\":null}").payload()).isNull();
    }

    @Test
    void derivesAnIdFromTextAndKeepsTheText() throws IOException {
        Point point = one(Columns.USUAL, "{\"id\":\"isbn-7\",\"payload\":{\"a\":1}}");
        assertThat(point.id()).isEqualTo(Ids.derive("isbn-7"));
        assertThat(point.payload()).isEqualTo(Obj.of("a", 1, "id", "isbn-7"));
        assertThat(one(Columns.USUAL, "{\"id\":\"18446744073709551615\"}").id()).isEqualTo(-1L);
    }

    @Test
    void takesOtherNamesAndLineNumbers() throws IOException {
        Point point = one(new Columns("key", "embedding", false, false), "{\"key\":3,\"embedding\":[1],\"id\":\"x\"}");
        assertThat(point.id()).isEqualTo(3);
        assertThat(point.vector()).containsExactly(1);
        assertThat(point.payload()).isEqualTo(Obj.of("id", "x"));
        Point numbered = one(new Columns("id", "vector", true, false), "\n\n{\"id\":\"x\",\"a\":1}");
        assertThat(numbered.id()).isEqualTo(3);
        assertThat(numbered.payload()).isEqualTo(Obj.of("id", "x", "a", 1));
    }

    @Test
    void goesOnAfterBadLinesAndNumbersThem() throws IOException {
        List<ImportLine> lines = read("""
                {"id":1}
                not json

                [1]
                {"vector":[1]}
                {"id":-1}
                {"id":2,"vector":"x"}
                {"id":2,"vector":[1,"x"]}
                {"id":2,"payload":7}
                {"id":2,"payload":{},"title":"x"}
                {"id":3}
                """);
        assertThat(lines).extracting(ImportLine::number).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(lines.subList(1, 9))
                .extracting(l -> l.problem().code())
                .containsExactly(
                        ErrorCode.SERIALIZATION,
                        ErrorCode.SERIALIZATION,
                        ErrorCode.SERIALIZATION,
                        ErrorCode.OVERFLOW,
                        ErrorCode.INVALID_VECTOR,
                        ErrorCode.INVALID_VECTOR,
                        ErrorCode.SCHEMA_VALIDATION,
                        ErrorCode.SERIALIZATION);
        assertThat(lines.get(3).problem()).hasMessageContaining("--id-column");
        assertThat(lines.get(6).problem()).hasMessageContaining("vector[1] is \"x\"");
        assertThat(lines.getLast().point().id()).isEqualTo(3);
    }

    @Test
    void readsByteOrderMarkWindowsLineEndsAndNoEndAtTheEnd() throws IOException {
        List<ImportLine> lines = read("\uFEFF{\"id\":1}\r\n  \r\n{\"id\":2}");
        assertThat(lines).extracting(l -> l.point().id()).containsExactly(1L, 2L);
    }

    @Test
    void reportsBytesThatAreNotUtf8AsTheirLine() throws IOException {
        byte[] bytes = "{\"id\":1,\"a\":\"x\"}\n{\"id\":2}\n".getBytes(StandardCharsets.UTF_8);
        bytes[13] = (byte) 0xFF;
        List<ImportLine> lines = read(Columns.USUAL, bytes);
        assertThat(lines.get(0).problem()).isNotNull();
        assertThat(lines.get(1).point().id()).isEqualTo(2);
    }

    @Test
    void givesUpOnALineWithoutEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        assertThatThrownBy(() -> PointSource.jsonLines(endless, Columns.USUAL).next())
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_RAIL));
    }

    @Test
    void writesWhatItReadsWithTheSameBits() throws IOException {
        float[] vector = {0.1f, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, 1 / 3f, 16777216f};
        List<Point> points = List.of(
                new Point(-1L, vector, Obj.of("a", "line\n\"quoted\" ü 漢 😀", "b", 1.0, "c", null)),
                new Point(7, vector, null),
                new Point(8, null, Obj.of("id", "x", "vector", List.of(1))));
        StringWriter out = new StringWriter();
        try (PointSink sink = new JsonLinesSink(out, true)) {
            for (Point point : points) {
                sink.write(point);
            }
        }
        List<ImportLine> lines = read(out.toString());
        for (int i = 0; i < points.size(); i++) {
            assertThat(lines.get(i).problem()).isNull();
            assertThat(lines.get(i).point().id()).isEqualTo(points.get(i).id());
            assertThat(lines.get(i).point().vector()).isEqualTo(points.get(i).vector());
            assertThat(lines.get(i).point().payload()).isEqualTo(points.get(i).payload());
        }
    }
}
