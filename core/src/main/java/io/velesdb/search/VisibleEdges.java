package io.velesdb.search;

import io.velesdb.Degree;
import io.velesdb.Edge;
import io.velesdb.engine.VisibleRows;
import io.velesdb.graph.EdgeCursor;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.LabelSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edges between rows that one call may see. Belongs to that call. */
public final class VisibleEdges {
    private final VisibleRows rows;
    private final GraphView graph;
    private final boolean every;

    public VisibleEdges(VisibleRows rows) {
        this.rows = rows;
        graph = rows.state().graph();
        // edges end at live rows: only expiry and scopes can hide one of them
        every = rows.isEveryRow();
    }

    public @Nullable Edge edge(long id) {
        int edge = graph.edgeNumber(id);
        return edge == GraphView.ABSENT || !sees(edge) ? null : graph.edgeAt(edge);
    }

    public long count() {
        return every ? graph.edgeCount() : all(null).size();
    }

    public long maxId() {
        if (every) {
            return graph.maxEdgeId();
        }
        List<Edge> all = all(null);
        return all.isEmpty() ? 0 : all.get(all.size() - 1).id();
    }

    /** All edges by ascending id, or those of one label. */
    public List<Edge> all(@Nullable String label) {
        List<Edge> found = new ArrayList<>();
        LabelSet wanted = label == null ? LabelSet.ALL : graph.labels(List.of(Edge.checkLabel(label)));
        for (EdgeCursor cursor = graph.edges(wanted); cursor.next(); ) {
            if (sees(cursor.edge())) {
                found.add(graph.edgeAt(cursor.edge()));
            }
        }
        return found;
    }

    public List<Edge> outgoing(long id) {
        return seen(graph.outgoing(id));
    }

    public List<Edge> incoming(long id) {
        return seen(graph.incoming(id));
    }

    public Degree degree(long id) {
        return every
                ? new Degree(graph.inDegree(id), graph.outDegree(id))
                : new Degree(incoming(id).size(), outgoing(id).size());
    }

    private List<Edge> seen(List<Edge> edges) {
        if (every) {
            return edges;
        }
        List<Edge> kept = new ArrayList<>(edges.size());
        for (Edge edge : edges) {
            if (rows.slotOf(edge.source()) >= 0 && rows.slotOf(edge.target()) >= 0) {
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
