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
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random patterns over random graphs match what walking every path from the first node on matches, in the same order. */
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

        boolean accepts(Obj row) {
            return (kind == null || kind.equals(row.text("kind")))
                    && (label == null || ((Arr) row.get("_labels")).elements().contains(Value.of(label)));
        }
    }

    private record Relation(String alias, String type, int direction, int least, int most, boolean ranged) {
        String text() {
            String inside = "[" + (alias == null ? "" : alias) + (type == null ? "" : ":" + type)
                    + (ranged ? "*" + least + ".." + most : "") + "]";
            return (direction < 0 ? "<-" : "-") + inside + (direction > 0 ? "->" : "-");
        }
    }

    private record Match(List<Long> nodes, List<List<Long>> edges) {
        List<Long> path() {
            return edges.stream().flatMap(List::stream).toList();
        }
    }

    private final Random random = new Random(SEED);
    private final List<Obj> rows = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

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
        assertThat(found).as(where + ": " + text).isEqualTo(expected(nodes, relations));
    }

    private List<Obj> expected(List<Node> nodes, List<Relation> relations) {
        List<Match> all = new ArrayList<>();
        for (long id = 0; id < rows.size(); id++) {
            walk(nodes, relations, new ArrayList<>(List.of(id)), new ArrayList<>(), all);
        }
        Comparator<List<Long>> lexicographic = (a, b) -> Arrays.compare(a.toArray(Long[]::new), b.toArray(Long[]::new));
        Comparator<Match> shortest =
                Comparator.comparing((Match match) -> match.path().size()).thenComparing(Match::path, lexicographic);
        Map<Obj, Match> best = new HashMap<>();
        for (Match match : all) {
            best.merge(columns(match, nodes, relations), match, (a, b) -> shortest.compare(a, b) <= 0 ? a : b);
        }
        return best.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparing((Match match) -> match.nodes().get(0))
                                .thenComparing(Match::path, lexicographic)
                                .thenComparing(match -> key(match, nodes, relations), lexicographic)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Obj columns(Match match, List<Node> nodes, List<Relation> relations) {
        Obj columns = Obj.EMPTY;
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).alias() != null) {
                columns = columns.with("c" + columns.size(), match.nodes().get(i));
            }
            if (i < relations.size() && relations.get(i).alias() != null) {
                List<Long> ids = match.edges().get(i);
                columns = columns.with(
                        "c" + columns.size(),
                        relations.get(i).ranged()
                                ? Arr.of(ids.stream().map(Value::of).toList())
                                : ids.get(0));
            }
        }
        return columns;
    }

    private static List<Long> key(Match match, List<Node> nodes, List<Relation> relations) {
        List<Long> key = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).alias() != null) {
                key.add(match.nodes().get(i));
            }
            if (i < relations.size() && relations.get(i).alias() != null) {
                if (relations.get(i).ranged()) {
                    key.add((long) match.edges().get(i).size());
                }
                key.addAll(match.edges().get(i));
            }
        }
        return key;
    }

    private void walk(
            List<Node> nodes, List<Relation> relations, List<Long> bound, List<List<Long>> walked, List<Match> into) {
        int place = bound.size() - 1;
        long id = bound.get(place);
        for (int i = 0; i < place; i++) {
            String alias = nodes.get(i).alias();
            if (alias != null && alias.equals(nodes.get(place).alias()) && bound.get(i) != id) {
                return;
            }
        }
        if (!nodes.get(place).accepts(rows.get((int) id))) {
            return;
        }
        if (place == relations.size()) {
            into.add(new Match(List.copyOf(bound), List.copyOf(walked)));
            return;
        }
        hops(nodes, relations, bound, walked, new ArrayList<>(), id, into);
    }

    private void hops(
            List<Node> nodes,
            List<Relation> relations,
            List<Long> bound,
            List<List<Long>> walked,
            List<Long> own,
            long at,
            List<Match> into) {
        Relation relation = relations.get(bound.size() - 1);
        if (own.size() >= relation.least()) {
            List<Long> nextBound = new ArrayList<>(bound);
            nextBound.add(at);
            List<List<Long>> nextWalked = new ArrayList<>(walked);
            nextWalked.add(List.copyOf(own));
            walk(nodes, relations, nextBound, nextWalked, into);
        }
        if (own.size() == relation.most()) {
            return;
        }
        for (Edge edge : edges) {
            boolean used = own.contains(edge.id()) || walked.stream().anyMatch(list -> list.contains(edge.id()));
            if (used || relation.type() != null && !relation.type().equals(edge.label())) {
                continue;
            }
            boolean out = relation.direction() >= 0 && edge.source() == at;
            boolean in = relation.direction() <= 0 && edge.target() == at;
            if (out || in) {
                List<Long> longer = new ArrayList<>(own);
                longer.add(edge.id());
                hops(nodes, relations, bound, walked, longer, out ? edge.target() : edge.source(), into);
            }
        }
    }
}
