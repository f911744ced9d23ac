package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV with a heading. The vector is a cell with a JSON array; every column that is neither id nor vector is a field of the
 * payload, and an empty cell is no field.
 */
final class CsvSource implements PointSource {
    /** What JSON takes for a number, but for exponents: 4e10 is rather the start of a hash. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?");

    /** What stands between the cells of a file that is no CSV by the book. */
    private static final Pattern OTHER_DELIMITER = Pattern.compile("[;\t|]");

    private final CsvRecords records;
    private final CountingStream bytes;
    private final Columns columns;
    private final List<String> names;

    CsvSource(InputStream in, CountingStream bytes, char delimiter, Columns columns) throws IOException {
        this.records = new CsvRecords(in, delimiter);
        this.bytes = bytes;
        this.columns = columns;
        this.names = heading(records.next());
        if (names.size() == 1
                && delimiter == ','
                && OTHER_DELIMITER.matcher(names.getFirst()).find()) {
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "the heading is one column, '" + names.getFirst()
                            + "': separate cells by commas, or by tabs in a file that ends in .tsv");
        }
        if (!columns.lineIds() && !names.contains(columns.id())) {
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "the first line, which names the columns, has no '" + columns.id() + "' but " + names
                            + "; name the id with --id-column, or number the lines with --line-ids");
        }
    }

    private static List<String> heading(CsvRecords.@Nullable Row row) {
        if (row == null) {
            throw new VelesException(ErrorCode.SERIALIZATION, "the file is empty; the first line names the columns");
        }
        if (row.problem() != null) {
            throw row.problem();
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : row.cells()) {
            if (name == null || name.isBlank() || !seen.add(name)) {
                throw new VelesException(
                        ErrorCode.SERIALIZATION,
                        "column " + (names.size() + 1) + " of the heading "
                                + (name == null ? "has no name" : "'" + name + "' comes twice or is blank")
                                + "; the first line names the columns");
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public @Nullable ImportLine next() throws IOException {
        CsvRecords.Row row = records.next();
        if (row == null) {
            return null;
        }
        if (row.problem() != null) {
            return ImportLine.bad(row.line(), row.problem());
        }
        try {
            return ImportLine.of(row.line(), point(row));
        } catch (VelesException e) {
            return ImportLine.bad(row.line(), e);
        }
    }

    private Point point(CsvRecords.Row row) {
        if (row.cells().size() != names.size()) {
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "the line has " + row.cells().size() + " cells, the heading " + names.size());
        }
        Value id = null;
        float[] vector = null;
        Obj.Builder payload = Obj.builder();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String cell = row.cells().get(i);
            if (cell == null) {
                continue;
            }
            if (name.equals(columns.vector())) {
                vector = PointBuilder.vector(name, Json.parse(cell));
            } else if (name.equals(columns.id()) && !columns.lineIds()) {
                id = id(cell);
            } else {
                payload.put(name, typed(cell));
            }
        }
        Obj fields = payload.build();
        return PointBuilder.point(columns, row.line(), id, vector, fields.isEmpty() ? null : fields);
    }

    /** A cell of a number is that number, so that one which is no id is refused like in JSON; all else is text. */
    private static Value id(String cell) {
        return NUMBER.matcher(cell).matches() ? Json.parse(cell) : Value.of(cell);
    }

    /** What the cell says as JSON, when that is a number, a truth value, an array or an object; else text. */
    static Value typed(String cell) {
        if (!cell.isEmpty() && "-0123456789tf[{".indexOf(cell.charAt(0)) >= 0) {
            try {
                return Json.parse(cell);
            } catch (VelesException e) {
                return Value.of(cell); // 2024-01-31, 007, true story
            }
        }
        return Value.of(cell);
    }

    @Override
    public long position() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
