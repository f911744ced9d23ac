package io.velesdb.cli.shell;

import io.velesdb.Collection;
import io.velesdb.Degree;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.SearchableCollection;
import io.velesdb.StatementText;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalPage;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code .graph}: edges and walks of a collection. */
final class GraphCommands {
    /** What stands behind {@code .graph}: its words, how many arguments it takes, what it does. */
    private record Sub(String arguments, int least, int most, Command.Action action) {}

    private static final Map<String, Sub> SUBS = new LinkedHashMap<>();

    static {
        SUBS.put("add-edge", new Sub("NAME SOURCE TARGET LABEL [PROPERTIES] [--id N]", 4, 7, GraphCommands::addEdge));
        SUBS.put("edges", new Sub("NAME [LABEL]", 1, 2, GraphCommands::edges));
        SUBS.put("remove-edge", new Sub("NAME ID", 2, 2, GraphCommands::removeEdge));
        SUBS.put("degree", new Sub("NAME NODE", 2, 2, GraphCommands::degree));
        SUBS.put("neighbors", new Sub("NAME NODE [out|in|both]", 2, 3, GraphCommands::neighbours));
        SUBS.put(
                "traverse", new Sub("NAME NODE [DEPTH] [--direction D] [--labels A,B]", 2, 7, GraphCommands::traverse));
        SUBS.put("count", new Sub("NAME", 1, 1, GraphCommands::count));
        SUBS.put("search", new Sub("NAME VECTOR [K]", 2, 3, GraphCommands::search));
        SUBS.put("store-payload", new Sub("NAME NODE JSON", 3, 3, GraphCommands::storePayload));
        SUBS.put("get-payload", new Sub("NAME NODE", 2, 2, GraphCommands::getPayload));
        SUBS.put(
                "nodes",
                new Sub(
                        "NAME [PAGE]",
                        1,
                        2,
                        (s, w) -> InspectCommands.page(s, w.get(2), 10, 10L * (w.count(3, 1) - 1))));
        SUBS.put("help", new Sub("", 0, 0, (s, w) -> help(s)));
    }

    private GraphCommands() {}

    static List<Command> all() {
        return List.of(new Command(
                "Graph",
                ".graph",
                "COMMAND NAME ...",
                "edges, neighbours, walks: see .graph help",
                1,
                Command.ANY,
                GraphCommands::run));
    }

    /** The words that may follow {@code .graph}. */
    static List<String> names() {
        return List.copyOf(SUBS.keySet());
    }

    private static void run(Session session, Words words) throws IOException {
        Sub sub = SUBS.get(words.get(1));
        if (sub == null) {
            throw Session.wrong("there is no .graph " + words.get(1) + ": use " + String.join(", ", SUBS.keySet()));
        }
        int arguments = words.size() - 2;
        if (arguments < sub.least() || arguments > sub.most()) {
            throw Session.wrong("write .graph " + words.get(1) + " " + sub.arguments());
        }
        sub.action().run(session, words);
    }

    private static void help(Session session) {
        SUBS.forEach((name, sub) -> session.say(".graph " + name + " " + sub.arguments()));
    }

    private static void addEdge(Session session, Words words) {
        String id = words.option("--id");
        long source = Ids.parse(words.get(3));
        long target = Ids.parse(words.get(4));
        String label = words.get(5);
        String json = words.find(6);
        Obj properties = json == null ? null : object(json);
        Collection collection = session.collection(words.get(2));
        long written;
        if (id == null) {
            written = collection.relate(source, target, label, properties);
        } else {
            written = Ids.parse(id);
            collection.addEdge(new Edge(written, source, target, label, properties));
        }
        session.say("edge " + Ids.format(written) + " written");
    }

    private static Obj object(String json) {
        if (Json.parse(json) instanceof Obj object) {
            return object;
        }
        throw Session.wrong("'" + json + "' is no JSON object");
    }

    private static void edges(Session session, Words words) {
        String from = "SELECT EDGES FROM " + StatementText.name(words.get(2));
        String label = words.find(3);
        session.show(
                label == null ? from + " LIMIT 100" : from + " WHERE label = $label LIMIT 100",
                label == null ? Obj.EMPTY : Obj.of("label", label));
    }

    private static void removeEdge(Session session, Words words) {
        session.show(
                "DELETE EDGE $edge FROM " + StatementText.name(words.get(2)),
                Obj.of("edge", Ids.toValue(Ids.parse(words.get(3)))));
    }

    private static void degree(Session session, Words words) {
        Degree degree = session.collection(words.get(2)).degree(Ids.parse(words.get(3)));
        session.show(List.of(Obj.of("in", degree.in(), "out", degree.out())));
    }

    private static void neighbours(Session session, Words words) {
        String direction = words.find(4);
        walk(
                session,
                words,
                TraversalOptions.DEFAULT
                        .maxDepth(1)
                        .direction(direction == null ? Direction.OUT : Direction.parse(direction)));
    }

    private static void traverse(Session session, Words words) {
        TraversalOptions options = TraversalOptions.DEFAULT;
        String direction = words.option("--direction");
        String labels = words.option("--labels");
        if (direction != null) {
            options = options.direction(Direction.parse(direction));
        }
        if (labels != null) {
            options = options.relTypes(List.of(labels.split(",")));
        }
        walk(session, words, options.maxDepth(words.count(4, options.maxDepth())));
    }

    private static void walk(Session session, Words words, TraversalOptions options) {
        Collection collection = session.collection(words.get(2));
        TraversalPage page = collection.traverse(Ids.parse(words.get(3)), options);
        long[] ids = page.hits().stream().mapToLong(TraversalHit::target).toArray();
        List<@Nullable Point> points = collection.get(ids);
        Obj.Builder[] rows = new Obj.Builder[ids.length];
        for (int i = 0; i < ids.length; i++) {
            TraversalHit hit = page.hits().get(i);
            rows[i] = Obj.builder()
                    .put("node", Ids.toValue(ids[i]))
                    .put("depth", Value.of((long) hit.depth()))
                    .put("edges", Arr.of(hit.path().stream().map(Ids::toValue).toList()));
            Point point = points.get(i);
            rows[i].put("payload", point == null || point.payload() == null ? Value.NULL : point.payload());
        }
        session.show(Arrays.stream(rows).map(Obj.Builder::build).toList());
        if (page.next() != null) {
            session.say("there are more: go less deep, or along fewer labels");
        }
    }

    private static void count(Session session, Words words) {
        Collection collection = session.collection(words.get(2));
        session.show(List.of(Obj.of("nodes", collection.count(), "edges", collection.edgeCount())));
    }

    private static void search(Session session, Words words) {
        if (!(session.collection(words.get(2)) instanceof SearchableCollection collection)) {
            throw Session.wrong("collection '" + words.get(2) + "' holds no vectors to search");
        }
        if (!(Json.parse(words.get(3)) instanceof Arr numbers)) {
            throw Session.wrong("'" + words.get(3) + "' is no vector such as [1,0]");
        }
        session.show(collection.search(SearchRequest.nearest(DataCommands.floats(numbers), words.count(4, 10))).stream()
                .map(hit -> Obj.of(
                        "node",
                        Ids.toValue(hit.id()),
                        "score",
                        Json.parse(Json.text(hit.score())),
                        "payload",
                        hit.payload()))
                .toList());
    }

    private static void storePayload(Session session, Words words) {
        session.show(
                "INSERT NODE INTO " + StatementText.name(words.get(2)) + " (id = " + Ids.format(Ids.parse(words.get(3)))
                        + ", payload = '" + Json.write(object(words.get(4))).replace("'", "''") + "')",
                Obj.EMPTY);
    }

    private static void getPayload(Session session, Words words) {
        session.show(
                "SELECT payload FROM " + StatementText.name(words.get(2)) + " WHERE id = $id",
                Obj.of("id", Ids.toValue(Ids.parse(words.get(3)))));
    }
}
