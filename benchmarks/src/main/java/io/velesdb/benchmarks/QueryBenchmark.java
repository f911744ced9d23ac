package io.velesdb.benchmarks;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.GraphCollection;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.QueryRow;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Statements of VelesQL whose plans are cached, over WordNet: a search beside the same search of the Java API, a pattern
 * over the graph, groups and a join, these beside another database where one is named.
 *
 * <pre>
 *   --what LIST    search,match,group,join (all of them)
 *   --rounds N     rounds per statement (60)
 *   --duckdb PY    a Python that has duckdb and pyarrow; benchmarks/src/main/python/duckdb_peer.py is run with it
 *   --data DIR     the data set; else BENCH_DATA
 * </pre>
 */
public final class QueryBenchmark {
    private static final int ROWS = 100_000;
    private static final int SEARCHED = 10_000;

    /** Between the keys of the second join, so that no array over their range serves. */
    private static final long FAR = 1_000_003;

    private static final String SEARCH = "SELECT id, score FROM searched WHERE vector NEAR $v LIMIT 10";
    private static final String GROUP = "SELECT lexfile, COUNT(*) FROM synsets GROUP BY lexfile";
    private static final String JOIN = "SELECT COUNT(*) FROM lefts JOIN rights ON lefts.number = rights.number";
    private static final String FAR_JOIN = "SELECT COUNT(*) FROM lefts JOIN rights ON lefts.far = rights.far";
    private static final String PATTERN = "MATCH (a:S)-[:hyponym]->(b)-[:has_part]->(c) WHERE a.lexfile = $kind"
            + " RETURN a.lexfile, c.lexfile LIMIT 100000";
    private static final List<String> KINDS =
            List.of("noun.animal", "noun.artifact", "noun.body", "noun.plant", "noun.location");

    private final WordNet data;
    private final Database database;
    private final int rounds;

    private QueryBenchmark(WordNet data, Database database, int rounds) {
        this.data = data;
        this.database = database;
        this.rounds = rounds;
    }

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = new Arguments(args);
        WordNet data = WordNet.of(arguments);
        List<String> what =
                List.of(arguments.text("--what", "search,match,group,join").split(","));
        String python = arguments.text("--duckdb", "");
        String folder = arguments.text("--data", Objects.requireNonNullElse(System.getenv("BENCH_DATA"), ""));
        Path temporary = TemporaryFolder.create();
        try (Database database = VelesDb.open(temporary.resolve("db"), Options.DEFAULTS);
                SqlPeer peer = python.isEmpty()
                        ? null
                        : SqlPeer.start(List.of(
                                python, "benchmarks/src/main/python/duckdb_peer.py", folder, Integer.toString(ROWS)))) {
            QueryBenchmark measured = new QueryBenchmark(data, database, arguments.number("--rounds", 60));
            if (what.contains("search")) {
                measured.search();
            }
            if (what.contains("match")) {
                measured.match();
            }
            if (what.contains("group")) {
                measured.group(peer);
            }
            if (what.contains("join")) {
                measured.join(peer);
            }
        } finally {
            TemporaryFolder.delete(temporary);
        }
    }

    // ---- SELECT … NEAR

    private void search() throws IOException {
        database.createCollection(
                "searched",
                CollectionSchema.vector(WordNet.DIMENSION, Metric.COSINE)
                        .withHnsw(new HnswParameters(MeasuredDatabase.M, MeasuredDatabase.EF_CONSTRUCTION, 0)));
        VectorCollection searched = database.vectorCollection("searched");
        float[][] vectors = data.base(SEARCHED);
        List<Obj> payloads = data.payloads(SEARCHED);
        load(searched::upsertBulk, SEARCHED, i -> Point.of(i, vectors[i], payloads.get(i)));
        float[][] queries = data.queries();
        Obj[] parameters = new Obj[queries.length];
        for (int i = 0; i < queries.length; i++) {
            parameters[i] = parameter(queries[i]);
            List<QueryRow> rows = database.query(SEARCH, parameters[i]).rows();
            long[] ids = nearest(searched, queries[i]);
            for (int r = 0; r < ids.length; r++) {
                if (rows.get(r).id() != ids[r]) {
                    throw new IllegalStateException("query " + i + " answers otherwise than the API");
                }
            }
        }
        InTurn inTurn = new InTurn();
        inTurn.time("Java API", queries.length, i -> nearest(searched, queries[i]));
        inTurn.time("statement", queries.length, i -> database.query(SEARCH, parameters[i]));
        inTurn.time("statement and its parameter", queries.length, i -> database.query(SEARCH, parameter(queries[i])));
        inTurn.run(rounds);
        System.out.println(SEARCH + ", " + SEARCHED + " rows");
        print(inTurn, "Java API", null);
        print(inTurn, "statement", "Java API");
        print(inTurn, "statement and its parameter", "Java API");
    }

    private static long[] nearest(VectorCollection searched, float[] query) {
        return searched.searchIds(
                        SearchRequest.nearest(query, MeasuredDatabase.K).withoutPayload())
                .ids();
    }

    private static Obj parameter(float[] vector) {
        List<Value> components = new ArrayList<>(vector.length);
        for (float component : vector) {
            components.add(Value.of((double) component));
        }
        return Obj.of("v", Arr.of(components));
    }

    // ---- MATCH

    private void match() throws IOException {
        GraphCollection graph = database.createGraphCollection("g");
        List<Obj> payloads = data.payloads(ROWS);
        load(
                graph::upsertBulk,
                ROWS,
                i -> Point.of(i, payloads.get(i).with("_labels", Arr.of(List.of(Value.of("S"))))));
        List<WordNet.Link> links = data.links(ROWS);
        List<Edge> edges = new ArrayList<>();
        for (WordNet.Link link : links) {
            edges.add(Edge.of(edges.size(), link.source(), link.target(), link.label()));
        }
        graph.addEdges(edges);
        InTurn inTurn = new InTurn();
        List<Obj> parameters = new ArrayList<>();
        StringBuilder counts = new StringBuilder();
        for (String kind : KINDS) {
            Obj parameter = Obj.of("kind", kind, "_collection", "g");
            parameters.add(parameter);
            int found = database.query(PATTERN, parameter).rows().size();
            if (found != count(links, payloads, kind)) {
                throw new IllegalStateException(kind + " has " + found + " matches");
            }
            counts.append(' ').append(found);
        }
        inTurn.time("statement", KINDS.size(), i -> database.query(PATTERN, parameters.get(i)));
        inTurn.run(4 * rounds);
        System.out.println(PATTERN + ", " + edges.size() + " edges, matches" + counts);
        print(inTurn, "statement", null);
    }

    /** What the pattern has to find: pairs of edges, each triple of nodes once. */
    private static long count(List<WordNet.Link> links, List<Obj> payloads, String kind) {
        Map<Integer, List<Integer>> parts = new HashMap<>();
        for (WordNet.Link link : links) {
            if (link.label().equals("has_part")) {
                parts.computeIfAbsent(link.source(), k -> new ArrayList<>()).add(link.target());
            }
        }
        return links.stream()
                .filter(link -> link.label().equals("hyponym")
                        && Objects.equals(payloads.get(link.source()).text("lexfile"), kind))
                .flatMap(link -> parts.getOrDefault(link.target(), List.of()).stream()
                        .map(part -> List.of(link.source(), link.target(), part)))
                .distinct()
                .count();
    }

    // ---- GROUP BY, JOIN

    private void group(@Nullable SqlPeer peer) throws IOException {
        MetadataCollection synsets = database.createMetadataCollection("synsets");
        List<Obj> payloads = data.payloads(ROWS);
        load(synsets::upsertBulk, ROWS, i -> Point.of(i, payloads.get(i)));
        measure(GROUP, ROWS, peer);
    }

    private void join(@Nullable SqlPeer peer) {
        for (Map.Entry<String, Integer> side :
                Map.of("lefts", 7_919, "rights", 104_729).entrySet()) {
            MetadataCollection rows = database.createMetadataCollection(side.getKey());
            long step = side.getValue();
            load(
                    rows::upsertBulk,
                    ROWS,
                    i -> Point.of(i, Obj.of("number", i * step % ROWS, "far", i * step % ROWS * FAR)));
        }
        measure(JOIN, ROWS, peer);
        measure(FAR_JOIN, ROWS, peer);
    }

    private void measure(String statement, long right, @Nullable SqlPeer peer) {
        long sum = 0;
        for (QueryRow row : database.query(statement).rows()) {
            sum += ((Value.Int) row.values().value(row.values().size() - 1)).value();
        }
        if (sum != right) {
            throw new IllegalStateException(statement + " counts " + sum + ", not " + right);
        }
        InTurn inTurn = new InTurn();
        inTurn.time("statement", 20, i -> database.query(statement));
        if (peer != null) {
            inTurn.add("duckdb", 20, i -> peer.micros(statement, right));
        }
        inTurn.run(rounds / 3);
        System.out.println(statement + ", " + ROWS + " rows");
        if (peer != null) {
            print(inTurn, "duckdb", null);
        }
        print(inTurn, "statement", peer == null ? null : "duckdb");
    }

    private interface Load {
        void all(Iterable<Point> points);
    }

    private static void load(Load into, int rows, IntFunction<Point> point) {
        into.all(() -> IntStream.range(0, rows).mapToObj(point).iterator());
    }

    private static void print(InTurn inTurn, String name, @Nullable String beside) {
        double p50 = inTurn.p50(name);
        System.out.printf(
                Locale.ROOT,
                "    %-30s p50 %,10.1f us%s%n",
                name,
                p50,
                beside == null ? "" : String.format(Locale.ROOT, "   %.2f x %s", p50 / inTurn.p50(beside), beside));
    }
}
