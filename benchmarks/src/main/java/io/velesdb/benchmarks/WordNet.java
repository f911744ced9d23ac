package io.velesdb.benchmarks;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The data set that all peers are measured on: 100,000 sentence vectors of 384 dimensions, 1,000 queries, and a part of
 * speech and a lexicographer file for each.
 */
final class WordNet {
    static final int DIMENSION = 384;

    /** Rows behind the base that may be inserted into it. */
    private static final int FRESH = 2_000;

    private final Path folder;

    WordNet(Path folder) {
        this.folder = folder;
    }

    /** The folder that {@code --data DIR} names, else the environment's BENCH_DATA. */
    static WordNet of(Arguments arguments) {
        String folder = arguments.text("--data", Objects.requireNonNullElse(System.getenv("BENCH_DATA"), ""));
        if (folder.isEmpty() || !Files.exists(Path.of(folder, "queries.npy"))) {
            throw new IllegalArgumentException("'" + folder
                    + "' is not the data set wordnet-minilm: name its folder with --data DIR or in BENCH_DATA");
        }
        return new WordNet(Path.of(folder));
    }

    float[][] queries() throws IOException {
        return unitRows("queries.npy", 0, Integer.MAX_VALUE);
    }

    float[][] base(int n) throws IOException {
        return unitRows("base.f16.npy", 0, n);
    }

    /** The first n rows, then what may be inserted: up to 2,000 further rows, then the queries. */
    float[][] insertable(int n) throws IOException {
        List<float[]> all = new ArrayList<>(List.of(base(n + FRESH)));
        all.addAll(List.of(queries()));
        return all.toArray(float[][]::new);
    }

    /** The columns {@code pos} and {@code lexfile} of the rows of {@link #insertable}. */
    List<Obj> payloads(int n) throws IOException {
        List<Obj> rows = new ArrayList<>();
        readColumns("base", n + FRESH, rows);
        readColumns("queries", Integer.MAX_VALUE, rows);
        return rows;
    }

    /** A relation between two rows. */
    record Link(int source, String label, int target) {}

    /** The relations between the first n rows; a hypernym is turned round into a hyponym. */
    List<Link> links(int n) throws IOException {
        List<Link> links = new ArrayList<>();
        try (BufferedReader in = reader("edges.tsv.gz")) {
            in.readLine(); // names of the columns
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> cells = List.of(line.split("\t", -1));
                int a = Integer.parseInt(cells.get(0));
                int b = Integer.parseInt(cells.get(2));
                if (a < n && b < n) {
                    links.add(
                            cells.get(1).equals("hypernym") ? new Link(b, "hyponym", a) : new Link(a, cells.get(1), b));
                }
            }
        }
        return links;
    }

    /** The glosses of the first {@code limit} rows of {@code base} or {@code queries}. */
    List<String> glosses(String name, int limit) throws IOException {
        List<String> glosses = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && glosses.size() < limit; line = in.readLine()) {
                glosses.add(Objects.requireNonNullElse(((Obj) Json.parse(line)).text("gloss"), ""));
            }
        }
        return glosses;
    }

    private void readColumns(String name, int limit, List<Obj> into) throws IOException {
        try (BufferedReader in = reader(name + ".jsonl.gz")) {
            int read = 0;
            for (String line = in.readLine(); line != null && read < limit; line = in.readLine()) {
                Obj row = (Obj) Json.parse(line);
                into.add(Obj.of("pos", row.get("pos"), "lexfile", row.get("lexfile")));
                read++;
            }
        }
    }

    private BufferedReader reader(String name) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name))), StandardCharsets.UTF_8));
    }

    /** Rows [from, to) of a NumPy file of float16 or float32, each scaled to unit length. */
    private float[][] unitRows(String name, int from, int to) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(name))) {
            ByteBuffer bytes =
                    file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()).order(ByteOrder.LITTLE_ENDIAN);
            int header = 10 + (bytes.getShort(8) & 0xffff);
            byte[] text = new byte[header - 10];
            bytes.get(10, text);
            boolean half = new String(text, StandardCharsets.US_ASCII).contains("<f2");
            int size = half ? 2 : 4;
            int rows = (bytes.limit() - header) / size / DIMENSION;
            float[][] out = new float[Math.max(0, Math.min(to, rows) - from)][DIMENSION];
            for (int row = 0; row < out.length; row++) {
                int at = header + (from + row) * DIMENSION * size;
                for (int i = 0; i < DIMENSION; i++) {
                    out[row][i] = half ? Float.float16ToFloat(bytes.getShort(at + 2 * i)) : bytes.getFloat(at + 4 * i);
                }
                scaleToUnit(out[row]);
            }
            return out;
        }
    }

    private static void scaleToUnit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += x * x;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
    }
}
