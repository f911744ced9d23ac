package io.velesdb.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeStoreTest {
    private static final String[] LABELS = {"KNOWS", "LIKES", "é", "a much longer label of several words"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeASortedMapOfEdges_andPublishedViewsNeverChange(long seed) {
        Random random = new Random(seed);
        // few nodes make hubs, many make short lists
        int nodes = seed % 2 == 0 ? 6 : 300;
        String[] labels = seed % 4 == 0 ? manyLabels(60) : LABELS;
        EdgeStore store = new EdgeStore();
        EdgeModel model = new EdgeModel();
        List<GraphView> views = new ArrayList<>();
        List<EdgeModel> models = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            for (int i = random.nextInt(120); i > 0; i--) {
                step(store, model, random, nodes, labels, seed);
            }
            if (round % 13 == 12) {
                store.compact();
            }
            if (round % 10 == 9) {
                store = EdgeStore.load(reader(save(store)));
            }
            views.add(store.publish());
            models.add(new EdgeModel(model));
        }
        for (int i = 0; i < views.size(); i += 3) {
            assertSame(views.get(i), models.get(i), nodes, labels, "seed " + seed + " round " + i);
        }
        assertSame(store.view(), model, nodes, labels, "seed " + seed);
    }

    private static void step(EdgeStore store, EdgeModel model, Random random, int nodes, String[] labels, long seed) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            long node = random.nextInt(nodes);
            assertThat(store.removeNode(node)).as("seed %d", seed).isEqualTo(model.removeNode(node));
        } else if (kind < 5 && !model.edges.isEmpty()) {
            long id = any(model, random);
            model.edges.remove(id);
            assertThat(store.remove(id)).as("seed %d", seed).isTrue();
            assertThat(store.remove(id)).as("seed %d", seed).isFalse();
            assertThat(store.contains(id)).isFalse();
        } else if (kind < 8 && !model.edges.isEmpty()) {
            Edge edge = model.edges.get(any(model, random)).withProperties(EdgeModel.randomProperties(random));
            assertThat(model.put(store, edge)).as("seed %d", seed).isFalse();
        } else {
            model.putRandom(store, random, nodes, labels, false);
        }
        assertThat(store.size()).as("seed %d", seed).isEqualTo(model.edges.size());
    }

    @Test
    void renumbersByItselfWhenMostIsDead() {
        EdgeStore store = new EdgeStore();
        EdgeModel model = new EdgeModel();
        for (int i = 0; i < 5_000; i++) {
            model.put(store, new Edge(7, 1, 2, "L", Obj.of("i", i)));
            if (i % 100 == 0) {
                store.publish();
            }
        }
        for (long id = 100; id < 3_100; id++) {
            model.put(store, Edge.of(id, id, 1, "M" + id));
        }
        store.publish();
        for (long id = 100; id < 3_095; id++) {
            model.edges.remove(id);
            store.remove(id);
        }
        GraphView view = store.publish();
        assertThat(view.nodeBound()).isEqualTo(7);
        assertThat(view.labelNames()).containsExactly("L", "M3095", "M3096", "M3097", "M3098", "M3099");
        assertSame(view, model, 4_000, LABELS, "");
    }

    @Test
    void anIdOfAnotherEdgeIsRefusedAndNothingChanges() {
        EdgeStore store = new EdgeStore();
        store.put(5, 1, 2, "A", null);
        for (Runnable other : List.<Runnable>of(
                () -> store.put(5, 1, 3, "A", null),
                () -> store.put(5, 3, 2, "A", null),
                () -> store.put(5, 1, 2, "B", null))) {
            assertThatThrownBy(other::run)
                    .isInstanceOf(VelesException.class)
                    .hasMessageStartingWith("[VELES-019] edge 5 is there already, from 1 to 2 as 'A'");
        }
        GraphView view = store.publish();
        assertThat(view.edgeCount()).isEqualTo(1);
        assertThat(view.labelNames()).containsExactly("A");
        assertThat(view.edge(5)).isEqualTo(Edge.of(5, 1, 2, "A"));
    }

    @Test
    void anEdgeFromANodeToItselfIsCountedOnEitherSideAndComesOnceInBothDirections() {
        EdgeStore store = new EdgeStore();
        store.put(5, 1, 1, "A", null);
        store.put(4, 1, 2, "A", null);
        GraphView view = store.publish();
        assertThat(view.outDegree(1)).isEqualTo(2);
        assertThat(view.inDegree(1)).isEqualTo(1);
        assertThat(neighbors(view, 1, Direction.BOTH, List.of()))
                .extracting(Edge::id)
                .containsExactly(4L, 5L);
        assertThat(store.removeNode(1)).isEqualTo(2);
        assertThat(store.publish().edgeCount()).isZero();
        assertThat(view.edgeCount()).isEqualTo(2);
    }

    @Test
    void idsAreUnsigned() {
        EdgeStore store = new EdgeStore();
        store.put(-1, -2, 3, "A", null);
        store.put(1, -2, 3, "A", null);
        store.put(Long.MIN_VALUE, -2, 3, "A", null);
        GraphView view = store.publish();
        assertThat(view.maxEdgeId()).isEqualTo(-1);
        assertThat(view.outgoing(-2)).extracting(Edge::id).containsExactly(1L, Long.MIN_VALUE, -1L);
    }

    @Test
    void theSameEdgesAreSavedAsTheSameBytesWhateverTheirHistory() {
        Random random = new Random(11);
        EdgeModel model = new EdgeModel();
        EdgeStore store = new EdgeStore();
        for (int i = 0; i < 2_000; i++) {
            model.putRandom(store, random, 50, LABELS, false);
        }
        EdgeStore other = new EdgeStore();
        other.put(3, 900, 901, "gone", null);
        List<Edge> shuffled = new ArrayList<>(model.edges.values());
        java.util.Collections.shuffle(shuffled, random);
        for (Edge edge : shuffled) {
            model.put(other, edge);
        }
        other.remove(3);
        byte[] saved = save(store);
        assertThat(save(other)).isEqualTo(saved);
        assertThat(save(EdgeStore.load(reader(saved)))).isEqualTo(saved);
    }

    @Test
    void damagedBytesAreRefusedOrMakeAGraphThatCanBeRead() {
        Random random = new Random(12);
        EdgeStore store = new EdgeStore();
        EdgeModel model = new EdgeModel();
        for (int i = 0; i < 150; i++) {
            model.putRandom(store, random, 20, LABELS, false);
        }
        byte[] good = save(store);
        for (int cut = 0; cut < good.length; cut++) {
            byte[] part = Arrays.copyOf(good, cut);
            assertThatThrownBy(() -> EdgeStore.load(reader(part)))
                    .as("cut at %d", cut)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
        }
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] bad = Arrays.copyOf(good, good.length);
            bad[random.nextInt(good.length)] = (byte) random.nextInt(256);
            try {
                readAll(EdgeStore.load(reader(bad)).view());
            } catch (VelesException e) {
                assertThat(e.code()).as("flip %d", i).isEqualTo(ErrorCode.STORAGE);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void labelsInFilesAreLabels() {
        for (String label : new String[] {"", " ", " x", "x "}) {
            BinaryWriter out = new BinaryWriter();
            out.writeByte(1)
                    .writeVarInt(1)
                    .writeString(label)
                    .writeVarInt(0)
                    .writeVarInt(0)
                    .writeBoolean(false);
            assertThatThrownBy(() -> EdgeStore.load(reader(out.toByteArray())))
                    .as("'%s'", label)
                    .hasMessageContaining("VELES-006");
        }
    }

    @Test
    void nodesWhoseHashesCollideAreStillFound() {
        // ids that differ in what the hash multiplies away: all fall into few cells
        NodeTable table = new NodeTable();
        List<Long> ids = new ArrayList<>();
        long inverse = inverseOfOdd(0x9E3779B97F4A7C15L);
        for (long i = 0; i < 3_000; i++) {
            long mixed = (i << 32 ^ i) * 1L;
            long multiplied = mixed * inverse;
            ids.add(multiplied ^ multiplied >>> 32);
        }
        for (int i = 0; i < ids.size(); i++) {
            assertThat(table.findOrAdd(ids.get(i))).isEqualTo(i);
        }
        NodeTable.View view = table.view();
        table.findOrAdd(123_456_789L);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(table.find(ids.get(i))).isEqualTo(i);
            assertThat(view.find(ids.get(i))).isEqualTo(i);
        }
        assertThat(view.find(123_456_789L)).isEqualTo(NodeTable.ABSENT);
    }

    private static long inverseOfOdd(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    private static void assertSame(GraphView view, EdgeModel model, int nodes, String[] labels, String why) {
        assertThat(view.edgeCount()).as(why).isEqualTo(model.edges.size());
        assertThat(view.maxEdgeId()).as(why).isEqualTo(model.edges.isEmpty() ? 0 : model.edges.lastKey());
        assertThat(edges(view, List.of())).as(why).isEqualTo(List.copyOf(model.edges.values()));
        List<String> two = List.of(labels[0], labels[1], "of no edge");
        for (List<String> wanted : List.of(List.of(labels[2]), two, List.of("of no edge"))) {
            List<Edge> expected = model.edges.values().stream()
                    .filter(e -> wanted.contains(e.label()))
                    .toList();
            assertThat(edges(view, wanted)).as(why).isEqualTo(expected);
            assertThat(view.edgeCount(view.labels(wanted))).as(why).isEqualTo(expected.size());
        }
        for (Edge edge : model.edges.values()) {
            assertThat(view.hasEdge(edge.id())).as(why).isTrue();
            assertThat(view.edge(edge.id())).as(why).isEqualTo(edge);
        }
        for (long node = 0; node < Math.min(nodes, 40) + 1; node++) {
            for (Direction direction : Direction.values()) {
                for (List<String> wanted : List.of(List.<String>of(), List.of(labels[0]), two)) {
                    assertThat(neighbors(view, node, direction, wanted))
                            .as("%s node %d %s %s", why, node, direction, wanted)
                            .isEqualTo(model.of(node, direction, wanted));
                }
            }
            assertThat(view.outDegree(node))
                    .isEqualTo(model.of(node, Direction.OUT, List.of()).size());
            assertThat(view.inDegree(node))
                    .isEqualTo(model.of(node, Direction.IN, List.of()).size());
            assertThat(view.outgoing(node)).isEqualTo(model.of(node, Direction.OUT, List.of()));
            assertThat(view.incoming(node)).isEqualTo(model.of(node, Direction.IN, List.of()));
        }
    }

    private static List<Edge> edges(GraphView view, List<String> labels) {
        List<Edge> found = new ArrayList<>();
        for (EdgeCursor cursor = view.edges(view.labels(labels)); cursor.next(); ) {
            found.add(view.edgeAt(cursor.edge()));
        }
        return found;
    }

    private static List<Edge> neighbors(GraphView view, long node, Direction direction, List<String> labels) {
        List<Edge> found = new ArrayList<>();
        Neighbors neighbors = view.neighbors(direction, view.labels(labels));
        neighbors.start(view.node(node + 1));
        neighbors.next();
        for (neighbors.start(view.node(node)); neighbors.next(); ) {
            Edge edge = view.edgeAt(neighbors.edge());
            found.add(edge);
            assertThat(view.nodeId(neighbors.node())).isEqualTo(edge.source() == node ? edge.target() : edge.source());
        }
        return found;
    }

    private static void readAll(GraphView view) {
        edges(view, List.of());
        for (int node = 0; node < view.nodeBound(); node++) {
            view.outgoing(view.nodeId(node));
            view.incoming(view.nodeId(node));
        }
    }

    private static String[] manyLabels(int count) {
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) {
            labels[i] = "L" + i;
        }
        return labels;
    }

    private static long any(EdgeModel model, Random random) {
        Long found = model.edges.ceilingKey(random.nextLong());
        return found == null ? model.edges.firstKey() : found;
    }

    private static byte[] save(EdgeStore store) {
        BinaryWriter out = new BinaryWriter();
        store.save(out);
        return out.toByteArray();
    }

    private static BinaryReader reader(byte[] bytes) {
        return new BinaryReader(bytes, ErrorCode.STORAGE, "section c1/edges");
    }
}
