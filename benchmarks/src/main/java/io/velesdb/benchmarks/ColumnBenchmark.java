package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.IndexDefinition;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.OrderedScan;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.column.ValueCount;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts and groups over the columns of the first 100,000 synsets of WordNet, and what a secondary index makes of an order.
 * The data set is named by BENCH_DATA.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.MICROSECONDS)
public class ColumnBenchmark {
    private static final int ROWS = 100_000;
    private static final Filter ADJECTIVES = Filter.eq("pos", "adj");
    private static final FieldPath LEXFILE = FieldPath.of("lexfile");
    private static final FieldPath ORDER = FieldPath.of("number");

    private final Database database = Database.inMemory();
    private CollectionSnapshot state = empty();

    private CollectionSnapshot empty() {
        database.createMetadataCollection("synsets");
        return database.engine().snapshot().get("synsets");
    }

    /** Reads and loads everything. */
    @Setup
    public void read() throws IOException {
        MetadataCollection synsets = database.metadataCollection("synsets");
        List<Obj> rows = WordNet.of(new Arguments(new String[0])).payloads(ROWS);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            points.add(Point.of(i, rows.get(i).with("number", (i * 7_919L) % 30_011)));
        }
        synsets.upsertBulk(points);
        synsets.createIndex(IndexDefinition.secondary("number"));
        state = database.engine().snapshot().get("synsets");
    }

    /** COUNT of one part of speech. */
    @Benchmark
    public int count() {
        return state.columns().count(ADJECTIVES, state, state.liveWords(), Cancellation.NONE);
    }

    /** COUNT by lexicographer file. */
    @Benchmark
    public List<ValueCount> group() {
        return state.columns().groupCount(LEXFILE, state, state.liveWords(), Cancellation.NONE);
    }

    /** The ten rows with the greatest number. */
    @Benchmark
    public long tenGreatest() {
        OrderedScan scan = state.orderedScan(ORDER, false, state.liveWords(), Cancellation.NONE);
        long sum = 0;
        for (int i = 0; i < 10 && scan != null && scan.next(); i++) {
            sum += scan.id();
        }
        return sum;
    }
}
