package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What writers notice of a backup: eight threads that write point after point, each synced, alone and while one backup after
 * the other is made. Arguments: rows that are there before (200,000), seconds of each phase (8), rounds (3).
 */
public final class BackupBenchmark {
    private static final int DIMENSION = 128;
    private static final int WRITERS = 8;

    private final LongAdder written = new LongAdder();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final VectorCollection rows;
    private final int first;

    private BackupBenchmark(VectorCollection rows, int first) {
        this.rows = rows;
        this.first = first;
    }

    /** Prints a line for each round. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path folder = TemporaryFolder.create();
        try (Database database = VelesDb.open(folder.resolve("db"))) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
            SplittableRandom random = new SplittableRandom(1);
            List<Point> points = new ArrayList<>(count);
            for (int id = 0; id < count; id++) {
                points.add(point(id, random));
            }
            rows.upsertBulk(points);
            points.clear();
            database.checkpoint();
            new BackupBenchmark(rows, count).run(database, folder, seconds, rounds);
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private void run(Database database, Path folder, int seconds, int rounds) throws IOException, InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(Thread.ofPlatform().start(() -> write(writer)));
        }
        rate(seconds, () -> 0L);
        for (int round = 0; round < rounds; round++) {
            double alone = rate(seconds, () -> 0L);
            long[] made = new long[2];
            double beside = rate(seconds, () -> {
                Path target = folder.resolve("backup");
                long bytes = VelesDb.backup(database, target).bytes();
                made[0]++;
                made[1] += bytes;
                TemporaryFolder.delete(target);
                return bytes;
            });
            System.out.printf(
                    Locale.ROOT,
                    "writes a second: %.0f alone, %.0f beside %d backups of %d MB: %.2f%n",
                    alone,
                    beside,
                    made[0],
                    made[1] / Math.max(1, made[0]) >> 20,
                    beside / alone);
        }
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** Something done again and again while the writers are watched. */
    @FunctionalInterface
    private interface Beside {
        long again() throws IOException;
    }

    /** Writes a second while {@code beside} goes on; it is always done to its end. */
    private double rate(int seconds, Beside beside) throws IOException, InterruptedException {
        long before = written.sum();
        long start = System.nanoTime();
        double passed;
        do {
            if (beside.again() == 0) {
                Thread.sleep(100);
            }
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return (written.sum() - before) / passed;
    }

    private void write(int writer) {
        SplittableRandom random = new SplittableRandom(writer);
        for (long n = 0; !stop.get(); n++) {
            // a row of its own again and again would be a vacuum's work and not a writer's
            rows.upsert(point(first + n * WRITERS + writer, random));
            written.increment();
        }
    }

    private static Point point(long id, SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return Point.of(id, vector, Obj.of("n", id, "text", "row number " + id));
    }
}
