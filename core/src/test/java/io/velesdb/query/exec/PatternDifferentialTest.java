package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.GraphCollection;
import io.velesdb.Point;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random patterns over random graphs match what walking every path from the first node on ({@link NaivePattern}) matches, in
 * the same order: nodes that repeat an alias, properties, nodes and relationships without alias.
 */
final class PatternDifferentialTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_125);
    private static final int GRAPHS = 60;
    private static final int PATTERNS = 40;

    /** A node of a pattern: {@code label} and {@code kind} are null where anything will do. */
    private record Node(String alias, String label, String kind) {
        String text() {
            return "(" + (alias == null ? "" : alias) + (label == null ? "" : ":" + label)
                    + (kind == null ? "" : " {kind: '" + kind + "'}") + ")";
        }
    }

    private record Relation(String alias, String type, int direction, int least, int most, boolean ranged) {
        String text() {
            String inside = "[" + (alias == null ? "" : alias) + (type == null ? "" : ":" + type)
                    + (ranged ? "*" + least + ".." + most : "") + "]";
            return (direction < 0 ? "<-" : "-") + inside + (direction > 0 ? "->" : "-");
        }
    }

    private final Random random = new Random(SEED);
    private final List<Obj> rows = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private NaiveQuery naive = new NaiveQuery(Map.of());

    @Test
    void patternsMatchWhatWalkingEveryPathMatches() {
        for (int graph = 0; graph < GRAPHS; graph++) {
            Database database = graph();
            for (int i = 0; i < PATTERNS; i++) {
                compare(database, "seed " + SEED + ", graph " + graph + ", pattern " + i);
            }
        }
    }

    private Database graph() {
        rows.clear();
        edges.clear();
        Database database = Database.inMemory();
        GraphCollection graph = database.createGraphCollection("g");
        int n = 3 + random.nextInt(10);
        // rows stand in an order that is not that of their ids in half of the graphs
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < n; id++) {
            rows.add(Obj.of("kind", random.nextBoolean() ? "x" : "y", "_labels", Arr.of(labels())));
            ids.add(id);
        }
        if (random.nextBoolean()) {
            Collections.shuffle(ids, random);
        }
        for (long id : ids) {
            graph.upsert(List.of(Point.of(id, rows.get((int) id))));
        }
        for (int e = 0, most = random.nextInt(2 * n); e < most; e++) {
            edges.add(Edge.of(e, random.nextInt(n), random.nextInt(n), random.nextBoolean() ? "R" : "S"));
        }
        graph.addEdges(edges);
        List<Point> points =
                ids.stream().map(id -> Point.of(id, rows.get(id.intValue()))).toList();
        naive = new NaiveQuery(Map.of("g", new NaiveCollection(null, points, edges)));
        return database;
    }

    private List<Value> labels() {
        List<Value> labels = new ArrayList<>();
        for (String label : List.of("A", "B")) {
            if (random.nextInt(3) == 0) {
                labels.add(Value.of(label));
            }
        }
        return labels;
    }

    private void compare(Database database, String where) {
        List<Node> nodes = new ArrayList<>();
        List<Relation> relations = new ArrayList<>();
        int length = random.nextInt(4);
        for (int i = 0; i <= length; i++) {
            // the first node has an alias, so that something is returned; a later one may repeat it
            String alias = i == 0 ? "n0" : random.nextInt(8) == 0 ? "n0" : random.nextInt(4) == 0 ? null : "n" + i;
            nodes.add(new Node(
                    alias,
                    random.nextInt(3) == 0 ? (random.nextBoolean() ? "A" : "B") : null,
                    random.nextInt(3) == 0 ? (random.nextBoolean() ? "x" : "y") : null));
            if (i < length) {
                boolean ranged = random.nextInt(4) == 0;
                int least = ranged ? random.nextInt(3) : 1;
                relations.add(new Relation(
                        random.nextBoolean() ? "r" + i : null,
                        random.nextInt(3) == 0 ? null : random.nextBoolean() ? "R" : "S",
                        random.nextInt(3) - 1,
                        least,
                        ranged ? least + random.nextInt(2) : 1,
                        ranged));
            }
        }
        StringBuilder text = new StringBuilder("MATCH ");
        List<String> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            text.append(nodes.get(i).text());
            if (nodes.get(i).alias() != null) {
                items.add(nodes.get(i).alias() + ".id AS c" + items.size());
            }
            if (i < relations.size()) {
                Relation relation = relations.get(i);
                text.append(relation.text());
                if (relation.alias() != null) {
                    items.add(relation.alias() + (relation.ranged() ? "" : ".id") + " AS c" + items.size());
                }
            }
        }
        text.append(" RETURN ").append(String.join(", ", items));
        List<Obj> found = new ArrayList<>();
        database.query(text.toString(), Obj.of("_collection", "g")).rows().forEach(row -> found.add(row.values()));
        assertThat(found).as(where + ": " + text).isEqualTo(naive.run(text.toString(), "g"));
        int limit = random.nextInt(4);
        List<Obj> first = new ArrayList<>();
        database.query(text + " LIMIT " + limit, Obj.of("_collection", "g"))
                .rows()
                .forEach(row -> first.add(row.values()));
        assertThat(first)
                .as(where + ": " + text + " LIMIT " + limit)
                .isEqualTo(found.subList(0, Math.min(limit, found.size())));
    }
}
