package io.velesdb.graph;

import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A graph as a sorted map of edges: what every answer is compared with. */
final class EdgeModel {
    final TreeMap<Long, Edge> edges = new TreeMap<>(Long::compareUnsigned);

    EdgeModel() {}

    EdgeModel(EdgeModel from) {
        edges.putAll(from.edges);
    }

    List<Edge> of(long node, Direction direction, List<String> labels) {
        List<Edge> found = new ArrayList<>();
        for (Edge edge : edges.values()) {
            boolean out = direction != Direction.IN && edge.source() == node;
            boolean in = direction != Direction.OUT && edge.target() == node;
            if ((out || in) && (labels.isEmpty() || labels.contains(edge.label()))) {
                found.add(edge);
            }
        }
        return found;
    }

    int removeNode(long node) {
        int before = edges.size();
        edges.values().removeIf(edge -> edge.source() == node || edge.target() == node);
        return before - edges.size();
    }

    /** Puts a random edge between nodes below {@code nodes} into both; ids are random, or ascending. */
    void putRandom(EdgeStore store, Random random, int nodes, String[] labels, boolean ascendingIds) {
        long id = ascendingIds ? edges.size() * 3L : random.nextLong();
        long source = random.nextInt(nodes);
        long target = random.nextInt(nodes);
        Edge edge = new Edge(id, source, target, labels[random.nextInt(labels.length)], randomProperties(random));
        if (!edges.containsKey(id)) {
            put(store, edge);
        }
    }

    boolean put(EdgeStore store, Edge edge) {
        edges.put(edge.id(), edge);
        Obj properties = edge.properties();
        return store.put(
                edge.id(),
                edge.source(),
                edge.target(),
                edge.label(),
                properties == null ? null : Json.writeUtf8(properties));
    }

    static Obj randomProperties(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Obj.of("weight", random.nextInt(4));
            default -> Obj.of("weight", random.nextInt(8) / 4.0, "since", "y" + random.nextInt(3));
        };
    }
}
