package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.GraphPath;
import io.velesdb.PathOptions;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "path", description = "Shows the shortest way between two points; exit status 1 when there is none.")
final class PathCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Parameters(index = "2", paramLabel = "FROM", description = "The id of the point where it begins.")
    private String from = "";

    @Parameters(index = "3", paramLabel = "TO", description = "The id of the point where it ends.")
    private String to = "";

    @Mixin
    private LabelsOption labels = new LabelsOption();

    @Mixin
    private GraphCommand.DirectionOption direction = new GraphCommand.DirectionOption();

    @Option(
            names = "--weight",
            paramLabel = "PROPERTY",
            description = "The edge property whose sum is least (default: the number of edges is).")
    private @Nullable String weight;

    @Override
    public Integer call() {
        PathOptions options = PathOptions.DEFAULT
                .direction(direction.parsed())
                .relTypes(labels.labels().toArray(String[]::new))
                .weight(weight);
        try (Database database = Folder.open(target.path, output)) {
            Collection collection = database.collection(target.name);
            GraphPath path = collection.shortestPath(Arguments.id(from), Arguments.id(to), options);
            if (output.json()) {
                output.json(path == null ? Value.NULL : json(path));
            } else if (path == null) {
                output.out().println("There is no way from " + from + " to " + to + ".");
            } else {
                output.table(steps(collection, path), "");
                output.err().println("\nweight " + Value.of(path.weight()));
            }
            return path == null ? Failures.FAILED : 0;
        }
    }

    private static Obj json(GraphPath path) {
        return Obj.of(
                "nodes",
                Arr.of(path.nodes().stream().map(Ids::toValue).toList()),
                "edges",
                Arr.of(path.edges().stream().map(Ids::toValue).toList()),
                "weight",
                path.weight());
    }

    /** A row for each point with the label of the edge that led there. */
    private static List<Obj> steps(Collection collection, GraphPath path) {
        List<Obj> rows = new ArrayList<>();
        for (int i = 0; i < path.nodes().size(); i++) {
            Edge edge = i == 0 ? null : collection.edge(path.edges().get(i - 1));
            long node = path.nodes().get(i);
            rows.add(Found.flat(Obj.of(
                    "step",
                    i,
                    "id",
                    Ids.toValue(node),
                    "by",
                    edge == null ? "" : edge.label(),
                    "payload",
                    Found.payload(collection, node))));
        }
        return rows;
    }
}
