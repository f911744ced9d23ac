package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.query.generate.QueryGenerator;
import io.velesdb.query.generate.QueryGenerator.Feature;
import io.velesdb.query.generate.QuerySchema;
import io.velesdb.query.generate.QuerySchema.Collection;
import io.velesdb.query.generate.QuerySchema.Column;
import io.velesdb.query.generate.QuerySchema.Type;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Random statements through the engine and through {@link NaiveQuery} give the same rows, and where SQL suffices SQLite gives
 * them too. {@code ./dev queries 1000000} runs that many, {@code -Dvelesdb.seed=…} others.
 */
final class DifferentialTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_125);
    private static final int QUERIES = Integer.getInteger("velesdb.queries", 20_000);

    /** One half asks what plain SQL may ask, the other what it may not. */
    private static final int HALF = QUERIES / 2;

    private static final int QUERIES_PER_DATA = 500;

    /** Of the statements without searches and patterns, SQL suffices for no less. */
    private static final double SHARE_OF_SQL = 0.75;

    /** The collection of a MATCH. */
    private static final Obj TARGET = Obj.of("_collection", "harbours");

    private static final String NOISE = "()[]',.$*=<>-0aN\"`;{}é\uD835";

    private static final Set<Feature> FEATURES = Set.of(
            Feature.SQL_PREDICATES,
            Feature.PAYLOAD_PREDICATES,
            Feature.DISTINCT,
            Feature.GROUPS,
            Feature.WINDOWS,
            Feature.JOINS,
            Feature.SET_OPERATIONS,
            Feature.SUBQUERIES,
            Feature.BINDINGS);

    /** What the searches and patterns are combined with. */
    private static final Set<Feature> SEARCHES = Feature.all();

    private static final QuerySchema SCHEMA = new QuerySchema(List.of(
            new Collection(
                    "boats",
                    2,
                    List.of(
                            new Column("name", Type.TEXT, List.of("'Ada'", "'Bo'", "'Čap 𝔸'", "NULL", "3")),
                            new Column("oars", Type.INTEGER, List.of("2", "4", "2.0", "7", "NULL", "'x'")),
                            new Column("length", Type.FLOAT, List.of("4.5", "-1e2", "4", "TRUE")),
                            new Column("tags", Type.LIST, List.of("'sea'", "'race'", "2")),
                            new Column("meta.crew", Type.INTEGER, List.of("1", "2", "5")),
                            new Column("berth", Type.PLACE, List.of("64.1, -21.9", "40, 20"))),
                    List.of(),
                    List.of(),
                    true),
            new Collection(
                    "crews",
                    0,
                    List.of(
                            new Column("name", Type.TEXT, List.of("'Ada'", "'North'", "''")),
                            new Column("boat", Type.INTEGER, List.of("1", "2", "3", "NULL")),
                            new Column("paid", Type.BOOLEAN, List.of("TRUE", "FALSE"))),
                    List.of(),
                    List.of()),
            new Collection(
                    "harbours",
                    2,
                    List.of(
                            new Column("name", Type.TEXT, List.of("'North Quay'", "'South Quay'", "'Ada'")),
                            new Column("depth_m", Type.INTEGER, List.of("3", "4", "NULL"))),
                    List.of("Port", "Isle"),
                    List.of("FERRY", "ROAD"))));

    // ---- data

    /** A database and the same rows and edges as plain lists. */
    private static final class Data {
        final Database database = Database.inMemory();
        final Metric metric;
        final Map<String, TreeMap<Long, Point>> rows = new LinkedHashMap<>();
        final List<Edge> edges = new ArrayList<>();

        Data(Metric metric) {
            this.metric = metric;
            database.createVectorCollection("boats", 2, metric);
            database.createMetadataCollection("crews");
            database.createGraphCollection("harbours", 2, metric);
            for (String name : List.of("boats", "crews", "harbours")) {
                rows.put(name, new TreeMap<>());
            }
        }

        void put(String collection, Point point) {
            database.collection(collection).upsert(List.of(point));
            rows.get(collection).put(point.id(), point);
        }

        void delete(String collection, long id) {
            database.collection(collection).delete(id);
            rows.get(collection).remove(id);
            if (collection.equals("harbours")) {
                edges.removeIf(edge -> edge.source() == id || edge.target() == id);
            }
        }

        void connect(Edge edge) {
            Map<Long, Point> nodes = rows.get("harbours");
            if (nodes.containsKey(edge.source()) && nodes.containsKey(edge.target())) {
                database.collection("harbours").addEdge(edge);
                edges.add(edge);
            }
        }

        Map<String, List<Point>> lists() {
            Map<String, List<Point>> lists = new LinkedHashMap<>();
            rows.forEach((name, points) -> lists.put(name, List.copyOf(points.values())));
            return lists;
        }

        NaiveQuery naive() {
            Map<String, NaiveCollection> collections = new LinkedHashMap<>();
            lists().forEach((name, points) -> collections.put(
                    name,
                    new NaiveCollection(
                            name.equals("crews") ? null : metric,
                            points,
                            name.equals("harbours") ? edges : List.of())));
            return new NaiveQuery(collections);
        }
    }

    private static Data data(Random random, int rows) {
        Data data = new Data(Metric.values()[random.nextInt(Metric.values().length)]);
        for (int i = 0; i < rows; i++) {
            long boat = random.nextInt(rows);
            Point point = new Point(boat, vector(random), boat(random));
            data.put("boats", random.nextInt(3) == 0 ? point : point.withSparse(Map.of("", sparse(random))));
            long crew = random.nextInt(rows);
            data.put("crews", new Point(crew, null, crew(random)));
            if (random.nextInt(2) == 0) {
                data.put("harbours", harbour(random, random.nextInt(rows)));
            }
            if (random.nextInt(8) == 0) {
                data.delete("boats", random.nextInt(rows));
                data.delete("crews", random.nextInt(rows));
                data.delete("harbours", random.nextInt(rows));
            }
            // few enough that paths of three hops can all be walked
            if (data.edges.size() < 14) {
                data.connect(Edge.of(
                        i, random.nextInt(rows), random.nextInt(rows), random.nextBoolean() ? "FERRY" : "ROAD"));
            }
        }
        return data;
    }

    /** Equal and zero vectors occur. */
    private static float[] vector(Random random) {
        float[] choices = {0, 1, -1, 0.5f, 0.25f, 3, random.nextFloat()};
        return new float[] {choices[random.nextInt(choices.length)], choices[random.nextInt(choices.length)]};
    }

    private static SparseVector sparse(Random random) {
        float[] weights = {1, 0.5f, -0.25f, 2};
        return SparseVector.of(
                new int[] {random.nextInt(3), 4}, new float[] {weights[random.nextInt(4)], weights[random.nextInt(4)]});
    }

    private static Point harbour(Random random, long id) {
        Obj.Builder harbour = Obj.builder();
        maybe(random, harbour, "name", any(random, "North Quay", "South Quay", "Quay", "Ada", null));
        maybe(random, harbour, "depth_m", any(random, 3, 3.0, 4, null, "x"));
        harbour.put("_labels", any(random, List.of("Port"), List.of("Isle", "Port"), List.of(), null));
        return new Point(id, random.nextInt(4) == 0 ? null : vector(random), harbour.build());
    }

    private static Value any(Random random, Object... values) {
        return Value.of(values[random.nextInt(values.length)]);
    }

    private static Obj boat(Random random) {
        Obj.Builder boat = Obj.builder();
        maybe(random, boat, "name", any(random, "Ada", "Bo", "Čap 𝔸", "Čap \uFFFD", "", "x".repeat(70), null, 3));
        maybe(
                random,
                boat,
                "oars",
                any(random, 2, 2.0, 4, 4.5, 7, null, "x", 9_007_199_254_740_993L, 9_007_199_254_740_992.0));
        maybe(random, boat, "length", any(random, 4.5, 4, -100.0, -0.0, 0, 1e30, true, null));
        maybe(random, boat, "tags", any(random, List.of("sea", "race"), List.of(), List.of(2, "sea"), "sea", null));
        maybe(
                random,
                boat,
                "meta",
                any(random, Obj.of("crew", 1), Obj.of("crew", 2.0), Obj.of("crew", null), 5, Obj.EMPTY));
        maybe(random, boat, "berth", any(random, Obj.of("lat", 64.0, "lng", -21), Obj.of("lat", "x"), null));
        return boat.build();
    }

    private static Obj crew(Random random) {
        Obj.Builder crew = Obj.builder();
        maybe(random, crew, "name", any(random, "Ada", "North", "South", "", null, false));
        maybe(random, crew, "boat", any(random, 1, 2, 3.0, 3, 5, null, "1"));
        maybe(random, crew, "paid", any(random, true, false, null, 1));
        return crew.build();
    }

    private static void maybe(Random random, Obj.Builder row, String name, Value value) {
        if (random.nextInt(6) > 0) {
            row.put(name, value);
        }
    }

    // ---- tests

    @Test
    void theEngineGivesTheRowsThatTheNaiveEvaluatorAndSqliteGive() {
        int answered = 0;
        try (SqliteOracle sqlite = new SqliteOracle(SCHEMA)) {
            for (int from = 0; from < HALF; from += QUERIES_PER_DATA) {
                long seed = SEED + from;
                Random random = new Random(seed);
                Data data = data(random, 4 + random.nextInt(30));
                sqlite.load(data.lists());
                QueryGenerator generator = new QueryGenerator(SCHEMA, seed, FEATURES);
                int queries = Math.min(QUERIES_PER_DATA, HALF - from);
                String where = "seed " + seed;
                answered += compare(data, generator, queries, (query, rows) -> sqlite.check(query, rows, where), where);
            }
            System.out.println(answered + " statements compared, " + sqlite.asked() + " of them with SQLite, no SQL: "
                    + sqlite.refused());
            assertThat((double) sqlite.asked() / answered).isGreaterThan(SHARE_OF_SQL);
        }
    }

    @Test
    void searchesAndPatternsGiveTheRowsThatTheNaiveEvaluatorGives() {
        Map<String, Integer> answered = new TreeMap<>();
        for (int from = 0; from < HALF; from += QUERIES_PER_DATA) {
            long seed = SEED + from;
            Random random = new Random(seed);
            Data data = data(random, 4 + random.nextInt(30));
            QueryGenerator generator = new QueryGenerator(SCHEMA, seed, SEARCHES);
            int queries = Math.min(QUERIES_PER_DATA, HALF - from);
            compare(data, generator, queries, (query, rows) -> count(query, answered), "seed " + seed);
        }
        System.out.println("statements with searches and patterns compared: " + answered);
        if (HALF >= 10_000) {
            assertThat(answered.keySet()).containsAll(FORMS.keySet());
        }
    }

    /** What must have been compared, with the words by which it is known. */
    private static final Map<String, List<String>> FORMS = Map.ofEntries(
            Map.entry("nearest", List.of("vector NEAR [")),
            Map.entry("nearest in a join", List.of("JOIN", "vector NEAR [")),
            Map.entry("nearest of groups", List.of("GROUP BY", "vector NEAR [")),
            Map.entry("nearest with a pattern", List.of("vector NEAR [", "MATCH (")),
            Map.entry("several vectors", List.of("NEAR_FUSED")),
            Map.entry("sparse", List.of("SPARSE_NEAR")),
            Map.entry("text", List.of(" MATCH '")),
            Map.entry("text in a join", List.of("JOIN", " MATCH '")),
            Map.entry("two branches", List.of("vector NEAR [", " MATCH '")),
            Map.entry("three branches", List.of("vector NEAR [", "SPARSE_NEAR", " MATCH '")),
            Map.entry("fusion", List.of("USING FUSION (")),
            Map.entry("threshold", List.of("similarity(vector, [")),
            Map.entry("set operation", List.of("vector NEAR [", "UNION")),
            Map.entry("pattern", List.of(" RETURN ")),
            Map.entry("nearest of a pattern", List.of("vector NEAR [", " RETURN ")),
            Map.entry("predicate of a pattern", List.of("WHERE", "MATCH (")),
            Map.entry("edges", List.of("SELECT EDGES")));

    private static void count(String query, Map<String, Integer> answered) {
        FORMS.forEach((form, words) -> {
            if (words.stream().allMatch(query::contains)) {
                answered.merge(form, 1, Integer::sum);
            }
        });
    }

    @Test
    void columnsWithManyDistinctNumbersAnswerAsPayloadsDo() {
        Random random = new Random(SEED);
        Data data = new Data(Metric.COSINE);
        for (int i = 0; i < 1_300; i++) {
            Object number = i % 7 == 0 ? (Object) (i / 2 + 0.0) : i % 50 == 0 ? (Object) (i + 0.5) : (Object) i;
            data.put(
                    "boats",
                    new Point(1_300 - i, new float[] {1, 0}, boat(random).with("oars", number)));
            if (i % 4 == 0) {
                data.put("crews", new Point(i, null, crew(random).with("boat", number)));
            }
        }
        Set<Feature> features = Set.of(Feature.SQL_PREDICATES, Feature.GROUPS, Feature.BINDINGS);
        compare(data, new QueryGenerator(SCHEMA, SEED, features), 60, (query, rows) -> {}, "seed " + SEED);
        NaiveQuery naive = data.naive();
        for (String kind : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
            check(data, naive, "SELECT COUNT(*) AS n FROM boats b " + kind + " crews c ON b.oars = c.boat", kind);
        }
        check(data, naive, "SELECT COUNT(*) AS n FROM boats b JOIN crews c ON b.oars = c.boat AND b.name = c.name", "");
        check(
                data,
                naive,
                "SELECT COUNT(*) AS n FROM crews c FULL JOIN boats b ON b.id = c.boat WHERE c.paid = TRUE",
                "");
    }

    @Test
    void updateAndDeleteTouchPreciselyTheRowsThatSelectFinds() {
        int changes = Math.max(200, QUERIES / 10);
        int touched = 0;
        for (int from = 0; from < changes; from += QUERIES_PER_DATA) {
            long seed = SEED + from;
            Random random = new Random(seed);
            Data data = data(random, 4 + random.nextInt(30));
            QueryGenerator generator = new QueryGenerator(SCHEMA, seed, FEATURES);
            for (int i = 0; i < Math.min(QUERIES_PER_DATA, changes - from); i++) {
                Collection collection = SCHEMA.collections()
                        .get(random.nextInt(SCHEMA.collections().size()));
                String where = generator.nextCondition(collection);
                touched += checkChanges(data, collection.name(), where, i, "seed " + seed + ", change " + i);
            }
        }
        System.out.println(touched + " rows were found by SELECT, UPDATE and DELETE");
        assertThat(touched).isGreaterThan(changes);
    }

    /** What a failure says, but for the place, which differs with the statement that the condition stands in. */
    private static String unplaced(VelesException failure) {
        return String.valueOf(failure.getMessage()).replaceFirst(" \\d+:\\d+ ", " ");
    }

    /** How many rows a condition finds. */
    private static int checkChanges(Data data, String collection, String where, int mark, String at) {
        String update = "UPDATE " + collection + " SET mark = " + mark + " WHERE " + where;
        String delete = "DELETE FROM " + collection + " WHERE " + where;
        String marked = "SELECT id FROM " + collection + " WHERE mark = " + mark + " LIMIT 1000";
        List<Obj> found;
        try {
            found = check(data, data.naive(), "SELECT id FROM " + collection + " WHERE " + where + " LIMIT 1000", at);
        } catch (VelesException refusal) {
            // what a subquery answers may be no value that a condition can take
            assertThatThrownBy(() -> data.database.query(update))
                    .as(at + ": " + update)
                    .isInstanceOf(VelesException.class)
                    .extracting(failure -> unplaced((VelesException) failure))
                    .isEqualTo(unplaced(refusal));
            assertThatThrownBy(() -> data.database.query(delete))
                    .as(at + ": " + delete)
                    .isInstanceOf(VelesException.class)
                    .extracting(failure -> unplaced((VelesException) failure))
                    .isEqualTo(unplaced(refusal));
            assertThat(data.database.query(marked).rows()).isEmpty();
            return 0;
        }
        QueryResult updated = data.database.query(update);
        assertThat(updated.rows().stream().map(row -> row.values().get("id")).toList())
                .as("%s: %s", at, update)
                .isEqualTo(found.stream().map(row -> row.get("id")).toList());
        assertThat(updated.affected()).isEqualTo(found.size());
        assertThat(data.database.query(marked).rows().stream()
                        .map(QueryRow::values)
                        .toList())
                .as("%s: %s", at, update)
                .isEqualTo(found);
        Set<Long> gone = new HashSet<>();
        data.database.query(marked).rows().forEach(row -> gone.add(row.id()));
        assertThat(data.database.query(delete).affected())
                .as("%s: %s", at, delete)
                .isEqualTo(found.size());
        List<Long> left = data.rows.get(collection).keySet().stream()
                .filter(id -> !gone.contains(id))
                .toList();
        assertThat(data.database.query("SELECT id FROM " + collection + " LIMIT 1000").rows().stream()
                        .map(QueryRow::id)
                        .toList())
                .as("%s: %s", at, delete)
                .isEqualTo(left);
        data.database
                .collection(collection)
                .upsert(gone.stream().map(data.rows.get(collection)::get).toList());
        return found.size();
    }

    /**
     * How many of the statements have an answer.
     *
     * @param further gets each of them with its rows
     */
    private static int compare(
            Data data, QueryGenerator generator, int queries, BiConsumer<String, List<Obj>> further, String where) {
        NaiveQuery naive = data.naive();
        int answered = 0;
        for (int i = 0; i < queries; i++) {
            String query = generator.next();
            try {
                data.database.query(query, TARGET);
            } catch (VelesException refusal) {
                // what a subquery answers may be no value that the statement can take: section 14 of the language
                assertThat(refusal.code()).as("%s: %s", query, refusal).isEqualTo(ErrorCode.QUERY);
                continue;
            }
            answered++;
            further.accept(query, check(data, naive, query, where + ", query " + i));
        }
        assertThat(answered).as(where).isGreaterThan(queries * 9 / 10);
        return answered;
    }

    private static List<Obj> check(Data data, NaiveQuery naive, String query, String where) {
        List<Obj> expected = naive.run(query, "harbours");
        List<Obj> found = data.database.query(query, TARGET).rows().stream()
                .map(QueryRow::values)
                .toList();
        assertThat(Json.write(Arr.of(new ArrayList<>(found))))
                .as("%s: %s", where, query)
                .isEqualTo(Json.write(Arr.of(new ArrayList<>(expected))));
        return found;
    }

    @Test
    void aMutatedStatementEndsInRowsOrInARefusal() {
        Random random = new Random(SEED);
        Data data = data(random, 20);
        QueryGenerator generator = new QueryGenerator(SCHEMA, SEED, Feature.all());
        for (int i = 0; i < QUERIES; i++) {
            String query = mutated(generator.next(), random);
            try {
                data.database.query(query);
            } catch (VelesException refusal) {
                assertThat(refusal.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + SEED + ", query " + i + ": " + query, e);
            }
        }
    }

    private static String mutated(String query, Random random) {
        StringBuilder text = new StringBuilder(query);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, text.substring(at, to));
                case 2 -> text.setCharAt(at, NOISE.charAt(random.nextInt(NOISE.length())));
                default ->
                    text.insert(
                            at, new String[] {" NOT ", " NULL ", " 9e999 ", " id ", " -1 ", " * "}[random.nextInt(6)]);
            }
        }
        return text.toString();
    }
}
