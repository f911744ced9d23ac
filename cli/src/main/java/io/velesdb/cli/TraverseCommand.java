package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalPage;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "traverse", description = "Lists the points that can be reached from a point along edges.")
final class TraverseCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Mixin
    private GraphCommand.Node node = new GraphCommand.Node();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "bfs or dfs: level by level, or each way to its end (default: ${DEFAULT-VALUE}).",
            defaultValue = "bfs")
    private String algorithm = "bfs";

    @Option(
            names = "--min-depth",
            paramLabel = "N",
            description = "Pass through what is nearer, without listing it (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int minDepth;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description = "Go so many edges far (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int maxDepth;

    @Option(
            names = {"-k", "--limit"},
            paramLabel = "N",
            description = "Points to list (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int limit;

    @Mixin
    private LabelsOption labels = new LabelsOption();

    @Mixin
    private GraphCommand.DirectionOption direction = new GraphCommand.DirectionOption();

    @Option(
            names = "--node-filter",
            paramLabel = "JSON",
            description = "Only points for which it holds; others are not passed through.")
    private @Nullable String nodes;

    @Option(names = "--edge-filter", paramLabel = "JSON", description = "Only edges for whose properties it holds.")
    private @Nullable String edges;

    @Option(names = "--cursor", paramLabel = "TEXT", description = "Go on where an earlier traversal ended.")
    private @Nullable String cursor;

    @Override
    public void run() {
        long source = node.id();
        boolean depthFirst = depthFirst();
        TraversalOptions options = TraversalOptions.DEFAULT
                .direction(direction.parsed())
                .depth(minDepth, maxDepth)
                .limit(limit)
                .relTypes(labels.labels())
                .nodes(nodes == null ? null : Filter.parse(nodes))
                .edges(edges == null ? null : Filter.parse(edges))
                .from(cursor);
        try (Database database = Folder.open(node.path, output)) {
            Collection collection = database.collection(node.name);
            long start = System.nanoTime();
            TraversalPage page =
                    depthFirst ? collection.traverseDepthFirst(source, options) : collection.traverse(source, options);
            double millis = (System.nanoTime() - start) / 1e6;
            List<Obj> found =
                    page.hits().stream().map(hit -> json(collection, hit)).toList();
            if (output.json()) {
                String next = page.next();
                output.json(Obj.of("nodes", Arr.of(found), "next", next == null ? Value.NULL : Value.of(next)));
                return;
            }
            output.table(
                    found.stream().map(row -> Found.flat(row.without("path"))).toList(), "Nothing can be reached.");
            if (page.next() != null) {
                output.out().println("\nMore with --cursor " + page.next());
            }
            Hits.took(output, found.size(), millis);
        }
    }

    private boolean depthFirst() {
        return switch (algorithm.toLowerCase(Locale.ROOT)) {
            case "bfs" -> false;
            case "dfs" -> true;
            default ->
                throw new VelesException(ErrorCode.QUERY, "algorithm '" + algorithm + "' is unknown: use bfs or dfs");
        };
    }

    private static Obj json(Collection collection, TraversalHit hit) {
        return Obj.of(
                "depth",
                hit.depth(),
                "id",
                Ids.toValue(hit.target()),
                "path",
                Arr.of(hit.path().stream().map(Ids::toValue).toList()),
                "payload",
                Found.payload(collection, hit.target()));
    }
}
