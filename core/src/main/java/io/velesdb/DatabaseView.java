package io.velesdb;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.search.VisibleEdges;
import io.velesdb.search.VisiblePoints;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The points and edges of any collections as they were at one moment, whatever is written meanwhile: for exports and
 * copies that must fit together. Thread-safe. Holds memory for as long as it is held.
 *
 * <p>What the observer of the database confines the caller to, and what is expired when it is read, is left out.
 */
public final class DatabaseView {
    private final Session session;
    private final DatabaseSnapshot state;

    DatabaseView(Session session, DatabaseSnapshot state) {
        this.session = session;
        this.state = state;
    }

    /** The sequence number of the last change that is in it. */
    public long lsn() {
        return state.lsn();
    }

    public boolean hasCollection(String name) {
        return state.find(name) != null;
    }

    /**
     * Gives every point to {@code reader}, in ascending unsigned id order.
     *
     * @throws VelesException VELES-002 when there is no such collection
     */
    public void forEachPoint(String collection, Consumer<Point> reader) {
        // the gate is passed once; what the reader does with the points, and for how long, is none of the read
        VisibleRows visible = session.read(state.get(collection), AccessRequest.Kind.SELECT, seen -> seen);
        CollectionSnapshot rows = visible.state();
        // one bitmap instead of one look at each payload
        visible.words();
        for (CollectionSnapshot.RowCursor cursor = rows.scan(); cursor.next(); ) {
            if (visible.contains(cursor.slot())) {
                reader.accept(rows.point(cursor.slot()));
            }
        }
    }

    /** The point of this id; null when there is none. */
    public @Nullable Point point(String collection, long id) {
        return session.<@Nullable Point>read(
                state.get(collection),
                AccessRequest.Kind.SELECT,
                visible -> new VisiblePoints(visible, session).get(id).get(0));
    }

    /**
     * All edges by ascending id.
     *
     * @throws VelesException VELES-002 when there is no such collection
     */
    public List<Edge> edges(String collection) {
        return session.read(
                state.get(collection),
                AccessRequest.Kind.GRAPH_TRAVERSAL,
                visible -> new VisibleEdges(visible, session).all(null));
    }

    /**
     * Gives every edge to {@code reader}, by ascending id: for more of them than one answer may hold.
     *
     * @throws VelesException VELES-002 when there is no such collection
     */
    public void forEachEdge(String collection, Consumer<Edge> reader) {
        VisibleEdges edges = session.read(
                state.get(collection),
                AccessRequest.Kind.GRAPH_TRAVERSAL,
                visible -> new VisibleEdges(visible, session));
        edges.forEach(reader);
    }
}
