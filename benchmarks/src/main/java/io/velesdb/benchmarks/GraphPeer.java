package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.GraphCollection;
import io.velesdb.Point;
import io.velesdb.QueryRow;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalOrder;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.graph.Traversal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Nodes and relations of WordNet over the public API as one of several measured processes: {@code --data DIR --dir D --rows N}
 * fills a new graph collection {@code g} twice, in two databases, and prints the seconds that took, TAB between them: with the
 * JVM's code not compiled yet, and again. Then it answers each line from the second:
 *
 * <pre>
 * hop ID DEPTH    micros TAB number of nodes that hyponyms reach
 * query TEXT      micros TAB the rows that a statement of VelesQL answers, as JSON
 * </pre>
 */
public final class GraphPeer {
    private static final TraversalOptions HYPONYMS =
            TraversalOptions.DEFAULT.relTypes("hyponym").limit(1_000_000);

    private GraphPeer() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Arguments options = new Arguments(args);
        int n = options.number("--rows", 100_000);
        WordNet data = WordNet.of(options);
        List<String> glosses = data.glosses("base", n);
        List<Obj> columns = data.payloads(n);
        List<WordNet.Link> links = data.links(n);
        Path folder = Path.of(options.text("--dir", "graph-peer"));
        double cold;
        try (Database first = VelesDb.open(folder.resolve("first"), Options.DEFAULTS)) {
            cold = fill(first, glosses, columns, links);
        }
        try (Database database = VelesDb.open(folder.resolve("db"), Options.DEFAULTS)) {
            double warm = fill(database, glosses, columns, links);
            answers.println(cold + "\t" + warm);
            GraphCollection graph = database.graphCollection("g");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.println(answer(database, graph, line));
            }
        }
    }

    /** Seconds to write all nodes and edges into a new collection. */
    private static double fill(Database database, List<String> glosses, List<Obj> columns, List<WordNet.Link> links) {
        long start = System.nanoTime();
        GraphCollection graph = database.createGraphCollection("g");
        graph.upsertBulk(() -> IntStream.range(0, glosses.size())
                .mapToObj(i -> Point.of(
                        i,
                        columns.get(i)
                                .with("chars", glosses.get(i).length())
                                .with("_labels", Arr.of(List.of(Value.of("S"))))))
                .iterator());
        List<Edge> edges = new ArrayList<>();
        for (WordNet.Link link : links) {
            edges.add(Edge.of(edges.size(), link.source(), link.target(), link.label()));
        }
        graph.addEdges(edges);
        return (System.nanoTime() - start) / 1e9;
    }

    private static String answer(Database database, GraphCollection graph, String line) {
        List<String> words = List.of(line.split(" ", 3));
        long begin = System.nanoTime();
        String found;
        if (words.get(0).equals("hop")) {
            Traversal walk = graph.traversal(
                    TraversalOrder.BREADTH_FIRST,
                    new long[] {Long.parseLong(words.get(1))},
                    HYPONYMS.maxDepth(Integer.parseInt(words.get(2))));
            int reached = 0;
            while (walk.next()) {
                reached++;
            }
            found = Integer.toString(reached);
        } else {
            List<QueryRow> rows =
                    database.query(line.substring("query ".length())).rows();
            double micros = (System.nanoTime() - begin) / 1e3;
            List<Value> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.values()));
            return micros + "\t" + Json.write(Arr.of(values));
        }
        return (System.nanoTime() - begin) / 1e3 + "\t" + found;
    }
}
