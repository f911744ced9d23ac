package io.velesdb.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    private List<ImportLine> read(String name, Columns columns, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        List<ImportLine> lines = new ArrayList<>();
        try (PointSource source = PointSource.open(file, columns)) {
            for (ImportLine line = source.next(); line != null; line = source.next()) {
                lines.add(line);
            }
            assertThat(source.position()).isEqualTo(bytes.length);
        }
        return lines;
    }

    private List<ImportLine> read(String text) throws IOException {
        return read("in.csv", Columns.USUAL, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTypedCells() throws IOException {
        List<ImportLine> lines = read("""
                id,title,year,score,vector,open,tags,empty,date,code
                12,"Emma, a ""novel""\",1815,7.5,"[0.5,1]",true,"[""a""]",,2024-01-31,007
                """);
        assertThat(lines.getFirst().problem()).isNull();
        Point point = lines.getFirst().point();
        assertThat(point.id()).isEqualTo(12);
        assertThat(point.vector()).containsExactly(0.5f, 1);
        assertThat(point.payload())
                .isEqualTo(Obj.of(
                        "title",
                        "Emma, a \"novel\"",
                        "year",
                        1815,
                        "score",
                        7.5,
                        "open",
                        true,
                        "tags",
                        List.of("a"),
                        "date",
                        "2024-01-31",
                        "code",
                        "007"));
    }

    @Test
    void readsCellsWithLineEndsAndNumbersRecordsByTheirFirstLine() throws IOException {
        List<ImportLine> lines = read("\uFEFFid,a\r\n1,\"x\r\ny\"\r\n\r\n2,\"\"\r\n3,z");
        assertThat(lines).extracting(ImportLine::number).containsExactly(2L, 5L, 6L);
        assertThat(lines)
                .extracting(l -> l.point().payload())
                .containsExactly(Obj.of("a", "x\r\ny"), Obj.of("a", ""), Obj.of("a", "z"));
    }

    @Test
    void readsTabsAndPackedFiles() throws IOException {
        assertThat(read("in.tsv", Columns.USUAL, "id\ta\n1\tx,y\n".getBytes(StandardCharsets.UTF_8))
                        .getFirst()
                        .point()
                        .payload())
                .isEqualTo(Obj.of("a", "x,y"));
        Path packed = folder.resolve("in.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("id,a\n1,x\n".getBytes(StandardCharsets.UTF_8));
        }
        try (PointSource source = PointSource.open(packed, Columns.USUAL)) {
            assertThat(source.next().point().payload()).isEqualTo(Obj.of("a", "x"));
        }
    }

    @Test
    void goesOnAfterBadRecords() throws IOException {
        List<ImportLine> lines =
                read("id,a,vector\n1,x\n,y,\n2,\"x\" y,\n3,x,nope\n4,x,[1]\n5,\"never closed,\n6,x,\n");
        assertThat(lines).extracting(ImportLine::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(lines)
                .extracting(l -> l.problem() == null ? "" : l.problem().getMessage())
                .satisfiesExactly(
                        m -> assertThat(m).contains("2 cells, the heading 3"),
                        m -> assertThat(m).contains("there is no 'id'"),
                        m -> assertThat(m).contains("behind a closing quote"),
                        m -> assertThat(m).contains("VELES-012"),
                        m -> assertThat(m).isEmpty(),
                        m -> assertThat(m).contains("never closed"));
    }

    @Test
    void reportsBytesThatAreNotUtf8AsTheirLine() throws IOException {
        byte[] bytes = "id,a\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8);
        bytes[7] = (byte) 0xE4;
        List<ImportLine> lines = read("in.csv", Columns.USUAL, bytes);
        assertThat(lines.get(0).problem()).hasMessageContaining("not UTF-8");
        assertThat(lines.get(1).problem()).isNull();
    }

    @Test
    void refusesAHeadingThatCannotBeUsed() {
        for (String text : List.of("", "a,b\n1,2\n", "id,a,a\n", "id,,b\n")) {
            assertThatThrownBy(() -> read(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION));
        }
        assertThatThrownBy(() -> read("in.txt", Columns.USUAL, new byte[0])).hasMessageContaining(".jsonl");
    }

    @Test
    void numbersLinesOnRequest() throws IOException {
        List<ImportLine> lines =
                read("in.csv", new Columns("id", "vector", true, false), "a\nx\ny\n".getBytes(StandardCharsets.UTF_8));
        assertThat(lines).extracting(l -> l.point().id()).containsExactly(2L, 3L);
    }

    @Test
    void refusesANumberThatIsNoIdAndDerivesIdsFromAllElse() throws IOException {
        List<ImportLine> lines = read("id,a\n-5,x\n1.5,x\n18446744073709551616,x\n007,x\n4e10,x\n2024-01-31,x\n");
        assertThat(lines.subList(0, 3))
                .allSatisfy(line -> assertThat(line.problem()).hasMessageStartingWith("[VELES-023]"));
        assertThat(lines.subList(3, 6))
                .extracting(line -> line.point().payload().text("id"))
                .containsExactly("007", "4e10", "2024-01-31");
    }

    @Test
    void doesNotMakeNumbersOfWhatIsNone() {
        assertThat(CsvSource.typed("99999999999999999999999")).isEqualTo(Value.of("99999999999999999999999"));
        assertThat(CsvSource.typed("1e999")).isEqualTo(Value.of("1e999"));
        assertThat(CsvSource.typed("12 ")).isEqualTo(Value.of(12));
        assertThat(CsvSource.typed("+1")).isEqualTo(Value.of("+1"));
        assertThat(CsvSource.typed("false alarm")).isEqualTo(Value.of("false alarm"));
        assertThat(CsvSource.typed("null")).isEqualTo(Value.of("null"));
    }

    @Test
    void writesWhatItReads() throws IOException {
        List<Point> points = List.of(
                new Point(-1L, new float[] {0.1f, -2}, Obj.of("a", "x,\"y\"\nz", "b", 1.5, "c", List.of("q", 1))),
                new Point(Ids.derive("k1"), new float[] {1, 2}, Obj.of("a", "", "id", "k1")),
                new Point(3, new float[] {3, 4}, null));
        StringWriter out = new StringWriter();
        try (PointSink sink = new CsvSink(out, List.of("a", "id", "b", "c"), true)) {
            for (Point point : points) {
                sink.write(point);
            }
        }
        assertThat(out.toString()).startsWith("id,a,b,c,vector\n");
        List<ImportLine> lines = read(out.toString());
        for (int i = 0; i < points.size(); i++) {
            assertThat(lines.get(i).problem()).isNull();
            assertThat(lines.get(i).point().id()).isEqualTo(points.get(i).id());
            assertThat(lines.get(i).point().vector()).isEqualTo(points.get(i).vector());
            assertThat(lines.get(i).point().payload()).isEqualTo(points.get(i).payload());
        }
    }
}
