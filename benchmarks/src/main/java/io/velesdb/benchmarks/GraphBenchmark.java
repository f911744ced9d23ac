package io.velesdb.benchmarks;

import io.velesdb.Direction;
import io.velesdb.GraphPath;
import io.velesdb.PathOptions;
import io.velesdb.TraversalOptions;
import io.velesdb.graph.Components;
import io.velesdb.graph.EdgeStore;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.Neighbors;
import io.velesdb.graph.PageRank;
import io.velesdb.graph.Paths;
import io.velesdb.graph.Traversal;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The relations of WordNet over the first 100,000 synsets: hops along hyponyms, a pattern of two relations, loading,
 * algorithms. The data set is named by BENCH_DATA. Starts are drawn as the comparison with other engines draws them:
 * parents that reach between n/5000 and n/20 nodes in three hops.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GraphBenchmark {
    private static final int ROWS = 100_000;
    private static final int STARTS = 100;

    @SuppressWarnings("UnnecessaryLambda") // one predicate for all runs, as the engine hands it in
    private static final LongPredicate ANY = id -> true;

    private static final TraversalOptions HYPONYMS =
            TraversalOptions.DEFAULT.relTypes("hyponym").limit(1_000_000);
    private static final List<String> KINDS =
            List.of("noun.animal", "noun.artifact", "noun.body", "noun.plant", "noun.location");

    private List<WordNet.Link> links = List.of();
    private GraphView graph = new EdgeStore().view();
    private final List<long[]> rowsOfKind = new ArrayList<>();
    private long[] starts = {};
    private long[] everyId = {};
    private int next;

    /** Reads and loads everything. */
    @Setup
    public void read() throws IOException {
        WordNet data = WordNet.of(new Arguments(new String[0]));
        links = data.links(ROWS);
        graph = load();
        List<Obj> rows = data.payloads(ROWS).subList(0, ROWS);
        everyId = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            everyId[i] = i;
        }
        for (String kind : KINDS) {
            List<Long> found = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                if (Objects.equals(rows.get(i).text("lexfile"), kind)) {
                    found.add((long) i);
                }
            }
            rowsOfKind.add(found.stream().mapToLong(Long::longValue).toArray());
        }
        TreeSet<Integer> parents = new TreeSet<>();
        for (WordNet.Link link : links) {
            if (link.label().equals("hyponym")) {
                parents.add(link.source());
            }
        }
        List<Integer> shuffled = new ArrayList<>(parents);
        Collections.shuffle(shuffled, new Random(2));
        starts = shuffled.stream()
                .mapToLong(Integer::longValue)
                .filter(start -> {
                    int reached = hop(start, 3);
                    return reached >= ROWS / 5_000 && reached <= ROWS / 20;
                })
                .limit(STARTS)
                .toArray();
    }

    private GraphView load() {
        EdgeStore store = new EdgeStore();
        long id = 0;
        for (WordNet.Link link : links) {
            store.put(id++, link.source(), link.target(), link.label(), null);
        }
        return store.publish();
    }

    private int hop(long start, int depth) {
        Traversal walk = Traversal.breadthFirst(graph, start, HYPONYMS.maxDepth(depth), ANY, ANY, Cancellation.NONE);
        int found = 0;
        while (walk.next()) {
            found++;
        }
        return found;
    }

    private long nextStart() {
        next = (next + 1) % starts.length;
        return starts[next];
    }

    /** Nodes one hop away. */
    @Benchmark
    public int oneHop() {
        return hop(nextStart(), 1);
    }

    /** Nodes up to two hops away. */
    @Benchmark
    public int twoHops() {
        return hop(nextStart(), 2);
    }

    /** Nodes up to three hops away. */
    @Benchmark
    public int threeHops() {
        return hop(nextStart(), 3);
    }

    /** Counts {@code (a {lexfile: …})-[:hyponym]->(b)-[:has_part]->(c)}, given the rows of a. */
    @Benchmark
    public long pattern() {
        next = (next + 1) % KINDS.size();
        Neighbors hyponyms = graph.neighbors(Direction.OUT, graph.labels(List.of("hyponym")));
        Neighbors parts = graph.neighbors(Direction.OUT, graph.labels(List.of("has_part")));
        long count = 0;
        for (long row : rowsOfKind.get(next)) {
            for (hyponyms.start(graph.node(row)); hyponyms.next(); ) {
                for (parts.start(hyponyms.node()); parts.next(); ) {
                    count++;
                }
            }
        }
        return count;
    }

    /** All edges, put one by one and published once. */
    @Benchmark
    public GraphView loadAtOnce() {
        return load();
    }

    /** All edges, each published before the next. */
    @Benchmark
    public GraphView loadOneByOne() {
        EdgeStore store = new EdgeStore();
        long id = 0;
        for (WordNet.Link link : links) {
            store.put(id++, link.source(), link.target(), link.label(), null);
            store.publish();
        }
        return store.view();
    }

    /** From one start to another, in any direction. */
    @Benchmark
    public @Nullable GraphPath shortestPath() {
        return Paths.shortest(
                graph,
                nextStart(),
                starts[(next + STARTS / 2) % starts.length],
                PathOptions.DEFAULT.direction(Direction.BOTH),
                ANY,
                ANY,
                Cancellation.NONE);
    }

    /** Components of all rows. */
    @Benchmark
    public long[] components() {
        return Components.of(graph, everyId, Cancellation.NONE);
    }

    /** PageRank of all rows. */
    @Benchmark
    public double[] pageRank() {
        return PageRank.of(graph, everyId, Cancellation.NONE);
    }
}
