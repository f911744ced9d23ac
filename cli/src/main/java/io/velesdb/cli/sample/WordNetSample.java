package io.velesdb.cli.sample;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/**
 * One pass over the sample, in ascending order of ids. Not thread-safe.
 *
 * <p>All methods throw {@link VelesException} with {@code VELES-006} when the resources are missing or damaged.
 */
public final class WordNetSample implements Iterator<SampleEntry>, AutoCloseable {
    private final BufferedReader entries;
    private final HalfVectors vectors;
    private int read;

    private WordNetSample(BufferedReader entries, HalfVectors vectors) {
        this.entries = entries;
        this.vectors = vectors;
    }

    public static WordNetSample open() {
        try {
            return new WordNetSample(
                    new BufferedReader(new InputStreamReader(
                            new GZIPInputStream(resource("entries.jsonl.gz")), StandardCharsets.UTF_8)),
                    new HalfVectors(new BufferedInputStream(resource("vectors.f16.npy"), 1 << 16)));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** The number of entries. */
    public int size() {
        return vectors.rows();
    }

    public int dimension() {
        return vectors.dimension();
    }

    @Override
    public boolean hasNext() {
        return read < vectors.rows();
    }

    @Override
    public SampleEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            String line = entries.readLine();
            if (line == null
                    || !(Json.parse(line) instanceof Obj entry)
                    || !(entry.get("id") instanceof Value.Int id)
                    || id.value() != read) {
                throw new IOException("line " + (read + 1) + " is not entry " + read);
            }
            read++;
            return new SampleEntry(id.value(), vectors.next(), entry.without("id"));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() {
        try (entries;
                vectors) {
            read = vectors.rows();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = WordNetSample.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is missing");
        }
        return in;
    }

    private static VelesException damaged(IOException cause) {
        return new VelesException(
                ErrorCode.STORAGE, "the sample data cannot be read: " + cause.getMessage() + "; build it anew", cause);
    }
}
