package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Points that are read one after the other. Not thread-safe. */
public interface PointSource extends Closeable {
    /** Bytes that one line may have. */
    int LONGEST_LINE = 64 << 20;

    /** The next line, or null at the end. Blank lines are passed over. */
    @Nullable
    ImportLine next() throws IOException;

    /** The bytes of the file read so far: how far the work is. */
    long position();

    /**
     * Opens a file by its name: {@code .jsonl}, {@code .ndjson}, {@code .csv} or {@code .tsv}, each of them also with
     * {@code .gz} behind, or {@code .vrb1} or {@code .bin}.
     *
     * @throws VelesException {@code VELES-012} for another name, or when a CSV file's or a VRB1 file's heading cannot be used
     */
    static PointSource open(Path file, Columns columns) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean packed = name.endsWith(".gz");
        String plain = packed ? name.substring(0, name.length() - 3) : name;
        if (name.endsWith(".vrb1") || name.endsWith(".bin")) {
            return RawVectorsSource.open(file, columns);
        }
        CountingStream bytes = new CountingStream(Files.newInputStream(file));
        try {
            InputStream in = packed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
                return new JsonLinesSource(in, bytes, columns);
            }
            if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
                return new CsvSource(in, bytes, plain.endsWith(".tsv") ? '\t' : ',', columns);
            }
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "the name " + file.getFileName()
                            + " does not say what the file is; give one that ends in .jsonl, .ndjson, .csv or .tsv, with"
                            + " or without .gz, or in .vrb1 or .bin");
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** Reads JSON lines from a stream. */
    static PointSource jsonLines(InputStream in, Columns columns) {
        CountingStream bytes = new CountingStream(in);
        return new JsonLinesSource(bytes, bytes, columns);
    }
}
