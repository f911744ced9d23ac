package io.velesdb.benchmarks;

import io.velesdb.StorageMode;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The time from opening a folder to the first answer, with none of its pages in memory, in a JVM that has opened and
 * searched another database before; and how much disk the folder takes.
 *
 * <pre>
 *   --rows N       rows of the database (100000)
 *   --rounds R     how often it is opened (5)
 *   --data DIR     the data set; else BENCH_DATA
 * </pre>
 */
public final class ColdOpen {
    private static final int OTHER_ROWS = 10_000;
    private static final int EF = 64;
    private static final double MEGABYTE = 1e6;

    private final float[][] queries;
    private final int rounds;

    private ColdOpen(float[][] queries, int rounds) {
        this.queries = queries;
        this.rounds = rounds;
    }

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = new Arguments(args);
        WordNet data = WordNet.of(arguments);
        String folder = arguments.text("--opened", "");
        if (folder.isEmpty()) {
            build(data, arguments.number("--rows", 100_000), args);
        } else {
            new ColdOpen(data.queries(), arguments.number("--rounds", 5)).measure(Path.of(folder));
        }
    }

    /** Fills two folders, and opens them in a JVM that does not have them mapped. */
    private static void build(WordNet data, int rows, String[] args) throws Exception {
        Path folder = TemporaryFolder.create();
        try {
            float[][] vectors = data.base(rows);
            List<Obj> payloads = data.payloads(rows).subList(0, rows);
            MeasuredDatabase.build(
                    folder.resolve("other"), Arrays.copyOf(vectors, OTHER_ROWS), payloads, StorageMode.FULL);
            MeasuredDatabase.build(folder.resolve("cold"), vectors, payloads, StorageMode.FULL);
            printDisk(folder.resolve("cold"), rows, payloads);
            List<String> more = new ArrayList<>(List.of("--opened", folder.toString()));
            more.addAll(Arrays.asList(args));
            int failed = ChildJvm.run(ColdOpen.class, more);
            if (failed != 0) {
                throw new IOException("the measuring JVM ended with " + failed);
            }
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private static void printDisk(Path folder, int rows, List<Obj> payloads) throws IOException {
        double raw = 4.0 * WordNet.DIMENSION * rows;
        for (Obj payload : payloads) {
            raw += Json.write(payload).length();
        }
        double disk = 0;
        for (Path file : Machine.filesOf(folder)) {
            disk += Files.size(file);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d rows: disk %.1f MB, vectors and documents %.1f MB, ratio %.3f%n",
                rows,
                disk / MEGABYTE,
                raw / MEGABYTE,
                disk / raw);
    }

    private void measure(Path folder) throws IOException {
        try (MeasuredDatabase other = MeasuredDatabase.open(folder.resolve("other"))) {
            for (float[] query : queries) {
                other.search(query, EF, null);
            }
        }
        double[] millis = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            // a copy each: pages stay in memory while a mapping of them waits to be collected
            Path cold = folder.resolve("copy" + round);
            copy(folder.resolve("cold"), cold);
            PageCache.forget(cold);
            long read = Machine.bytesRead();
            long start = System.nanoTime();
            MeasuredDatabase opened = MeasuredDatabase.open(cold);
            long open = System.nanoTime();
            opened.search(queries[round], EF, null);
            long answered = System.nanoTime();
            millis[round] = (answered - start) / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: open %.1f ms, first answer %.1f ms, together %.1f ms, %.1f MB read from the disk%n",
                    round + 1,
                    (open - start) / 1e6,
                    (answered - open) / 1e6,
                    millis[round],
                    (Machine.bytesRead() - read) / MEGABYTE);
            opened.close();
            TemporaryFolder.delete(cold);
        }
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "median %.1f ms, worst %.1f ms%n", millis[rounds / 2], millis[rounds - 1]);
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : Machine.filesOf(from)) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
