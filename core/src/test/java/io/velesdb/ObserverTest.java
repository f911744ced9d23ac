package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private long nowMillis = 1_000;
    private final List<String> told = new ArrayList<>();
    private final Observer tenants = new Observer() {
        @Override
        public Decision decide(AccessRequest request) {
            String tenant = request.caller().tenant();
            if ("nobody".equals(tenant)) {
                return new Decision.Deny(request.kind().canonicalName() + " is not for nobody");
            }
            return tenant == null ? Decision.ALLOW : new Decision.Within(Filter.eq("tenant", tenant));
        }

        @Override
        public void collectionCreated(String name, CollectionKind kind) {
            told.add("created " + name + " " + kind.canonicalName());
        }

        @Override
        public void collectionDeleted(String name) {
            told.add("deleted " + name);
        }

        @Override
        public void upserted(String collection, long points) {
            told.add("upserted " + collection + " " + points);
        }

        @Override
        public void queried(String collection, long durationMicros) {
            told.add("queried " + collection);
        }
    };
    private final Database database = Database.inMemory(Configuration.DEFAULTS, () -> nowMillis, tenants);
    private final VectorCollection notes = database.createVectorCollection("notes", 2, Metric.DOT);

    ObserverTest() {
        notes.upsert(List.of(
                Point.of(1, new float[] {1, 0}, Obj.of("tenant", "a")),
                Point.of(2, new float[] {2, 0}, Obj.of("tenant", "b")),
                Point.of(3, new float[] {3, 0}, Obj.of("tenant", "a"))));
        notes.addEdge(Edge.of(1, 3, "NEXT"));
        notes.addEdge(Edge.of(1, 2, "NEXT"));
    }

    private VectorCollection as(String tenant) {
        return database.as(new Caller("ann", tenant, null)).vectorCollection("notes");
    }

    @Test
    void aScopeConfinesEveryReadPath() {
        VectorCollection seen = as("a");

        assertThat(seen.count()).isEqualTo(2);
        assertThat(seen.count(Filter.gte("id", 2))).isEqualTo(1);
        assertThat(seen.get(1, 2, 3))
                .extracting(point -> point == null ? 0 : point.id())
                .containsExactly(1L, 0L, 3L);
        assertThat(seen.scroll(10).points()).extracting(Point::id).containsExactly(1L, 3L);
        assertThat(seen.search(SearchRequest.nearest(new float[] {1, 0}, 10)))
                .extracting(Hit::id)
                .containsExactly(3L, 1L);
        assertThat(seen.searchIds(SearchRequest.nearest(new float[] {1, 0}, 10).where(Filter.lt("id", 3)))
                        .ids())
                .containsExactly(1);
        assertThat(seen.edges(null)).extracting(Edge::target).containsExactly(3L);
        assertThat(seen.degree(1)).isEqualTo(new Degree(0, 1));
        assertThat(seen.info().points()).isEqualTo(2);
        assertThat(database.as(new Caller(null, "b", null)).collections())
                .extracting(CollectionInfo::points)
                .containsExactly(1L);
    }

    @Test
    void aScopeConfinesEveryWrite() {
        VectorCollection seen = as("a");

        assertThat(seen.update(Filter.isNotNull("tenant"), Obj.of("seen", true), null))
                .isEqualTo(2);
        assertThat(seen.delete(1, 2)).isEqualTo(1);
        assertRefused(() -> seen.upsert(Point.of(2, new float[] {9, 9}, Obj.of("tenant", "a"))));
        assertRefused(() -> seen.upsert(Point.of(7, new float[] {9, 9}, Obj.of("tenant", "b"))));
        assertRefused(() -> seen.update(Filter.eq("id", 3), Obj.of("tenant", "b"), null));
        assertRefused(() -> seen.upsertBulk(List.of(Point.of(7, new float[] {9, 9}, Obj.of("tenant", "a")))));
        assertRefused(() -> seen.upsertBulk(new long[] {2}, new float[] {9, 9}, null));
        assertRefused(seen::truncate);
        assertRefused(() -> database.as(new Caller(null, "a", null)).deleteCollection("notes"));
        assertThatThrownBy(() -> seen.addEdge(Edge.of(3, 2, "NEXT"))).hasMessageContaining("VELES-022");
        seen.upsert(Point.of(7, new float[] {9, 9}, Obj.of("tenant", "a")));

        assertThat(notes.scroll(10).points()).extracting(Point::id).containsExactly(2L, 3L, 7L);
        assertThat(notes.get(2).get(0).payload()).isEqualTo(Obj.of("tenant", "b"));
    }

    @Test
    void aScopedCallerIsNotToldWhatAnEdgeThatHeMayNotSeeConnects() {
        notes.upsert(Point.of(4, new float[] {4, 0}, Obj.of("tenant", "b")));
        notes.addEdge(Edge.of(100, 2, 4, "SECRET"));
        notes.addEdge(Edge.of(101, 1, 3, "OWN"));
        VectorCollection seen = as("a");
        Edge mine = Edge.of(100, 1, 3, "MINE");

        assertTakenAndNoMore(() -> seen.addEdge(mine));
        assertTakenAndNoMore(() -> seen.addEdges(List.of(Edge.of(102, 3, 1, "MINE"), mine)));
        assertTakenAndNoMore(() -> seen.addEdge(Edge.of(100, 2, 4, "SECRET")));
        assertTakenAndNoMore(() -> seen.addEdges(List.of(Edge.of(100, 2, 4, "SECRET"))));
        assertThat(seen.edges("MINE")).isEmpty();
        assertThat(notes.edge(100).label()).isEqualTo("SECRET");

        assertThat(seen.addEdges(List.of(Edge.of(101, 3, 1, "MINE"), Edge.of(102, 3, 1, "MINE"))))
                .isEqualTo(1);
        assertThatThrownBy(() -> seen.addEdge(Edge.of(101, 3, 1, "MINE"))).hasMessageContaining("1 -[OWN]-> 3");
    }

    private static void assertTakenAndNoMore(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).hasMessage("[VELES-019] edge id 100 is taken in collection 'notes': use another id");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        VelesException.class,
                        refusal -> assertThat(refusal.guardRail()).isEqualTo(GuardRail.ACCESS));
    }

    @Test
    void aRefusalNamesTheReason() {
        VectorCollection unseen = as("nobody");
        assertThatThrownBy(() -> unseen.search(SearchRequest.nearest(new float[] {1, 0}, 1)))
                .hasMessageContaining("vector_search is not for nobody");
        assertThatThrownBy(unseen::count).hasMessageContaining("select is not for nobody");
        assertThatThrownBy(() -> unseen.delete(1)).hasMessageContaining("dml is not for nobody");
        assertThatThrownBy(() -> database.as(new Caller(null, "nobody", null)).createMetadataCollection("x"))
                .hasMessageContaining("ddl is not for nobody");
        assertThat(notes.count()).isEqualTo(3);
    }

    @Test
    void theObserverIsToldWhatHappened() {
        told.clear();
        database.createMetadataCollection("m");
        notes.upsert(Point.of(8, new float[] {1, 1}));
        notes.search(SearchRequest.nearest(new float[] {1, 0}, 1));
        database.deleteCollection("m");
        assertThat(told).containsExactly("created m metadata", "upserted notes 1", "queried notes", "deleted m");
    }

    @Test
    void theObserverIsToldOfRowsHoweverTheyAreWritten() {
        GraphCollection people = database.createGraphCollection("people");
        told.clear();
        notes.update(Filter.lt("id", 3), Obj.of("seen", true), null);
        people.upsertNodePayload(1, Obj.of("name", "Ada"));
        people.upsertNodePayload(2, null);
        people.addEdge(Edge.of(1, 2, "KNOWS"));
        database.query("UPDATE notes SET seen = false WHERE id = 1");
        database.query("UPDATE notes SET seen = false WHERE id = 77");
        database.query("INSERT NODE INTO people (id = 3, payload = '{}')");
        database.query("INSERT INTO people (id, name) VALUES (4, 'Ida'), (5, 'Eve')");
        database.batch()
                .upsert("people", List.of(Point.of(6, Obj.of("n", 1)), Point.of(7, Obj.of("n", 2))))
                .update("people", new long[] {6}, Obj.of("n", 3), null)
                .delete("people", 7)
                .update("notes", Filter.eq("id", 2), Obj.of("seen", false), null)
                .commit();
        notes.upsertBulk(List.of());
        assertThatThrownBy(() -> database.batch()
                        .upsert("people", List.of(Point.of(9, Obj.EMPTY)))
                        .addEdges("people", List.of(Edge.of(9, 99, "KNOWS")))
                        .commit())
                .hasMessageContaining("VELES-022");

        assertThat(told)
                .containsExactly(
                        "upserted notes 2",
                        "upserted people 1",
                        "upserted people 1",
                        "upserted notes 1",
                        "upserted people 1",
                        "upserted people 2",
                        "upserted notes 1",
                        "upserted people 1");
    }

    @Test
    void theObserverIsToldOfCallsThatWereAnsweredOnly() {
        told.clear();
        SearchRequest request = SearchRequest.nearest(new float[] {1, 0}, 1);
        assertThatThrownBy(() -> notes.search(request.timeoutMillis(0))).hasMessageContaining("timeout");
        assertThatThrownBy(() -> as("nobody").search(request)).hasMessageContaining("nobody");
        assertThatThrownBy(() -> notes.traverse(99, TraversalOptions.DEFAULT)).hasMessageContaining("VELES-022");
        assertThat(told).isEmpty();
        notes.search(request);
        assertThat(told).containsExactly("queried notes");
    }

    @Test
    void whatChangesOrForcesStorageIsAdministration() {
        Database confined = database.as(new Caller("ann", "a", null));
        assertRefused(() -> confined.collection("notes").vacuum());
        assertRefused(() -> confined.vectorCollection("notes").linkWaiting());
        assertRefused(confined::checkpoint);
        assertRefused(confined::clearPlanCache);
        assertRefused(() -> confined.query("FLUSH FULL"));
        assertRefused(() -> confined.query("FLUSH FULL notes"));
        confined.flush();
        confined.query("FLUSH notes");

        Database refused = database.as(new Caller(null, "nobody", null));
        assertThatThrownBy(refused::flush).hasMessageContaining("dml is not for nobody");
        assertThatThrownBy(() -> refused.query("FLUSH")).hasMessageContaining("dml is not for nobody");
        assertThatThrownBy(refused::checkpoint).hasMessageContaining("ddl is not for nobody");
        database.checkpoint();
        notes.vacuum();
    }

    @Test
    void aClientIsHeldToItsRateAndOnlyOnTheCollectionWhereItIsOverIt() {
        database.updateGuardRails(GuardRails.DEFAULTS.withRateLimitQps(2));
        Database client = database.as(new Caller(null, null, "c1"));
        VectorCollection mine = client.vectorCollection("notes");
        SearchRequest request = SearchRequest.nearest(new float[] {1, 0}, 1);

        mine.search(request);
        mine.search(request);
        assertThatThrownBy(() -> mine.search(request))
                .isInstanceOfSatisfying(
                        VelesException.class,
                        refusal -> assertThat(refusal.guardRail()).isEqualTo(GuardRail.RATE));
        notes.search(request);
        database.as(new Caller(null, null, "c2")).vectorCollection("notes").search(request);
        nowMillis += 500;
        mine.search(request);
        assertThatThrownBy(() -> mine.search(request)).hasMessageContaining("rate_limit_qps");
    }

    @Test
    void aClientWhoseCallsKeepFailingIsHeldOffForAWhile() {
        database.updateGuardRails(GuardRails.DEFAULTS.withCircuit(2, 10));
        VectorCollection mine = database.as(new Caller(null, null, "c1")).vectorCollection("notes");
        SearchRequest good = SearchRequest.nearest(new float[] {1, 0}, 1);
        SearchRequest tooSlow = good.timeoutMillis(0);

        assertThatThrownBy(() -> mine.search(tooSlow)).hasMessageContaining("timeout");
        mine.search(good);
        assertThatThrownBy(() -> mine.search(tooSlow)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> mine.search(tooSlow)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> mine.search(good))
                .isInstanceOfSatisfying(
                        VelesException.class,
                        refusal -> assertThat(refusal.guardRail()).isEqualTo(GuardRail.CIRCUIT));
        nowMillis += 10_000;
        mine.search(good);
        mine.search(good);
    }
}
