package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.engine.Committer;
import io.velesdb.engine.Engine;
import io.velesdb.engine.Expiry;
import io.velesdb.engine.MemoryPlatform;
import io.velesdb.filter.Filter;
import io.velesdb.host.Lifecycle;
import io.velesdb.journal.Journal;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A strict graph stays within its types also when nodes change after their edges. */
class StrictGraphTest {
    private static final GraphSchema TYPES = GraphSchema.parse(Json.parse("""
            {"schemaless": false,
             "node_types": [{"name": "Person"}, {"name": "City"}, {"name": "Village"}],
             "edge_types": [
               {"name": "LIVES_IN", "from_type": "Person", "to_type": "City", "properties": {"since": "integer"}},
               {"name": "LIVES_IN", "from_type": "Person", "to_type": "Village", "properties": {"since": "string"}},
               {"name": "PART_OF", "from_type": "Village", "to_type": "Village"},
               {"name": "PART_OF", "from_type": "City", "to_type": "City"}]}"""));

    private final Observer tenants = new Observer() {
        @Override
        public Decision decide(AccessRequest request) {
            String tenant = request.caller().tenant();
            return tenant == null ? Decision.ALLOW : new Decision.Within(Filter.eq("tenant", tenant));
        }
    };
    private long nowMillis;
    private final Database database = new Database(
            new Engine(new MemoryPlatform(() -> nowMillis), Limits.DEFAULTS, Journal.NONE, Committer.SERIAL),
            Lifecycle.NONE,
            tenants);
    private final Collection map =
            database.createCollection("map", CollectionSchema.graph().withGraphSchema(TYPES));

    StrictGraphTest() {
        map.upsert(List.of(node(1, "Person"), node(2, "City"), node(3, "City")));
        map.addEdge(Edge.of(10, 1, 2, "LIVES_IN").withProperties(Obj.of("since", 1840)));
        map.addEdge(Edge.of(11, 2, 3, "PART_OF"));
    }

    private static Point node(long id, String label) {
        return Point.of(id, labelled(label));
    }

    private static Obj labelled(String label) {
        return Obj.of("_labels", List.of(label), "tenant", label.equals("City") ? "a" : "b");
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_VALIDATION));
    }

    @Test
    void edgesOfExpiredRowsAskForNoLabels() {
        map.upsert(node(1, "Person", 100));
        refused(() -> map.upsert(node(1, "City")));
        nowMillis = 100_000;
        // before any sweep: the row that takes the place of an expired one has none of its edges
        map.upsert(node(1, "City"));
        assertThat(map.edges(null)).extracting(Edge::id).containsExactly(11L);
        refused(() -> map.upsert(node(3, "Village")));
    }

    @Test
    void theNeighbourOfAnExpiredRowNeedsNoLabelForItsEdge() {
        map.removeEdge(11);
        map.upsert(node(1, "Person", 100));
        refused(() -> map.upsert(node(2, "Person")));
        nowMillis = 100_000;
        map.upsert(node(2, "Person"));
        assertThat(map.edges(null)).isEmpty();
    }

    private static Point node(long id, String label, long expiresAt) {
        return Point.of(id, labelled(label).with(Expiry.FIELD, expiresAt));
    }

    @Test
    void aNodeKeepsTheLabelsThatItsEdgesNeed() {
        GraphCollection graph = database.graphCollection("map");
        Obj city = labelled("City");
        refused(() -> map.upsert(node(1, "City")));
        refused(() -> map.upsertBulk(List.of(node(1, "City"))));
        refused(() -> map.update(Filter.eq("id", 1), Obj.of("_labels", List.of("City")), null));
        refused(() -> database.batch().upsert("map", List.of(node(1, "City"))).commit());
        refused(() -> graph.upsertNodePayload(1, city));
        map.enableStreaming(StreamingConfig.DEFAULTS);
        refused(() -> map.streamInsert(List.of(node(1, "City"))));
        assertThat(map.get(1).get(0).payload()).isEqualTo(labelled("Person"));
    }

    @Test
    void aNodeWithEdgesKeepsItsPayload() {
        GraphCollection graph = database.graphCollection("map");
        refused(() -> graph.upsertNodePayload(1, null));
        refused(() -> graph.upsertNodePayload(2, Obj.EMPTY));
        refused(() -> map.upsert(Point.of(1, (Obj) null)));
        assertThat(map.get(1).get(0).payload()).isEqualTo(labelled("Person"));
    }

    @Test
    void propertiesFitTheTypeThatTheNewLabelsChoose() {
        map.removeEdge(11);
        refused(() -> map.upsert(node(2, "Village")));
        map.removeEdge(10);
        map.addEdge(Edge.of(10, 1, 2, "LIVES_IN"));
        map.upsert(node(2, "Village"));
        assertThat(map.get(2).get(0).payload()).isEqualTo(labelled("Village"));
    }

    @Test
    void onlyWhatAChangeLeavesHasToFit() {
        map.removeEdge(10);
        refused(() -> map.upsert(node(2, "Village")));
        map.upsert(List.of(node(2, "Village"), node(3, "Village")));
        database.batch()
                .upsert("map", List.of(node(2, "City")))
                .upsert("map", List.of(node(3, "City")))
                .commit();
        database.batch()
                .upsert("map", List.of(node(2, "Person")))
                .removeEdges("map", 11)
                .commit();
        assertThat(map.edgeCount()).isZero();
        map.upsert(node(3, "Village"));
    }

    @Test
    void anEdgeOfTheSameBatchHasToFitToo() {
        refused(() -> database.batch()
                .upsert("map", List.of(node(4, "Person")))
                .addEdges("map", List.of(Edge.of(12, 4, 2, "LIVES_IN")))
                .upsert("map", List.of(node(4, "City")))
                .commit());
        database.batch()
                .delete("map", 1)
                .upsert("map", List.of(node(1, "City")))
                .commit();
        assertThat(map.edges(null)).extracting(Edge::id).containsExactly(11L);
    }

    @Test
    void theRefusalSaysNothingOfNodesThatTheCallerMayNotSee() {
        Collection seen = database.as(new Caller(null, "a", null)).collection("map");
        Obj village = Obj.of("_labels", List.of("Person"), "tenant", "a");
        map.removeEdge(11);
        assertThatThrownBy(() -> seen.upsert(Point.of(2, village)))
                .hasMessageContaining("VELES-017")
                .hasMessageContaining("edge 10")
                .hasMessageNotContainingAny("LIVES_IN", "node 1");
    }
}
