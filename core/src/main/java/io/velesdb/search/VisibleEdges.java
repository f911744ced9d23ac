package io.velesdb.search;

import io.velesdb.Degree;
import io.velesdb.Edge;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.graph.EdgeCursor;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The edges between rows that one call may see. Belongs to that call. */
public final class VisibleEdges {
    private static final int CHECK_EVERY = 1_024;

    private final VisibleRows rows;
    private final GraphView graph;
    private final Budget budget;
    private final boolean every;

    /** @throws io.velesdb.VelesException VELES-027 when the guard-rails leave no time */
    public VisibleEdges(VisibleRows rows, Session session) {
        this.rows = rows;
        budget = Budget.of(null, null, session);
        graph = rows.state().graph();
        // edges end at live rows: only expiry and scopes can hide one of them
        every = rows.isEveryRow();
    }

    public @Nullable Edge edge(long id) {
        int edge = graph.edgeNumber(id);
        return edge == GraphView.ABSENT || !sees(edge) ? null : graph.edgeAt(edge);
    }

    public long count() {
        if (every) {
            return graph.edgeCount();
        }
        long count = 0;
        for (Seen seen = new Seen(LabelSet.ALL); seen.next(); ) {
            count++;
        }
        return count;
    }

    public long maxId() {
        if (every) {
            return graph.maxEdgeId();
        }
        long last = 0;
        for (Seen seen = new Seen(LabelSet.ALL); seen.next(); ) {
            last = graph.edgeId(seen.edge());
        }
        return last;
    }

    /** All edges by ascending id, or those of one label. */
    public List<Edge> all(@Nullable String label) {
        List<Edge> found = new ArrayList<>();
        LabelSet wanted = label == null ? LabelSet.ALL : graph.labels(List.of(Edge.checkLabel(label)));
        for (Seen seen = new Seen(wanted); seen.next(); ) {
            Edge edge = graph.edgeAt(seen.edge());
            budget.answers(Memory.bytes(edge));
            found.add(edge);
        }
        return found;
    }

    /** Gives every edge to {@code reader}, by ascending id; holds none of them, and takes the time that the reader takes. */
    public void forEach(Consumer<Edge> reader) {
        for (EdgeCursor cursor = graph.edges(LabelSet.ALL); cursor.next(); ) {
            if (sees(cursor.edge())) {
                reader.accept(graph.edgeAt(cursor.edge()));
            }
        }
    }

    /** The edges that can be seen, one after the other, until time is over. */
    private final class Seen {
        private final EdgeCursor cursor;
        private int looked;

        Seen(LabelSet wanted) {
            cursor = graph.edges(wanted);
        }

        boolean next() {
            while (cursor.next()) {
                if ((++looked & CHECK_EVERY - 1) == 0) {
                    budget.check();
                }
                if (sees(cursor.edge())) {
                    return true;
                }
            }
            return false;
        }

        int edge() {
            return cursor.edge();
        }
    }

    public List<Edge> outgoing(long id) {
        hold(graph.outDegree(id));
        return seen(graph.outgoing(id));
    }

    public List<Edge> incoming(long id) {
        hold(graph.inDegree(id));
        return seen(graph.incoming(id));
    }

    public Degree degree(long id) {
        return every
                ? new Degree(graph.inDegree(id), graph.outDegree(id))
                : new Degree(incoming(id).size(), outgoing(id).size());
    }

    private void hold(int edges) {
        budget.holds(edges, edges * Memory.row(null));
    }

    private List<Edge> seen(List<Edge> edges) {
        List<Edge> kept = new ArrayList<>(edges.size());
        for (Edge edge : edges) {
            budget.answers(Memory.bytes(edge));
            if (every || rows.slotOf(edge.source()) >= 0 && rows.slotOf(edge.target()) >= 0) {
                kept.add(edge);
            }
        }
        return kept;
    }

    private boolean sees(int edge) {
        return every
                || rows.slotOf(graph.nodeId(graph.source(edge))) >= 0
                        && rows.slotOf(graph.nodeId(graph.target(edge))) >= 0;
    }
}
