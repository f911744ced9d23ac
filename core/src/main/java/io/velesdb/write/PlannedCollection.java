package io.velesdb.write;

import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.GraphSchema;
import io.velesdb.GuardRail;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Expiry;
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

    /** Rows that the batch deleted, or found expired and replaced: the edges that the state has at them are gone. */
    private final Set<Long> cut = new HashSet<>();

    /** Edges that the batch wrote, and that went with a row that expired: by the time of the change it may not have. */
    private final Map<Long, Edge> lost = new HashMap<>();

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
            Point written = rows.get(id);
            return written == null || isExpired(written) ? null : written;
        }
        int slot = state.slotOf(id);
        if (slot < 0) {
            return null;
        }
        Obj payload = state.payload(slot);
        return visible.holds(id, payload) ? state.point(slot, payload) : null;
    }

    boolean hasRow(long id) {
        return rows.containsKey(id) ? row(id) != null : visible.slotOf(id) >= 0;
    }

    private boolean isExpired(Point row) {
        return Expiry.isExpired(row.payload(), visible.nowSeconds());
    }

    /** Whether there is a row of this id at this step that nobody sees because its time has come. */
    private boolean isExpired(long id) {
        if (rows.containsKey(id)) {
            Point written = rows.get(id);
            return written != null && isExpired(written);
        }
        return visible.isExpired(id);
    }

    /** @throws VelesException VELES-027 for a row that this caller may not make or replace */
    void put(Point row) {
        Filter scope = visible.scope();
        if (scope != null) {
            int slot = rows.containsKey(row.id()) ? -1 : state.slotOf(row.id());
            boolean replacesOther =
                    slot >= 0 && !visible.isExpired(row.id()) && !scope.matches(row.id(), state.payload(slot));
            if (replacesOther || !scope.matches(row.id(), row.payload())) {
                throw VelesException.guardRail(
                        GuardRail.ACCESS,
                        "point " + Long.toUnsignedString(row.id()) + " of collection '" + state.name()
                                + "' is outside what this caller may write");
            }
        }
        rows.put(row.id(), row);
    }

    /** To be called for the rows that a step puts before it puts any: those that replace expired ones begin without edges. */
    void prepare(long id) {
        if (isExpired(id)) {
            edges.forEach((edge, value) -> {
                if (value != null && (value.source() == id || value.target() == id)) {
                    lost.put(edge, value);
                }
            });
            cutEdges(id);
        }
    }

    /**
     * False when there was nothing that the caller may see. Who is not confined to some rows drops expired ones with it: they
     * do not count as deleted.
     */
    boolean delete(long id) {
        if (!hasRow(id) && (visible.scope() != null || !isExpired(id))) {
            return false;
        }
        rows.put(id, null);
        cutEdges(id);
        return true;
    }

    private void cutEdges(long id) {
        cut.add(id);
        edges.replaceAll(
                (edge, value) -> value != null && (value.source() == id || value.target() == id) ? null : value);
    }

    /** The edge as it is at this step; null for none: those of expired rows went with them. */
    @Nullable
    Edge edge(long id) {
        Edge edge = recorded(id);
        return edge == null || isExpired(edge.source()) || isExpired(edge.target()) || isCut(id, edge) ? null : edge;
    }

    /**
     * Whether the state may hold another edge under this id, one that {@link #edge} does not show any more. It has to be
     * removed before this one is put.
     */
    boolean isInTheWay(Edge edge) {
        Edge other = recorded(edge.id());
        if (other == null) {
            other = lost.get(edge.id());
        }
        return other != null && !other.connectsAs(edge);
    }

    /** Only edges that the batch did not write are cut without a mark of their own. */
    private boolean isCut(long id, Edge edge) {
        return !edges.containsKey(id) && (cut.contains(edge.source()) || cut.contains(edge.target()));
    }

    /** The edge that the batch wrote or the state has, at whatever rows. */
    private @Nullable Edge recorded(long id) {
        if (edges.containsKey(id)) {
            return edges.get(id);
        }
        GraphView graph = state.graph();
        int number = graph.edgeNumber(id);
        if (number == GraphView.ABSENT) {
            return null;
        }
        return graph.edgeAt(number);
    }

    /** Whether the edge connects rows that the caller's scope lets him see. */
    boolean isInScope(Edge edge) {
        return visible.scope() == null || hasRow(edge.source()) && hasRow(edge.target());
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
        if (edge == null || !isInScope(edge)) {
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
