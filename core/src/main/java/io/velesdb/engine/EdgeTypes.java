package io.velesdb.engine;

import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.GraphSchema;
import io.velesdb.VelesException;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.Neighbors;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the edges of a strict graph within its types when the labels of their ends change: what a change leaves is
 * looked at, not the steps to it. Rows whose labels stay cost nothing. Used once, by the writer.
 */
final class EdgeTypes {
    private final CollectionSnapshot state;
    private final GraphSchema types;

    /** Rows that the change writes, as it leaves them. */
    private final Map<Long, @Nullable Obj> rows = new HashMap<>();

    /** Rows that it deletes at any time: the edges that the state has at them are gone. */
    private final Set<Long> cut = new HashSet<>();

    /** Edges that it writes; null for those that are gone. */
    private final Map<Long, @Nullable Edge> edges = new HashMap<>();

    private final long nowSeconds;

    private EdgeTypes(CollectionSnapshot state, long nowSeconds) {
        this.state = state;
        this.nowSeconds = nowSeconds;
        types = state.schema().graphSchema();
    }

    /** Whether an operation writes rows of a strict graph. */
    static boolean concern(Operation operation, DatabaseSnapshot state) {
        return strictGraph(operation, state) != null;
    }

    /**
     * Looks at what the operations would leave at {@code nowSeconds}: expired rows have no edges any more.
     *
     * @throws VelesException VELES-017 when the labels of a row would not fit an edge that the row keeps
     */
    static void check(List<Operation> operations, DatabaseSnapshot state, long nowSeconds) {
        Set<Integer> checked = new HashSet<>();
        for (Operation operation : operations) {
            CollectionSnapshot graph = strictGraph(operation, state);
            if (graph != null && checked.add(graph.number())) {
                EdgeTypes change = new EdgeTypes(graph, nowSeconds);
                operations.forEach(change::take);
                change.check();
            }
        }
    }

    private static @Nullable CollectionSnapshot strictGraph(Operation operation, DatabaseSnapshot state) {
        if (!(operation instanceof Operation.Upsert upsert)) {
            return null;
        }
        CollectionSnapshot collection = state.find(upsert.collection());
        return collection == null || collection.schema().graphSchema().schemaless() ? null : collection;
    }

    private void take(Operation operation) {
        if (operation instanceof Operation.Upsert upsert && upsert.collection() == state.number()) {
            for (int i = 0; i < upsert.ids().length; i++) {
                Payload payload = upsert.payloads()[i];
                rows.put(upsert.ids()[i], payload == null ? null : payload.value());
            }
        } else if (operation instanceof Operation.Delete delete && delete.collection() == state.number()) {
            for (long id : delete.ids()) {
                rows.remove(id);
                cut.add(id);
                edges.replaceAll(
                        (key, edge) -> edge == null || edge.source() == id || edge.target() == id ? null : edge);
            }
        } else if (operation instanceof Operation.PutEdges put && put.collection() == state.number()) {
            for (int i = 0; i < put.ids().length; i++) {
                edges.put(put.ids()[i], edge(put, i));
            }
        } else if (operation instanceof Operation.RemoveEdges remove && remove.collection() == state.number()) {
            for (long id : remove.ids()) {
                edges.put(id, null);
            }
        }
    }

    private static Edge edge(Operation.PutEdges put, int i) {
        byte[] json = put.properties()[i];
        return new Edge(
                put.ids()[i],
                put.sources()[i],
                put.targets()[i],
                put.labels()[i],
                json == null ? null : Json.parsePayload(json, 0, json.length));
    }

    private void check() {
        GraphView graph = state.graph();
        Neighbors around = graph.neighbors(Direction.BOTH, graph.labels(List.of()));
        for (Map.Entry<Long, @Nullable Obj> row : rows.entrySet()) {
            long id = row.getKey();
            if (hasNoEdges(id) || !changesLabels(graph, id, row.getValue())) {
                continue;
            }
            for (around.start(graph.node(id)); around.next(); ) {
                long other = graph.nodeId(around.node());
                if (!edges.containsKey(graph.edgeId(around.edge())) && !hasNoEdges(other)) {
                    require(id, graph.edgeAt(around.edge()));
                }
            }
        }
        for (Edge edge : edges.values()) {
            if (edge != null && (rows.containsKey(edge.source()) || rows.containsKey(edge.target()))) {
                require(rows.containsKey(edge.source()) ? edge.source() : edge.target(), edge);
            }
        }
    }

    /** Whether the edges that the state has at a row are gone: deleted with it, or as good as that since it expired. */
    private boolean hasNoEdges(long id) {
        int slot = state.slotOf(id);
        return cut.contains(id) || slot >= 0 && Expiry.isExpired(state.payload(slot), nowSeconds);
    }

    private boolean changesLabels(GraphView graph, long id, @Nullable Obj payload) {
        int slot = graph.node(id) == GraphView.ABSENT ? -1 : state.slotOf(id);
        return slot >= 0 && !Objects.equals(labels(state.payload(slot)), labels(payload));
    }

    private static @Nullable Value labels(@Nullable Obj payload) {
        return payload == null ? null : payload.get(GraphSchema.LABELS);
    }

    /** Says nothing of the other end, which the caller may not be allowed to see. */
    private void require(long row, Edge edge) {
        if (!types.admitsEdge(edge, payload(edge.source()), payload(edge.target()))) {
            Obj written = payload(row);
            Value labels = labels(written);
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "node " + Long.toUnsignedString(row) + " with "
                            + (labels == null ? "no labels" : "the labels " + Json.excerpt(labels))
                            + " does not fit its edge " + Long.toUnsignedString(edge.id())
                            + ", whose type connects other nodes: remove the edge first, or keep the labels");
        }
    }

    private @Nullable Obj payload(long id) {
        if (rows.containsKey(id)) {
            return rows.get(id);
        }
        int slot = state.slotOf(id);
        return slot < 0 ? null : state.payload(slot);
    }
}
