package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.velesdb.filter.Filter;
import io.velesdb.graph.Traversal;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every public method that reads is held to the observer and to the guard-rails. A new method of the API fails this test until
 * it is named here: as a read, with a call of it, or as something else.
 */
class EveryReadTest {
    private static final long FOREIGN = 7_777_777;
    private static final long FOREIGN_EDGE = 8_888_888;
    private static final SparseVector TERM = SparseVector.of(new int[] {5}, new float[] {1});
    private static final SearchRequest NEAREST = SearchRequest.nearest(new float[] {1, 0}, 10);

    /** Not reads: writes, administration, and what tells of names and settings but of no row. */
    private static final Set<String> OTHERS = Set.of(
            // writes
            "upsert",
            "upsertBulk",
            "enableStreaming",
            "disableStreaming",
            "streamInsert",
            "delete",
            "update",
            "truncate",
            "addEdge",
            "addEdges",
            "relate",
            "removeEdge",
            "upsertNodePayload",
            "batch",
            "flush",
            // administration
            "vacuum",
            "createIndex",
            "dropIndex",
            "setAutoReindex",
            "linkWaiting",
            "reindex",
            "trainQuantizer",
            "analyze",
            "createCollection",
            "createVectorCollection",
            "createMetadataCollection",
            "createGraphCollection",
            "getOrCreateCollection",
            "getOrCreateVectorCollection",
            "deleteCollection",
            "updateGuardRails",
            "clearPlanCache",
            "checkpoint",
            "close",
            // names and settings
            "name",
            "schema",
            "autoReindex",
            "as",
            "configuration",
            "collection",
            "vectorCollection",
            "metadataCollection",
            "graphCollection",
            "planCacheStatistics",
            "expiredRowsDeleted",
            "hasCollection",
            "limits",
            "guardRails",
            "lsn",
            // what reads by other methods, and what only hosts may use
            "view",
            "lifecycle",
            "engine");

    private static final Map<String, Function<Database, @Nullable Object>> READS = reads();

    private static Map<String, Function<Database, @Nullable Object>> reads() {
        Map<String, Function<Database, @Nullable Object>> reads = new LinkedHashMap<>();
        reads.put("info()", db -> notes(db).info());
        reads.put("get(long[])", db -> notes(db).get(1, FOREIGN, 3));
        reads.put("textSearch(TextRequest)", db -> ids(notes(db).textSearch(TextRequest.words("boat", 10))));
        reads.put("sparseSearch(SparseRequest)", db -> notes(db).sparseSearch(SparseRequest.best(TERM, 10)));
        reads.put(
                "hybridSearch(HybridRequest)",
                db -> notes(db)
                        .hybridSearch(
                                HybridRequest.top(10).near(new float[] {1, 0}).sparse("", TERM)));
        reads.put("edge(long)", db -> notes(db).edge(FOREIGN_EDGE));
        reads.put("hasEdge(long)", db -> notes(db).hasEdge(FOREIGN_EDGE));
        reads.put("edgeCount()", db -> notes(db).edgeCount());
        reads.put("maxEdgeId()", db -> notes(db).maxEdgeId());
        reads.put("edges(String)", db -> notes(db).edges(null));
        reads.put("outgoing(long)", db -> notes(db).outgoing(1));
        reads.put("incoming(long)", db -> notes(db).incoming(3));
        reads.put("degree(long)", db -> notes(db).degree(1));
        reads.put("traverse(long,TraversalOptions)", db -> notes(db).traverse(1, TraversalOptions.DEFAULT));
        reads.put(
                "traverseDepthFirst(long,TraversalOptions)",
                db -> notes(db).traverseDepthFirst(1, TraversalOptions.DEFAULT));
        reads.put(
                "traverse(long[],TraversalOptions)",
                db -> notes(db).traverse(new long[] {1, 3}, TraversalOptions.DEFAULT));
        reads.put(
                "traversal(TraversalOrder,long[],TraversalOptions)",
                db -> notes(db).traversal(TraversalOrder.BREADTH_FIRST, new long[] {1}, TraversalOptions.DEFAULT));
        reads.put("shortestPath(long,long,PathOptions)", db -> notes(db).shortestPath(1, 4, PathOptions.DEFAULT));
        reads.put("connectedComponents()", db -> notes(db).connectedComponents());
        reads.put("pageRank()", db -> notes(db).pageRank());
        reads.put("indexes()", db -> notes(db).indexes());
        reads.put("statistics()", db -> notes(db).statistics());
        reads.put("count()", db -> notes(db).count());
        reads.put("count(Filter)", db -> notes(db).count(Filter.gte("id", 2)));
        reads.put("isEmpty()", db -> notes(db).isEmpty());
        reads.put("allIds()", db -> notes(db).allIds());
        reads.put("scroll(int)", db -> notes(db).scroll(10));
        reads.put("scroll(Long,int,Filter)", db -> notes(db).scroll(1L, 10, Filter.isNotNull("tenant")));
        reads.put("search(SearchRequest)", db -> notes(db).search(NEAREST));
        reads.put("searchIds(SearchRequest)", db -> {
            ScoredIds found = notes(db).searchIds(NEAREST);
            return Arrays.toString(found.ids()) + Arrays.toString(found.scores());
        });
        reads.put("searchBatch(List)", db -> notes(db).searchBatch(List.of(NEAREST, NEAREST)));
        reads.put("waitingVectors()", db -> notes(db).waitingVectors());
        reads.put("reindexAdvice()", db -> notes(db).reindexAdvice());
        reads.put("diagnostics(String)", db -> db.diagnostics("notes"));
        reads.put("statistics(String)", db -> db.statistics("notes"));
        reads.put("collections()", Database::collections);
        reads.put("changes(long)", db -> db.changes(1).poll(0));
        reads.put("query(String)", db -> db.query("SELECT * FROM notes LIMIT 10"));
        reads.put("query(String,Obj)", db -> db.query("SELECT count(*) FROM notes", Obj.EMPTY));
        reads.put(
                "query(String,Obj,Cancellation)",
                db -> db.query("SELECT id FROM notes WHERE payload MATCH 'boat'", Obj.EMPTY, Cancellation.NONE)
                        .rows()
                        .size());
        reads.put(
                "explain(String,Obj,boolean)",
                db -> db.explain("SELECT id FROM notes WHERE text = 'a boat'", Obj.EMPTY, false));
        reads.put("explain(String,Obj,boolean,Cancellation)", db -> {
            Obj target = Obj.of("_collection", "notes");
            return db
                    .explain("MATCH (a)-[:NEXT]->(b) RETURN a.id, b.id", target, true, Cancellation.NONE)
                    .rows()
                    .stream()
                    .map(row -> withoutTimes((Obj) row.values().get("actual_stats")))
                    .toList();
        });
        reads.put("forEachPoint(String,Consumer)", db -> {
            List<Point> points = new ArrayList<>();
            db.view().forEachPoint("notes", points::add);
            return points;
        });
        reads.put("forEachEdge(String,Consumer)", db -> {
            List<Edge> edges = new ArrayList<>();
            db.view().forEachEdge("notes", edges::add);
            return edges;
        });
        reads.put("point(String,long)", db -> db.view().point("notes", FOREIGN));
        reads.put("edges(String) of a view", db -> db.view().edges("notes"));
        for (String statement : List.of(
                "SELECT id FROM notes LIMIT 0",
                "SELECT tenant, count(*) AS n FROM notes GROUP BY tenant",
                "SELECT id FROM notes WHERE text = 'a boat' UNION SELECT id FROM notes",
                "SELECT * FROM notes WHERE vector NEAR [1, 0] LIMIT 10",
                "MATCH (a)-[:NEXT]->(b) RETURN a.id, b.id",
                "SELECT EDGES FROM notes",
                "EXPLAIN SELECT * FROM notes",
                "DESCRIBE notes",
                "SHOW COLLECTIONS")) {
            reads.put(statement, db -> db.query(statement, Obj.of("_collection", "notes")));
        }
        return reads;
    }

    private static List<@Nullable Value> withoutTimes(Obj stats) {
        return Arrays.asList(stats.get("actual_rows"), stats.get("nodes_visited"), stats.get("edges_traversed"));
    }

    private static VectorCollection notes(Database database) {
        return database.vectorCollection("notes");
    }

    private static List<Long> ids(List<Hit> hits) {
        return hits.stream().map(Hit::id).toList();
    }

    private static Database database(boolean withForeign) {
        Observer observer = new Observer() {
            @Override
            public Decision decide(AccessRequest request) {
                String tenant = request.caller().tenant();
                return tenant == null
                        ? Decision.ALLOW
                        : tenant.equals("nobody")
                                ? new Decision.Deny("nobody reads")
                                : new Decision.Within(Filter.eq("tenant", tenant));
            }
        };
        Database database = Database.inMemory(Configuration.DEFAULTS, () -> 1_000, observer);
        VectorCollection notes = database.createVectorCollection("notes", 2, Metric.DOT);
        notes.upsert(List.of(row(1, "a"), row(3, "a"), row(4, "a")));
        notes.addEdges(List.of(Edge.of(20, 1, 3, "NEXT"), Edge.of(21, 3, 4, "NEXT")));
        if (withForeign) {
            notes.upsert(row(FOREIGN, "FOREIGN"));
            notes.addEdges(
                    List.of(Edge.of(FOREIGN_EDGE, 1, FOREIGN, "NEXT"), Edge.of(FOREIGN_EDGE + 1, FOREIGN, 4, "NEXT")));
        }
        return database;
    }

    private static Point row(long id, String tenant) {
        return Point.of(id, new float[] {id % 10, 1}, Obj.of("tenant", tenant, "text", "a boat"))
                .withSparse(Map.of("", TERM));
    }

    @Test
    void everyMethodOfTheApiIsNamedHere() {
        Set<String> reads = new TreeSet<>();
        for (Class<?> type : List.of(
                Collection.class,
                SearchableCollection.class,
                VectorCollection.class,
                GraphCollection.class,
                MetadataCollection.class,
                Database.class,
                DatabaseView.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic()
                        && !OTHERS.contains(method.getName())) {
                    reads.add(Stream.of(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(Collectors.joining(",", method.getName() + "(", ")")));
                }
            }
        }
        assertThat(READS.keySet()).containsAll(reads);
    }

    @Test
    void whomTheObserverDeniesReadsNothing() {
        Database denied = database(true).as(new Caller(null, "nobody", null));
        READS.forEach(
                (name, read) -> assertThat(refusal(name, denied, read)).as(name).isEqualTo(GuardRail.ACCESS));
    }

    @Test
    void whoIsConfinedReadsAsIfNothingElseExisted() {
        Caller tenant = new Caller(null, "a", null);
        Database confined = database(true).as(tenant);
        Database alone = database(false).as(tenant);
        READS.forEach((name, read) -> {
            String seen = outcome(confined, read);
            assertThat(seen)
                    .as(name)
                    .doesNotContain(Long.toString(FOREIGN), Long.toString(FOREIGN_EDGE), "FOREIGN")
                    .isEqualTo(outcome(alone, read));
        });
    }

    @Test
    void whoIsOverHisRateReadsNothing() {
        Database database = database(true);
        database.updateGuardRails(GuardRails.DEFAULTS.withRateLimitQps(1));
        READS.forEach((name, read) -> {
            Database client = database.as(new Caller(null, null, name));
            notes(client).count();
            client.collections();
            assertThat(refusal(name, client, read)).as(name).isEqualTo(GuardRail.RATE);
        });
    }

    @Test
    void whatReadsHoldIsBounded() {
        Database database = database(true);
        Set<String> small = Set.of(
                "info()",
                "edge(long)",
                "hasEdge(long)",
                "edgeCount()",
                "maxEdgeId()",
                "degree(long)",
                "indexes()",
                "statistics()",
                "count()",
                "count(Filter)",
                "isEmpty()",
                "waitingVectors()",
                "reindexAdvice()",
                "diagnostics(String)",
                "statistics(String)",
                "collections()",
                "changes(long)",
                "forEachPoint(String,Consumer)",
                "forEachEdge(String,Consumer)",
                "explain(String,Obj,boolean)",
                "EXPLAIN SELECT * FROM notes",
                "DESCRIBE notes",
                "SHOW COLLECTIONS",
                "SELECT id FROM notes LIMIT 0");
        READS.forEach((name, read) -> {
            database.updateGuardRails(GuardRails.DEFAULTS.withMemoryLimitBytes(8));
            GuardRail memory = small.contains(name) ? null : GuardRail.MEMORY;
            assertThat(refusal(name, database, read)).as(name).isEqualTo(memory);
        });
        for (String name : List.of(
                "allIds()",
                "get(long[])",
                "scroll(int)",
                "search(SearchRequest)",
                "pageRank()",
                "searchIds(SearchRequest)",
                "connectedComponents()",
                "edges(String)",
                "query(String)",
                "traverse(long,TraversalOptions)",
                "traverseDepthFirst(long,TraversalOptions)",
                "sparseSearch(SparseRequest)",
                "textSearch(TextRequest)",
                "hybridSearch(HybridRequest)",
                "shortestPath(long,long,PathOptions)",
                "edges(String) of a view")) {
            database.updateGuardRails(GuardRails.DEFAULTS.withMaxCardinality(1));
            assertThat(catchThrowable(() -> READS.get(name).apply(database)))
                    .as(name)
                    .hasMessageContaining("VELES-027")
                    .hasMessageContaining("max_cardinality is 1");
        }
    }

    private static @Nullable GuardRail refusal(
            String name, Database database, Function<Database, @Nullable Object> read) {
        Throwable thrown = catchThrowable(() -> text(read.apply(database)));
        if (thrown == null) {
            return null;
        }
        assertThat(thrown).as(name).isInstanceOf(VelesException.class);
        return Objects.requireNonNull((VelesException) thrown).guardRail();
    }

    private static String outcome(Database database, Function<Database, @Nullable Object> read) {
        try {
            return text(read.apply(database));
        } catch (VelesException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static String text(@Nullable Object answer) {
        return switch (answer) {
            case null -> "nothing";
            case long[] ids -> Arrays.toString(ids);
            case List<?> list -> list.stream().map(EveryReadTest::text).collect(Collectors.joining("; "));
            case Page page -> text(page.points()) + page.next();
            case Point point -> point.id() + " " + point.payload();
            case Traversal walk -> {
                StringBuilder hits = new StringBuilder();
                while (walk.next()) {
                    hits.append(walk.hit());
                }
                yield hits.toString();
            }
            default -> answer.toString();
        };
    }
}
