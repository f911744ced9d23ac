package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.engine.Expiry;
import io.velesdb.filter.Filter;
import io.velesdb.graph.Traversal;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphWalkTest {
    private long nowMillis;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> nowMillis);
    private final GraphCollection roads = database.createGraphCollection("roads");

    GraphWalkTest() {
        for (int id = 1; id <= 5; id++) {
            roads.upsert(Point.of(id, id == 3 ? Obj.of("n", id, Expiry.FIELD, 100) : Obj.of("n", id)));
        }
        roads.addEdges(List.of(
                Edge.of(10, 1, 2, "ROAD").withProperties(Obj.of("km", 5)),
                Edge.of(11, 1, 3, "ROAD").withProperties(Obj.of("km", 1)),
                Edge.of(12, 3, 4, "ROAD").withProperties(Obj.of("km", 1)),
                Edge.of(13, 2, 4, "RAIL").withProperties(Obj.of("km", 1))));
    }

    @Test
    void traversalsFindEachNodeOnceInTheirOrder() {
        assertThat(targets(roads.traverse(1, TraversalOptions.DEFAULT))).containsExactly(2L, 3L, 4L);
        assertThat(targets(roads.traverseDepthFirst(1, TraversalOptions.DEFAULT)))
                .containsExactly(2L, 4L, 3L);
        assertThat(targets(roads.traverse(new long[] {2, 3}, TraversalOptions.DEFAULT)))
                .containsExactly(4L);
        assertThat(roads.traverse(1, TraversalOptions.DEFAULT.relTypes("ROAD").depth(2, 3))
                        .hits())
                .containsExactly(new TraversalHit(4, 2, List.of(11L, 12L)));
        assertThat(targets(roads.traverse(1, TraversalOptions.DEFAULT.nodes(Filter.gt("n", 2)))))
                .containsExactly(3L, 4L);
    }

    @Test
    void aPageGoesOnWhereTheLastOneEnded() {
        TraversalPage first = roads.traverse(1, TraversalOptions.DEFAULT.limit(2));
        assertThat(targets(first)).containsExactly(2L, 3L);
        TraversalPage second =
                roads.traverse(1, TraversalOptions.DEFAULT.limit(2).from(first.next()));
        assertThat(targets(second)).containsExactly(4L);
        assertThat(second.next()).isNull();
    }

    @Test
    void aStreamedTraversalSeesTheStateOfItsBeginning() {
        Traversal found = roads.traversal(TraversalOrder.BREADTH_FIRST, new long[] {1}, TraversalOptions.DEFAULT);
        assertThat(found.next()).isTrue();
        roads.truncate();
        List<Long> rest = new ArrayList<>();
        while (found.next()) {
            rest.add(found.target());
        }
        assertThat(rest).containsExactly(3L, 4L);
    }

    @Test
    void anExpiredNodeIsNeitherFoundNorPassedThrough() {
        nowMillis = 100_000;
        assertThat(targets(roads.traverse(1, TraversalOptions.DEFAULT.relTypes("ROAD"))))
                .containsExactly(2L);
        assertThatThrownBy(() -> roads.traverse(3, TraversalOptions.DEFAULT)).hasMessageContaining("VELES-022");
        assertThat(roads.shortestPath(1, 4, PathOptions.DEFAULT).edges()).containsExactly(10L, 13L);
        assertThat(roads.connectedComponents()).extracting(NodeComponent::id).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void pathsByEdgesAndByWeight() {
        assertThat(roads.shortestPath(1, 4, PathOptions.DEFAULT).edges()).containsExactly(10L, 13L);
        assertThat(roads.shortestPath(1, 4, PathOptions.DEFAULT.weight("km")).edges())
                .containsExactly(11L, 12L);
        assertThat(roads.shortestPath(4, 1, PathOptions.DEFAULT)).isNull();
        assertThatThrownBy(() -> roads.shortestPath(1, 77, PathOptions.DEFAULT)).hasMessageContaining("VELES-022");
    }

    @Test
    void componentsAndRanksCoverEveryPoint() {
        assertThat(roads.connectedComponents())
                .containsExactly(
                        new NodeComponent(1, 1),
                        new NodeComponent(2, 1),
                        new NodeComponent(3, 1),
                        new NodeComponent(4, 1),
                        new NodeComponent(5, 5));
        List<NodeRank> ranks = roads.pageRank();
        assertThat(ranks.stream().mapToDouble(NodeRank::rank).sum())
                .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(ranks.stream()
                        .max((a, b) -> Double.compare(a.rank(), b.rank()))
                        .get()
                        .id())
                .isEqualTo(4);
    }

    @Test
    void aDepthOverTheGuardRailIsRefusedAtOnce() {
        database.updateGuardRails(GuardRails.DEFAULTS.withMaxDepth(2));
        assertThatThrownBy(() -> roads.traverse(1, TraversalOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        VelesException.class,
                        refusal -> assertThat(refusal.guardRail()).isEqualTo(GuardRail.DEPTH));
    }

    @Test
    void aStrictGraphRefusesWhatItDoesNotDeclare() {
        GraphSchema types = GraphSchema.strict(
                List.of(
                        new GraphSchema.NodeType("City", Map.of("people", PropertyType.INTEGER)),
                        new GraphSchema.NodeType("River", Map.of())),
                List.of(new GraphSchema.EdgeType("AT", "City", "River", Map.of())));
        Collection map =
                database.createCollection("map", CollectionSchema.graph().withGraphSchema(types));
        map.upsert(List.of(
                Point.of(1, Obj.of("_labels", List.of("City"), "people", 3)),
                Point.of(2, Obj.of("_labels", List.of("River")))));
        map.addEdge(Edge.of(1, 2, "AT"));

        assertThatThrownBy(() -> map.upsert(Point.of(3, Obj.of("_labels", List.of("Moon")))))
                .hasMessageContaining("VELES-017");
        assertThatThrownBy(() -> map.update(Filter.eq("id", 1), Obj.of("people", "many"), null))
                .hasMessageContaining("VELES-017");
        assertThatThrownBy(() -> map.addEdge(Edge.of(2, 1, "AT"))).hasMessageContaining("VELES-017");
        assertThat(map.count()).isEqualTo(2);
        assertThat(map.edgeCount()).isEqualTo(1);
        assertThat(map.schema().graphSchema()).isEqualTo(types);
    }

    private static List<Long> targets(TraversalPage page) {
        return page.hits().stream().map(TraversalHit::target).toList();
    }
}
