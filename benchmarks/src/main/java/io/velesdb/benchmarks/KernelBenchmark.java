package io.velesdb.benchmarks;

import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.vector.MappedVectorSpace;
import io.velesdb.host.Concurrency;
import io.velesdb.vector.Metric;
import io.velesdb.vector.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Nanoseconds to score one row of a bulk call, for rows taken at random from few (first-level cache) and many.
 *
 * <p>A vector loop that the compiler gives up on shows here as a factor of ten, which no test of results would find.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    private static final int CALLS = 64;
    private static final int PER_CALL = 16;

    /** What is scored: exact floats, 2-bit codes, their high plane. */
    @Param({"EXACT", "CODE", "COARSE"})
    public Scorer.Kind kind = Scorer.Kind.EXACT;

    /** The metric of the space. */
    @Param({"COSINE"})
    public Metric metric = Metric.COSINE;

    /** Components per vector. */
    @Param({"384", "768"})
    public int dimension;

    /** Rows that the scored ones are taken from. */
    @Param({"64", "10000"})
    public int rows;

    private final int[][] slots = new int[CALLS][PER_CALL + Scorer.PADDING];
    private final float[] out = new float[PER_CALL + Scorer.PADDING];
    private Path file = Path.of("");
    private @Nullable MappedVectorSpace space;
    private @Nullable Scorer scorer;

    /** Fills a space. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        file = Files.createTempFile("kernels", ".f32");
        MappedVectorSpace space =
                MappedVectorSpace.create(new LocalFileSystem().open(file), file.toString(), dimension, metric);
        this.space = space;
        space.reserve(rows);
        Clusters clusters = new Clusters(dimension, 1);
        for (float[] vector : clusters.vectors(rows)) {
            space.append(vector, 0);
        }
        space.train(rows, Concurrency.SERIAL);
        Scorer scorer = space.newScorer(kind);
        this.scorer = scorer;
        scorer.attach(space.view());
        scorer.query(clusters.vectors(1)[0], 0);
        SplittableRandom random = new SplittableRandom(2);
        for (int[] call : slots) {
            for (int i = 0; i < PER_CALL; i++) {
                call[i] = random.nextInt(rows);
            }
        }
    }

    /** Removes the file. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Objects.requireNonNull(space).close();
        Files.delete(file);
    }

    /** Bulk calls of as many rows as a hop of a walk scores. */
    @Benchmark
    @OperationsPerInvocation(CALLS * PER_CALL)
    public float[] score() {
        Scorer scorer = Objects.requireNonNull(this.scorer);
        for (int[] call : slots) {
            scorer.score(call, PER_CALL, out);
        }
        return out;
    }
}
