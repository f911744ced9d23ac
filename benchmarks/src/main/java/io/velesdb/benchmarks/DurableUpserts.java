package io.velesdb.benchmarks;

import io.velesdb.StorageMode;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Upserts of single rows that are durable and found when they return: right after opening in a new JVM, then by one
 * writer and by 64, and the same 64 without waiting for the disk.
 *
 * <pre>
 *   --rows N       rows that are there already (10000)
 *   --seconds S    seconds per measurement (4)
 *   --data DIR     the data set; else BENCH_DATA
 * </pre>
 */
public final class DurableUpserts {
    private static final int AFTER_OPENING = 100;
    private static final int WRITERS = 64;

    private final float[][] vectors;
    private final List<Obj> payloads;
    private final int rows;
    private final int seconds;
    private final AtomicLong next;

    private DurableUpserts(WordNet data, int rows, int seconds) throws IOException {
        vectors = data.insertable(rows);
        payloads = data.payloads(rows);
        this.rows = rows;
        this.seconds = seconds;
        next = new AtomicLong(rows);
    }

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = new Arguments(args);
        int rows = arguments.number("--rows", 10_000);
        DurableUpserts measured = new DurableUpserts(WordNet.of(arguments), rows, arguments.number("--seconds", 4));
        String folder = arguments.text("--opened", "");
        if (folder.isEmpty()) {
            measured.build(args);
        } else {
            measured.measure(Path.of(folder));
        }
    }

    /** Fills a folder, and measures in a JVM that has compiled nothing yet. */
    private void build(String[] args) throws Exception {
        Path folder = TemporaryFolder.create();
        try {
            MeasuredDatabase.build(folder, Arrays.copyOf(vectors, rows), payloads.subList(0, rows), StorageMode.FULL);
            List<String> more = new ArrayList<>(List.of("--opened", folder.toString()));
            more.addAll(Arrays.asList(args));
            int failed = ChildJvm.run(DurableUpserts.class, more);
            if (failed != 0) {
                throw new IOException("the measuring JVM ended with " + failed);
            }
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private void measure(Path folder) throws Exception {
        System.out.printf(Locale.ROOT, "%,d rows of %d dimensions%n", rows, WordNet.DIMENSION);
        try (MeasuredDatabase database = MeasuredDatabase.open(folder)) {
            long start = System.nanoTime();
            for (int i = 0; i < AFTER_OPENING; i++) {
                insertNext(database);
            }
            print("first " + AFTER_OPENING + " after opening, 1 writer, fsync", AFTER_OPENING, start);
            perSecond(database, 1, "1 writer, fsync");
        }
        double durable;
        try (MeasuredDatabase database = MeasuredDatabase.open(folder)) {
            durable = perSecond(database, WRITERS, WRITERS + " writers, fsync");
        }
        double memory;
        try (MeasuredDatabase database = MeasuredDatabase.open(folder, Options.DEFAULTS.withLogMode(LogMode.NONE))) {
            memory = perSecond(database, WRITERS, WRITERS + " writers, log mode none");
        }
        System.out.printf(Locale.ROOT, "%d writers, fsync / none: %.2f%n", WRITERS, durable / memory);
    }

    private double perSecond(MeasuredDatabase database, int writers, String what)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long start = System.nanoTime();
        long before = next.get();
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                running.add(pool.submit(() -> {
                    while (System.nanoTime() < end) {
                        insertNext(database);
                    }
                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        }
        return print(what, next.get() - before, start);
    }

    private void insertNext(MeasuredDatabase database) {
        long id = next.getAndIncrement();
        // rows repeat when they run out, under new ids
        int row = rows + (int) ((id - rows) % (vectors.length - rows));
        database.insert(id, vectors[row], payloads.get(row));
    }

    private static double print(String what, long count, long start) {
        double perSecond = count * 1e9 / (System.nanoTime() - start);
        System.out.printf(Locale.ROOT, "%-50s %,9.0f/s%n", what, perSecond);
        return perSecond;
    }
}
