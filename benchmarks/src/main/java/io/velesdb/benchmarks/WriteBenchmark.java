package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Single upserts per second, searchable when they return; writers share syncs ({@code -t 64} for 64 of them). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class WriteBenchmark {
    private static final int DIMENSION = 384;
    private static final int VECTORS = 4_096;

    /** When a write returns. */
    @Param({"FSYNC", "NONE"})
    public LogMode mode = LogMode.FSYNC;

    private final AtomicLong next = new AtomicLong();
    private final float[][] vectors = new Clusters(DIMENSION, 1).vectors(VECTORS);
    private Path folder = Path.of("");
    private @Nullable Database database;
    private @Nullable VectorCollection collection;

    /** Opens a collection that has a graph already. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = TemporaryFolder.create();
        Database opened = VelesDb.open(folder, Options.DEFAULTS.withLogMode(mode));
        database = opened;
        VectorCollection points = opened.createVectorCollection("points", DIMENSION, Metric.COSINE);
        collection = points;
        long[] ids = new long[VECTORS];
        float[] flat = new float[VECTORS * DIMENSION];
        for (int i = 0; i < VECTORS; i++) {
            ids[i] = next.getAndIncrement();
            System.arraycopy(vectors[i], 0, flat, i * DIMENSION, DIMENSION);
        }
        points.upsertBulk(ids, flat, null);
    }

    /** Removes it. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Objects.requireNonNull(database).close();
        TemporaryFolder.delete(folder);
    }

    /** A point that was not there. */
    @Benchmark
    public void upsert() {
        long id = next.getAndIncrement();
        Objects.requireNonNull(collection)
                .upsert(Point.of(id, vectors[(int) (id % VECTORS)], Obj.of("seventh", id % 7)));
    }
}
