package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.engine.Expiry;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private long nowMillis = 100_000;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> nowMillis);
    private final VectorCollection notes = database.createVectorCollection("notes", 2, Metric.DOT);

    ExpiryTest() {
        notes.upsert(List.of(
                Point.of(1, new float[] {1, 0}),
                Point.of(2, new float[] {2, 0}, Obj.of(Expiry.FIELD, 200)),
                Point.of(3, new float[] {3, 0}, Obj.of(Expiry.FIELD, 200.5)),
                Point.of(4, new float[] {4, 0}, Obj.of(Expiry.FIELD, "200"))));
        notes.addEdge(Edge.of(1, 2, "NEXT"));
        notes.addEdge(Edge.of(4, 1, "NEXT"));
    }

    @Test
    void anExpiredRowIsHiddenOnEveryReadPath() {
        nowMillis = 199_999;
        assertThat(notes.count()).isEqualTo(4);
        nowMillis = 200_000;

        assertThat(notes.count()).isEqualTo(3);
        assertThat(notes.count(Filter.lt(Expiry.FIELD, 1000))).isEqualTo(1);
        assertThat(notes.get(2).get(0)).isNull();
        assertThat(notes.scroll(10).points()).extracting(Point::id).containsExactly(1L, 3L, 4L);
        assertThat(notes.scroll(null, 10, Filter.gte("id", 2)).points())
                .extracting(Point::id)
                .containsExactly(3L, 4L);
        assertThat(notes.search(SearchRequest.nearest(new float[] {1, 0}, 10)))
                .extracting(Hit::id)
                .containsExactly(4L, 3L, 1L);
        assertThat(notes.searchIds(SearchRequest.nearest(new float[] {1, 0}, 10).effort(Effort.PERFECT))
                        .ids())
                .containsExactly(4, 3, 1);
        assertThat(notes.edges(null)).extracting(Edge::source).containsExactly(4L);
        assertThat(notes.outgoing(1)).isEmpty();
        assertThat(notes.degree(1)).isEqualTo(new Degree(1, 0));
        assertThat(notes.info().points()).isEqualTo(3);
        nowMillis = 201_000;
        assertThat(notes.count()).isEqualTo(2);
    }

    @Test
    void anEdgeNeedsRowsThatAreNotExpired() {
        nowMillis = 200_000;
        assertThatThrownBy(() -> notes.addEdge(Edge.of(1, 2, "AGAIN"))).hasMessageContaining("VELES-022");
    }

    @Test
    void theSweepDeletesExpiredRowsAndCountsThem() {
        assertThat(database.engine().upkeep().expiryDue()).isEmpty();
        nowMillis = 300_000;
        assertThat(database.engine().upkeep().expiryDue()).containsExactly("notes");

        assertThat(database.engine().upkeep().sweepExpired("notes")).isEqualTo(2);

        assertThat(database.expiredRowsDeleted()).isEqualTo(2);
        assertThat(database.engine().upkeep().expiryDue()).isEmpty();
        nowMillis = 0;
        assertThat(notes.scroll(10).points()).extracting(Point::id).containsExactly(1L, 4L);
    }

    @Test
    void aRowThatReplacesAnExpiredOneHasNoEdgesWhetherASweepCameOrNot() {
        notes.upsert(Point.of(2, new float[] {2, 0}, Obj.of(Expiry.FIELD, 300)));
        assertThat(notes.outgoing(1)).as("not expired, so it keeps them").hasSize(1);
        nowMillis = 300_000;
        notes.upsert(Point.of(2, new float[] {2, 0}));

        assertThat(notes.edges(null)).extracting(Edge::source).containsExactly(4L);
        assertThat(notes.degree(1)).isEqualTo(new Degree(1, 0));
        nowMillis = 0;
        assertThat(notes.edgeCount()).isEqualTo(1);
    }

    @Test
    void writesOfOneMomentActInTheirOrderOnExpiredRows() {
        Edge again = Edge.of(1, 2, "NEXT");
        database.batch()
                .upsert("notes", List.of(Point.of(2, new float[] {2, 0}, Obj.of(Expiry.FIELD, 1))))
                .upsert("notes", List.of(Point.of(2, new float[] {2, 0})))
                .addEdges("notes", List.of(again.withProperties(Obj.of("w", 1))))
                .commit();
        assertThat(notes.outgoing(1)).extracting(Edge::properties).containsExactly(Obj.of("w", 1));

        // of one row twice in one step only the last is written
        notes.upsert(
                List.of(Point.of(2, new float[] {2, 0}, Obj.of(Expiry.FIELD, 1)), Point.of(2, new float[] {2, 0})));
        assertThat(notes.outgoing(1)).hasSize(1);
        assertThatThrownBy(() -> database.batch()
                        .upsert("notes", List.of(Point.of(2, new float[] {2, 0}, Obj.of(Expiry.FIELD, 1))))
                        .addEdges("notes", List.of(Edge.of(4, 2, "NEXT")))
                        .commit())
                .hasMessageContaining("VELES-022");
    }

    @Test
    void idsOfEdgesOfExpiredRowsAreFree() {
        long id = Edge.of(1, 2, "NEXT").id();
        nowMillis = 200_000;
        assertThat(notes.removeEdge(id)).isFalse();
        assertThat(notes.addEdges(List.of(new Edge(id, 3, 4, "OTHER", null)))).isEqualTo(1);
        assertThat(notes.edge(id)).isEqualTo(new Edge(id, 3, 4, "OTHER", null));
        assertThat(database.engine().upkeep().sweepExpired("notes")).isEqualTo(1);
        assertThat(notes.edge(id)).as("the sweep takes no other edge").isNotNull();
        assertThatThrownBy(() -> notes.addEdge(new Edge(id, 4, 3, "OTHER", null)))
                .hasMessageContaining("VELES-019");
    }

    @Test
    void anEdgeIdThatAnExpiredRowLeftIsFreeOnceTheRowIsReplaced() {
        long id = Edge.of(1, 2, "NEXT").id();
        nowMillis = 200_000;
        long changed = database.batch()
                .upsert("notes", List.of(Point.of(2, new float[] {2, 0})))
                .addEdges("notes", List.of(new Edge(id, 2, 4, "OTHER", null)))
                .commit();
        assertThat(changed).isEqualTo(2);
        assertThat(notes.edge(id)).isEqualTo(new Edge(id, 2, 4, "OTHER", null));
    }

    @Test
    void deletingAnExpiredRowDropsItAndCountsAsNothing() {
        nowMillis = 200_000;
        assertThat(notes.delete(2)).isZero();
        nowMillis = 201_000;
        assertThat(database.batch().delete("notes", 3).commit()).isZero();
        assertThat(notes.delete(2, 4)).isEqualTo(1);
        assertThat(database.engine().upkeep().expiryDue()).isEmpty();
    }

    @Test
    void aSparseNameOfExpiredRowsIsUnknownWhetherASweepCameOrNot() {
        SparseVector vector = SparseVector.of(new int[] {1}, new float[] {1});
        Map<String, SparseVector> named = Map.of("topics", vector);
        notes.upsert(Point.of(2, new float[] {2, 0}, Obj.of(Expiry.FIELD, 200)).withSparse(named));
        SparseRequest request = SparseRequest.best(vector, 3).by("topics");
        String statement = "SELECT id FROM notes WHERE vector SPARSE_NEAR {1: 1.0} USING 'topics' LIMIT 3";
        assertThat(notes.sparseSearch(request)).hasSize(1);
        assertThat(database.query(statement).rows()).hasSize(1);
        nowMillis = 200_000;
        assertThatThrownBy(() -> notes.sparseSearch(request)).hasMessageContaining("VELES-030");
        assertThatThrownBy(() -> notes.sparseSearch(request.where(Filter.gt("id", 0))))
                .hasMessageContaining("VELES-030");
        assertThatThrownBy(() -> database.query(statement)).hasMessageContaining("VELES-030");
        database.engine().upkeep().sweepExpired("notes");
        assertThatThrownBy(() -> notes.sparseSearch(request)).hasMessageContaining("VELES-030");

        notes.upsert(Point.of(4, new float[] {4, 0}).withSparse(named));
        notes.upsert(Point.of(5, new float[] {2, 0}, Obj.of(Expiry.FIELD, 1)).withSparse(named));
        assertThat(notes.sparseSearch(request)).extracting(Hit::id).containsExactly(4L);
    }

    @Test
    void anUpdateLeavesExpiredRowsAlone() {
        nowMillis = 200_000;
        assertThat(notes.update(Filter.gte("id", 2), Obj.of("seen", true), null))
                .isEqualTo(2);
    }
}
