package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Degree;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Page;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Edges, of every kind of collection; what walks along them has classes of its own. */
@Command(
        name = "graph",
        description = "Connects points by edges, and walks along them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GraphCommand.AddEdge.class,
            GraphCommand.Relate.class,
            GraphCommand.GetEdges.class,
            GraphCommand.RemoveEdge.class,
            GraphCommand.DegreeOf.class,
            GraphCommand.Neighbors.class,
            TraverseCommand.class,
            PathCommand.class,
            ComponentsCommand.class,
            PageRankCommand.class,
            GraphCommand.StorePayload.class,
            GraphCommand.GetPayload.class,
            GraphCommand.Nodes.class,
            GraphCommand.Count.class,
            SearchCommand.class
        })
final class GraphCommand {
    static Obj json(Edge edge) {
        return row(edge).with("properties", edge.properties() == null ? Value.NULL : edge.properties());
    }

    private static Obj row(Edge edge) {
        return Obj.of(
                "id",
                Ids.toValue(edge.id()),
                "source",
                Ids.toValue(edge.source()),
                "target",
                Ids.toValue(edge.target()),
                "label",
                edge.label());
    }

    private static void print(Output output, List<Edge> edges) {
        if (output.json()) {
            output.json(Arr.of(edges.stream().map(GraphCommand::json).toList()));
            return;
        }
        output.table(
                edges.stream()
                        .map(edge -> Arguments.merge(Obj.builder().putAll(row(edge)), edge.properties())
                                .build())
                        .toList(),
                "There are no such edges.");
    }

    /** The option {@code --properties}. */
    static final class Properties {
        @Option(names = "--properties", paramLabel = "JSON", description = "An object (default: none).")
        private @Nullable String json;

        @Nullable
        Obj parsed() {
            return json == null ? null : Json.parsePayload(json);
        }
    }

    @Command(
            name = "add-edge",
            description = {"Adds an edge between two points.", "", "An id that is in use is refused."})
    static final class AddEdge implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2", paramLabel = "ID", description = "The number of the edge.")
        private String id = "";

        @Parameters(index = "3", paramLabel = "SOURCE", description = "The id of the point that it leaves.")
        private String from = "";

        @Parameters(index = "4", paramLabel = "TARGET", description = "The id of the point that it enters.")
        private String to = "";

        @Parameters(index = "5", paramLabel = "LABEL", description = "What kind of connection, such as KNOWS.")
        private String label = "";

        @Mixin
        private Properties properties = new Properties();

        @Override
        public void run() {
            Edge edge = Edge.of(Ids.parse(id), Arguments.id(from), Arguments.id(to), label)
                    .withProperties(properties.parsed());
            try (Database database = Folder.open(target.path, output)) {
                database.collection(target.name).addEdge(edge);
                output.done("Added edge " + Ids.format(edge.id()) + ".", json(edge));
            }
        }
    }

    @Command(
            name = "relate",
            description = {
                "Makes sure that an edge is there.",
                "",
                "Its id follows from source, target and label; doing it again replaces its properties."
            })
    static final class Relate implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2", paramLabel = "SOURCE", description = "The id of the point that it leaves.")
        private String from = "";

        @Parameters(index = "3", paramLabel = "TARGET", description = "The id of the point that it enters.")
        private String to = "";

        @Parameters(index = "4", paramLabel = "LABEL", description = "What kind of connection, such as KNOWS.")
        private String label = "";

        @Mixin
        private Properties properties = new Properties();

        @Override
        public void run() {
            Edge edge = Edge.of(Arguments.id(from), Arguments.id(to), label).withProperties(properties.parsed());
            try (Database database = Folder.open(target.path, output)) {
                database.collection(target.name).relate(edge.source(), edge.target(), edge.label(), edge.properties());
                output.done("Wrote edge " + Ids.format(edge.id()) + ".", json(edge));
            }
        }
    }

    @Command(
            name = "get-edges",
            aliases = "edges",
            description = "Lists edges by ascending id: all, or those of a label.")
    static final class GetEdges implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Option(names = "--label", paramLabel = "LABEL", description = "Only edges with this label.")
        private @Nullable String label;

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                print(output, database.collection(target.name).edges(label));
            }
        }
    }

    @Command(name = "remove-edge", description = "Removes an edge; exit status 1 when there is none of this id.")
    static final class RemoveEdge implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2", paramLabel = "ID", description = "The number of the edge.")
        private String id = "";

        @Override
        public void run() {
            long number = Ids.parse(id);
            try (Database database = Folder.open(target.path, output)) {
                if (!database.collection(target.name).removeEdge(number)) {
                    throw new VelesException(
                            ErrorCode.EDGE_NOT_FOUND,
                            "collection '" + target.name + "' has no edge " + Ids.format(number)
                                    + ": 'graph get-edges' lists them");
                }
                output.done("Removed edge " + Ids.format(number) + ".", Obj.of("removed", Ids.toValue(number)));
            }
        }
    }

    /** PATH, NAME and NODE. */
    static final class Node extends CollectionCommand.Target {
        @Parameters(index = "2", paramLabel = "NODE", description = "The id of the point.")
        private String id = "";

        long id() {
            return Arguments.id(id);
        }
    }

    /** The option {@code --direction}. */
    static final class DirectionOption {
        @Option(
                names = "--direction",
                paramLabel = "DIR",
                description = "Which edges are followed: out, in or both (default: ${DEFAULT-VALUE}).",
                defaultValue = "out")
        private String direction = "out";

        Direction parsed() {
            return Direction.parse(direction);
        }
    }

    @Command(name = "degree", description = "Counts the edges that enter and leave a point.")
    static final class DegreeOf implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Node node = new Node();

        @Override
        public void run() {
            try (Database database = Folder.open(node.path, output)) {
                Degree degree = database.collection(node.name).degree(node.id());
                output.fields(Obj.of("in", degree.in(), "out", degree.out()));
            }
        }
    }

    @Command(
            name = "neighbors",
            aliases = "neighbours",
            description = "Lists the points at the other end of a point's edges.")
    static final class Neighbors implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Node node = new Node();

        @Mixin
        private DirectionOption direction = new DirectionOption();

        @Option(names = "--label", paramLabel = "LABEL", description = "Only along edges with this label.")
        private @Nullable String label;

        @Override
        public void run() {
            long id = node.id();
            Direction wanted = direction.parsed();
            String checked = label == null ? null : Edge.checkLabel(label);
            try (Database database = Folder.open(node.path, output)) {
                Collection collection = database.collection(node.name);
                List<Obj> rows = new ArrayList<>();
                if (wanted != Direction.IN) {
                    collection.outgoing(id).stream()
                            .filter(edge -> checked == null || edge.label().equals(checked))
                            .forEach(edge -> rows.add(row(collection, "out", edge, edge.target())));
                }
                if (wanted != Direction.OUT) {
                    collection.incoming(id).stream()
                            .filter(edge -> checked == null || edge.label().equals(checked))
                            .forEach(edge -> rows.add(row(collection, "in", edge, edge.source())));
                }
                if (output.json()) {
                    output.json(Arr.of(rows));
                    return;
                }
                output.table(rows.stream().map(Found::flat).toList(), "There are no neighbours.");
            }
        }

        private static Obj row(Collection collection, String way, Edge edge, long other) {
            return Obj.of(
                    "id",
                    Ids.toValue(other),
                    "direction",
                    way,
                    "label",
                    edge.label(),
                    "edge",
                    Ids.toValue(edge.id()),
                    "payload",
                    Found.payload(collection, other));
        }
    }

    @Command(name = "store-payload", description = "Stores or replaces the payload of a node; vectors and edges stay.")
    static final class StorePayload implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Node node = new Node();

        @Parameters(index = "3", paramLabel = "JSON", description = "An object, or null.")
        private String payload = "";

        @Override
        public void run() {
            Obj fields = Json.parsePayload(payload);
            long id = node.id();
            try (Database database = Folder.open(node.path, output)) {
                database.graphCollection(node.name).upsertNodePayload(id, fields);
                output.done("Wrote node " + Ids.format(id) + ".", Obj.of("id", Ids.toValue(id)));
            }
        }
    }

    @Command(name = "get-payload", description = "Prints the payload of a node as JSON, or null.")
    static final class GetPayload implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Node node = new Node();

        @Override
        public void run() {
            try (Database database = Folder.open(node.path, output)) {
                Value payload = Found.payload(database.collection(node.name), node.id());
                if (output.tableWasAsked() && payload instanceof Obj fields) {
                    output.fields(fields);
                } else {
                    output.json(payload);
                }
            }
        }
    }

    @Command(name = "nodes", description = "Lists one page of nodes in the order of their ids.")
    static final class Nodes implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Mixin
        private PageOptions pages = new PageOptions();

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                Page page = pages.of(collection);
                List<Obj> nodes = page.points().stream()
                        .map(point -> {
                            Degree degree = collection.degree(point.id());
                            return Obj.of(
                                    "id",
                                    Ids.toValue(point.id()),
                                    "in",
                                    degree.in(),
                                    "out",
                                    degree.out(),
                                    "payload",
                                    Arguments.payload(point.payload()));
                        })
                        .toList();
                Long next = page.next();
                if (output.json()) {
                    output.json(Obj.of("nodes", Arr.of(nodes), "next", next == null ? Value.NULL : Ids.toValue(next)));
                    return;
                }
                output.table(nodes.stream().map(Found::flat).toList(), "There are no nodes.");
                PageOptions.more(output, page);
            }
        }
    }

    @Command(name = "count", description = "Counts nodes and edges.")
    static final class Count implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                output.fields(Obj.of("nodes", collection.count(), "edges", collection.edgeCount()));
            }
        }
    }
}
