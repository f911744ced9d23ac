package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

/**
 * A search over the public API, by preset, with and without a filter. With {@code -prof gc} it shows what a query
 * allocates: an amount that depends on k alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SearchBenchmark {
    private static final int DIMENSION = 384;
    private static final int QUERIES = 512;
    private static final int K = 10;

    /** Points of the collection. */
    @Param({"10000"})
    public int rows;

    /** Quality preset. */
    @Param({"custom:64", "fast", "balanced", "accurate"})
    public String effort = "balanced";

    /** One point in so many passes the filter; 0 for no filter. */
    @Param({"0", "7", "100"})
    public int oneIn;

    private Path folder = Path.of("");
    private @Nullable Database database;
    private @Nullable VectorCollection collection;
    private SearchRequest[] requests = {};
    private int next;

    /** Fills a collection. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = TemporaryFolder.create();
        Database opened = VelesDb.open(folder, Options.DEFAULTS.withLogMode(LogMode.NONE));
        database = opened;
        VectorCollection points = opened.createVectorCollection("points", DIMENSION, Metric.COSINE);
        collection = points;
        Clusters clusters = new Clusters(DIMENSION, 1);
        float[][] vectors = clusters.vectors(rows);
        List<Point> batch = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            batch.add(Point.of(i, vectors[i], Obj.of("seventh", i % 7, "hundredth", i % 100)));
        }
        points.upsertBulk(batch);
        Effort quality = Effort.parse(effort);
        Filter filter = Filter.eq(oneIn == 7 ? "seventh" : "hundredth", 3);
        float[][] queries = clusters.vectors(QUERIES);
        requests = new SearchRequest[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            SearchRequest request =
                    SearchRequest.nearest(queries[i], K).effort(quality).withoutPayload();
            requests[i] = oneIn == 0 ? request : request.where(filter);
        }
    }

    /** Removes it. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Objects.requireNonNull(database).close();
        TemporaryFolder.delete(folder);
    }

    /** One query after another. */
    @Benchmark
    public ScoredIds search() {
        next = (next + 1) % QUERIES;
        return Objects.requireNonNull(collection).searchIds(requests[next]);
    }
}
