package io.velesdb.write;

import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.GraphSchema;
import io.velesdb.GuardRail;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.graph.GraphView;
import io.velesdb.value.Obj;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One collection as a batch leaves it step by step: a state, and over it what the steps before this one did. */
final class PlannedCollection {
    private final CollectionSnapshot state;
    private final VisibleRows visible;

    /** Rows that the batch wrote; null for those that it deleted. In unsigned id order. */
    private final TreeMap<Long, @Nullable Point> rows = new TreeMap<>(Long::compareUnsigned);

    /** Edges that the batch wrote; null for those that it removed. */
    private final Map<Long, @Nullable Edge> edges = new HashMap<>();

    /** Rows that the batch deleted at any time: the edges that the state has at them are gone. */
    private final Set<Long> cut = new HashSet<>();

    PlannedCollection(VisibleRows visible) {
        this.visible = visible;
        state = visible.state();
    }

    CollectionSnapshot state() {
        return state;
    }

    VisibleRows visible() {
        return visible;
    }

    /** What the batch made of rows so far. */
    Map<Long, @Nullable Point> written() {
        return rows;
    }

    /** The row as it is at this step; null when there is none that the caller may see. */
    @Nullable
    Point row(long id) {
        if (rows.containsKey(id)) {
            return rows.get(id);
        }
        int slot = state.slotOf(id);
        if (slot < 0) {
            return null;
        }
        Obj payload = state.payload(slot);
        return visible.holds(id, payload) ? state.point(slot, payload) : null;
    }

    boolean hasRow(long id) {
        return rows.containsKey(id) ? rows.get(id) != null : visible.slotOf(id) >= 0;
    }

    /** @throws VelesException VELES-027 for a row that this caller may not make or replace */
    void put(Point row) {
        Filter scope = visible.scope();
        if (scope != null) {
            int slot = rows.containsKey(row.id()) ? -1 : state.slotOf(row.id());
            boolean replacesOther = slot >= 0 && !scope.matches(row.id(), state.payload(slot));
            if (replacesOther || !scope.matches(row.id(), row.payload())) {
                throw VelesException.guardRail(
                        GuardRail.ACCESS,
                        "point " + Long.toUnsignedString(row.id()) + " of collection '" + state.name()
                                + "' is outside what this caller may write");
            }
        }
        rows.put(row.id(), row);
    }

    /** False when there was nothing that the caller may see. */
    boolean delete(long id) {
        if (!hasRow(id)) {
            return false;
        }
        rows.put(id, null);
        cut.add(id);
        edges.replaceAll(
                (edge, value) -> value != null && (value.source() == id || value.target() == id) ? null : value);
        return true;
    }

    /** The edge as it is at this step; null for none. */
    @Nullable
    Edge edge(long id) {
        if (edges.containsKey(id)) {
            return edges.get(id);
        }
        GraphView graph = state.graph();
        int number = graph.edgeNumber(id);
        if (number == GraphView.ABSENT) {
            return null;
        }
        long source = graph.nodeId(graph.source(number));
        long target = graph.nodeId(graph.target(number));
        return cut.contains(source) || cut.contains(target) ? null : graph.edgeAt(number);
    }

    /** @throws VelesException VELES-022 for an end that does not exist */
    void put(Edge edge) {
        requireEnd(edge, "source", edge.source());
        requireEnd(edge, "target", edge.target());
        GraphSchema types = state.schema().graphSchema();
        if (!types.schemaless()) {
            types.checkEdge(edge, payload(edge.source()), payload(edge.target()));
        }
        edges.put(edge.id(), edge);
    }

    /** False when there was none that the caller may see. */
    boolean removeEdge(long id) {
        Edge edge = edge(id);
        if (edge == null || visible.scope() != null && !(hasRow(edge.source()) && hasRow(edge.target()))) {
            return false;
        }
        edges.put(id, null);
        return true;
    }

    private @Nullable Obj payload(long id) {
        Point row = row(id);
        return row == null ? null : row.payload();
    }

    private void requireEnd(Edge edge, String end, long id) {
        if (!hasRow(id)) {
            throw new VelesException(
                    ErrorCode.NODE_NOT_FOUND,
                    "edge " + Long.toUnsignedString(edge.id()) + ": " + end + " " + Long.toUnsignedString(id)
                            + " is no row of collection '" + state.name() + "': add the row first");
        }
    }
}
