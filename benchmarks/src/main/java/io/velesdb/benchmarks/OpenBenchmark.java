package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

/**
 * Opens a folder, answers a query, closes it, all from the page cache: what opening costs in work. {@link ColdOpen}
 * measures it with the disk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OpenBenchmark {
    private static final int DIMENSION = 384;
    private static final int K = 10;

    /** Points of the collection. */
    @Param({"1000", "10000"})
    public int rows;

    private Path folder = Path.of("");
    private float[] query = {};

    /** Fills a folder. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = TemporaryFolder.create();
        Clusters clusters = new Clusters(DIMENSION, 1);
        float[][] vectors = clusters.vectors(rows);
        long[] ids = new long[rows];
        float[] flat = new float[rows * DIMENSION];
        for (int i = 0; i < rows; i++) {
            ids[i] = i;
            System.arraycopy(vectors[i], 0, flat, i * DIMENSION, DIMENSION);
        }
        try (Database database = VelesDb.open(folder, Options.DEFAULTS.withLogMode(LogMode.NONE))) {
            VectorCollection points = database.createVectorCollection("points", DIMENSION, Metric.COSINE);
            points.upsertBulk(ids, flat, null);
        }
        query = clusters.vectors(1)[0];
    }

    /** Removes it. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        TemporaryFolder.delete(folder);
    }

    /** From a folder to an answer and back. */
    @Benchmark
    public ScoredIds openSearchClose() {
        try (Database database = VelesDb.open(folder)) {
            return database.vectorCollection("points")
                    .searchIds(SearchRequest.nearest(query, K).withoutPayload());
        }
    }
}
