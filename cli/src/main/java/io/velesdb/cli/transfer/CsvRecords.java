package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV by RFC 4180: cells between delimiters, in quotes where they hold a delimiter, a quote (doubled) or a line end. Works
 * on bytes, so that text that is not UTF-8 is an error of its line and not of the file. Lines end in LF or CRLF.
 */
final class CsvRecords implements Closeable {
    /** A record: its cells, null for one that is empty and has no quotes, or what is wrong with it. */
    record Row(
            long line,
            List<@Nullable String> cells,
            @Nullable VelesException problem) {}

    private static final int END = -1;

    private final InputStream in;
    private final char delimiter;
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private int c;
    private long line = 1;
    private long recordLine = 1;
    private int recordBytes;
    private @Nullable VelesException problem;

    CsvRecords(InputStream in, char delimiter) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.delimiter = delimiter;
        this.in.mark(3);
        if (this.in.read() != 0xEF || this.in.read() != 0xBB || this.in.read() != 0xBF) {
            this.in.reset();
        }
        advance();
    }

    /** The next record, or null at the end. Empty lines are passed over. */
    @Nullable
    Row next() throws IOException {
        while (c == '\n' || c == '\r') {
            advance();
        }
        if (c == END) {
            return null;
        }
        recordLine = line;
        recordBytes = 0;
        problem = null;
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(readCell());
        while (c == delimiter) {
            advance();
            cells.add(readCell());
        }
        if (c == '\r') {
            advance();
        }
        if (c == '\n') {
            advance();
        }
        return new Row(recordLine, cells, problem);
    }

    private @Nullable String readCell() throws IOException {
        cell.reset();
        boolean quoted = c == '"';
        if (quoted) {
            readQuoted();
        }
        while (c != END && c != delimiter && c != '\n' && c != '\r') {
            if (quoted) {
                wrong("text stands behind a closing quote; double the quotes inside a cell");
            }
            cell.write(c);
            advance();
        }
        if (cell.size() == 0 && !quoted) {
            return null;
        }
        byte[] bytes = cell.toByteArray();
        if (Utf8.invalidByte(bytes, 0, bytes.length) >= 0) {
            wrong("the line is not UTF-8; convert the file");
            return null;
        }
        return Utf8.decode(bytes, 0, bytes.length);
    }

    private void readQuoted() throws IOException {
        advance();
        while (true) {
            if (c == END) {
                wrong("a quote is never closed, so the "
                        + (line == recordLine ? "line" : "lines up to " + line + ", the last one,")
                        + " cannot be told apart: close it, or double it where it is part of the text");
                return;
            }
            if (c == '"') {
                advance();
                if (c != '"') {
                    return;
                }
            }
            cell.write(c);
            advance();
        }
    }

    private void wrong(String text) {
        if (problem == null) {
            problem = new VelesException(ErrorCode.SERIALIZATION, text);
        }
    }

    private void advance() throws IOException {
        if (c == '\n') {
            line++;
        }
        c = in.read();
        if (++recordBytes > PointSource.LONGEST_LINE) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "the record at line " + recordLine + " has more than " + PointSource.LONGEST_LINE
                            + " bytes; is a quote missing?");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
