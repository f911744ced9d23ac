package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgesTest {
    private final Database database = Database.inMemory();
    private final GraphCollection films = database.createGraphCollection("films", 2, Metric.EUCLIDEAN);

    EdgesTest() {
        films.upsert(List.of(
                Point.of(1, Obj.of("title", "Alien")),
                Point.of(2, new float[] {1, 1}, Obj.of("title", "Brazil")),
                new Point(3, null, null)));
    }

    @Test
    void edgesConnectRowsOfTheCollection() {
        films.addEdge(Edge.of(5, 1, 2, " SEQUEL ").withProperties(Obj.of("year", 1986)));
        films.addEdge(Edge.of(4, 3, 1, "CITES"));

        assertThat(films.edges(null)).extracting(Edge::id).containsExactly(4L, 5L);
        assertThat(films.edges("SEQUEL")).extracting(Edge::id).containsExactly(5L);
        assertThat(films.outgoing(1)).extracting(Edge::target).containsExactly(2L);
        assertThat(films.incoming(1)).extracting(Edge::source).containsExactly(3L);
        assertThat(films.degree(1)).isEqualTo(new Degree(1, 1));
        assertThat(films.edge(5).properties()).isEqualTo(Obj.of("year", 1986));
        assertThat(films.maxEdgeId()).isEqualTo(5);
        assertThat(films.removeEdge(5)).isTrue();
        assertThat(films.removeEdge(5)).isFalse();
        assertThat(films.edgeCount()).isEqualTo(1);
    }

    @Test
    void everyKindOfCollectionHasEdges() {
        MetadataCollection plain = database.createMetadataCollection("plain");
        plain.upsert(List.of(Point.of(1, null, null), Point.of(2, null, null)));
        plain.addEdge(Edge.of(1, 2, "NEXT"));
        assertThat(plain.hasEdge(Edge.derivedId(1, 2, "NEXT"))).isTrue();
    }

    @Test
    void badEdgesAreRefusedAndNamed() {
        films.addEdge(Edge.of(5, 1, 2, "SEQUEL"));
        assertThatThrownBy(() -> films.addEdge(Edge.of(5, 2, 1, "CITES")))
                .hasMessageContaining("VELES-019")
                .hasMessageContaining("1 -[SEQUEL]-> 2");
        assertThatThrownBy(() -> films.addEdge(Edge.of(6, 1, 77, "CITES")))
                .hasMessageContaining("VELES-022")
                .hasMessageContaining("target 77");
        assertThatThrownBy(() -> Edge.of(6, 1, 2, "  ")).hasMessageContaining("VELES-021");
        assertThat(films.edgeCount()).isEqualTo(1);
    }

    @Test
    void aBatchOfEdgesSkipsIdsInUseAndFailsWholeOnAMissingRow() {
        films.addEdge(Edge.of(5, 1, 2, "SEQUEL"));
        assertThat(films.addEdges(List.of(Edge.of(5, 2, 1, "CITES"), Edge.of(6, 2, 1, "CITES"))))
                .isEqualTo(1);
        assertThat(films.edge(5).label()).isEqualTo("SEQUEL");
        assertThatThrownBy(() -> films.addEdges(List.of(Edge.of(7, 1, 3, "CITES"), Edge.of(8, 9, 1, "CITES"))))
                .hasMessageContaining("VELES-022");
        assertThat(films.edgeCount()).isEqualTo(2);
    }

    @Test
    void relateReplacesThePropertiesOfTheSameTriple() {
        long id = films.relate(1, 2, "CITES", Obj.of("n", 1));
        assertThat(films.relate(1, 2, "CITES", Obj.of("n", 2))).isEqualTo(id);
        assertThat(films.edges(null)).hasSize(1);
        assertThat(films.edge(id).properties()).isEqualTo(Obj.of("n", 2));
        assertThatThrownBy(() -> films.addEdge(Edge.of(1, 2, "CITES"))).hasMessageContaining("VELES-019");
    }

    @Test
    void deletingARowRemovesItsEdgesAndReplacingItKeepsThem() {
        films.addEdge(Edge.of(5, 1, 2, "SEQUEL"));
        films.addEdge(Edge.of(6, 3, 1, "CITES"));
        films.upsert(Point.of(1, Obj.of("title", "Alien (director's cut)")));
        assertThat(films.edgeCount()).isEqualTo(2);
        films.delete(1);
        assertThat(films.edgeCount()).isZero();
        assertThat(films.incoming(2)).isEmpty();
    }

    @Test
    void nodesWithoutVectorAreNeverFoundBySearch() {
        assertThat(films.search(SearchRequest.nearest(new float[] {0, 0}, 10)))
                .extracting(Hit::id)
                .containsExactly(2L);
        assertThat(films.get(1).get(0).vector()).isNull();
    }

    @Test
    void aNodePayloadIsReplacedAndItsVectorKept() {
        films.upsertNodePayload(2, Obj.of("genre", "satire"));
        films.upsertNodePayload(9, null);
        Point brazil = films.get(2).get(0);
        assertThat(brazil.payload()).isEqualTo(Obj.of("genre", "satire"));
        assertThat(brazil.vector()).containsExactly(1, 1);
        assertThat(films.count()).isEqualTo(4);
    }

    @Test
    void truncateRemovesRowsAndEdges() {
        films.addEdge(Edge.of(5, 1, 2, "SEQUEL"));
        assertThat(films.truncate()).isEqualTo(4);
        assertThat(films.isEmpty()).isTrue();
        assertThat(films.edgeCount()).isZero();
        films.upsert(Point.of(1, new float[] {1, 2}));
        assertThat(films.search(SearchRequest.nearest(new float[] {0, 0}, 10))).hasSize(1);
    }

    @Test
    void vacuumKeepsEdgesAndWhoHasAVector() {
        films.addEdge(Edge.of(5, 1, 2, "SEQUEL"));
        films.upsert(Point.of(3, new float[] {5, 5}));
        films.vacuum();
        assertThat(films.edges(null)).hasSize(1);
        assertThat(films.search(SearchRequest.nearest(new float[] {0, 0}, 10)))
                .extracting(Hit::id)
                .containsExactly(2L, 3L);
    }
}
