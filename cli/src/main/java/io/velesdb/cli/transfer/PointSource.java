package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.io.BufferedInputStream;
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
     * Opens a file by its name: {@code .jsonl}, {@code .ndjson}, {@code .csv}, {@code .tsv}, {@code .vrb1} or {@code
     * .bin}, and each of them with {@code .gz} behind.
     *
     * @throws VelesException {@code VELES-012} for another name, or when a CSV file's or a VRB1 file's heading cannot be used
     */
    static PointSource open(Path file, Columns columns) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean packed = name.endsWith(".gz");
        String plain = packed ? name.substring(0, name.length() - 3) : name;
        CountingStream bytes = new CountingStream(Files.newInputStream(file));
        try {
            InputStream in = packed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
                return new JsonLinesSource(in, bytes, columns);
            }
            if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
                return new CsvSource(in, bytes, plain.endsWith(".tsv") ? '\t' : ',', columns);
            }
            if (plain.endsWith(".vrb1") || plain.endsWith(".bin")) {
                InputStream numbers = packed ? in : new BufferedInputStream(in, 1 << 16);
                return new RawVectorsSource(numbers, bytes, columns, packed ? -1 : Files.size(file));
            }
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "the name " + file.getFileName()
                            + " does not say what the file is; give one that ends in .jsonl, .ndjson, .csv, .tsv, .vrb1"
                            + " or .bin, with or without .gz");
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
