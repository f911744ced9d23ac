package io.velesdb.graph;

import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.persistent.IdTree;
import io.velesdb.persistent.Vector256;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The edges of a collection at one moment. Immutable; any number of readers, no locks.
 *
 * <p>Nodes and edges have <em>numbers</em>, small ints that are good for this view only; reading by number is an array
 * access. A node has a number if it has, or had, an edge. Ids are the unsigned 64-bit numbers of the API.
 *
 * <p>Costs: a node or label by id one hash, an edge by id O(log n), the edges of a node their number. A view knows nothing
 * of points: whether a node may be seen is its caller's knowledge.
 */
public final class GraphView {
    /** What has no number. */
    public static final int ABSENT = -1;

    private final long[] edgeIds;
    private final int[] sources;
    private final int[] targets;
    private final int[] edgeLabels;
    private final byte[] @Nullable [] properties;
    private final IdTree byId;
    private final NodeTable.View nodes;
    private final Labels.View labels;
    private final Vector256<Object> outgoing;
    private final Vector256<Object> incoming;

    GraphView(
            EdgeTable edges,
            IdTree byId,
            NodeTable.View nodes,
            Labels.View labels,
            Vector256<Object> outgoing,
            Vector256<Object> incoming) {
        edgeIds = edges.ids;
        sources = edges.sources;
        targets = edges.targets;
        edgeLabels = edges.labels;
        properties = edges.properties;
        this.byId = byId;
        this.nodes = nodes;
        this.labels = labels;
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    /** The number of edges. */
    public int edgeCount() {
        return byId.size();
    }

    /** The largest edge id, unsigned; 0 when there is no edge. */
    public long maxEdgeId() {
        return byId.lastId();
    }

    /** True when there is an edge of this id. */
    public boolean hasEdge(long id) {
        return byId.get(id) != IdTree.ABSENT;
    }

    /** The edge of this id, or null. */
    public @Nullable Edge edge(long id) {
        int edge = byId.get(id);
        return edge == IdTree.ABSENT ? null : edgeAt(edge);
    }

    /** The edges that leave a node, by ascending edge id; empty for an unknown node. */
    public List<Edge> outgoing(long nodeId) {
        return edgesOf(nodeId, Direction.OUT);
    }

    /** The edges that enter a node, by ascending edge id; empty for an unknown node. */
    public List<Edge> incoming(long nodeId) {
        return edgesOf(nodeId, Direction.IN);
    }

    /** The edges that enter a node. */
    public int inDegree(long nodeId) {
        int node = node(nodeId);
        return node < 0 ? 0 : Adjacency.degree(incoming.get(node));
    }

    /** The edges that leave a node. */
    public int outDegree(long nodeId) {
        int node = node(nodeId);
        return node < 0 ? 0 : Adjacency.degree(outgoing.get(node));
    }

    /** The names of the labels that edges have, in no particular but a reproducible order. */
    public List<String> labelNames() {
        List<String> names = new ArrayList<>();
        for (IdTree.Cursor cursor = labels.counts().first(); cursor.next(); ) {
            names.add(labels.name((int) cursor.id()));
        }
        return names;
    }

    /** The labels of these names, for {@link #neighbors} and {@link #edges}; an empty list means all labels. */
    public LabelSet labels(List<String> names) {
        return LabelSet.of(names, labels);
    }

    /** How many edges have one of these labels. */
    public int edgeCount(LabelSet wanted) {
        if (wanted.isAll()) {
            return byId.size();
        }
        int sum = 0;
        for (int label : wanted.numbers()) {
            sum += labels.count(label);
        }
        return sum;
    }

    /** All edges with these labels by ascending id. */
    public EdgeCursor edges(LabelSet wanted) {
        return new EdgeCursor(byId.first(), edgeLabels, wanted, edgeCount(wanted));
    }

    /** Edges with these labels by ascending id, from the smallest id above {@code id} on. */
    public EdgeCursor edgesAfter(long id, LabelSet wanted) {
        return new EdgeCursor(byId.from(id, true), edgeLabels, wanted, edgeCount(wanted));
    }

    /** A cursor over the edges of one node after another. */
    public Neighbors neighbors(Direction direction, LabelSet wanted) {
        return switch (direction) {
            case OUT -> new Neighbors(edgeIds, leaving(wanted), null);
            case IN -> new Neighbors(edgeIds, entering(wanted), null);
            case BOTH -> new Neighbors(edgeIds, leaving(wanted), entering(wanted));
        };
    }

    private Incidence leaving(LabelSet wanted) {
        return new Incidence(outgoing, edgeLabels, targets, wanted);
    }

    private Incidence entering(LabelSet wanted) {
        return new Incidence(incoming, edgeLabels, sources, wanted);
    }

    /** All numbers of nodes are below it. */
    public int nodeBound() {
        return nodes.size();
    }

    /** The number of a node, or {@link #ABSENT} when it never had an edge. */
    public int node(long id) {
        return nodes.find(id);
    }

    /** The id of a node. */
    public long nodeId(int node) {
        return nodes.id(node);
    }

    /** The number of an edge, or {@link #ABSENT}. */
    public int edgeNumber(long id) {
        return byId.get(id);
    }

    /** The id of an edge. */
    public long edgeId(int edge) {
        return edgeIds[edge];
    }

    /** The number of the node that an edge leaves. */
    public int source(int edge) {
        return sources[edge];
    }

    /** The number of the node that an edge enters. */
    public int target(int edge) {
        return targets[edge];
    }

    /** The label of an edge. */
    public String label(int edge) {
        return labels.name(edgeLabels[edge]);
    }

    int labelNumber(int edge) {
        return edgeLabels[edge];
    }

    /** True when an edge has properties. */
    public boolean hasProperties(int edge) {
        return properties[edge] != null;
    }

    /**
     * The properties of an edge, parsed; null for none.
     *
     * @throws VelesException VELES-006 when what was loaded from a file is no payload
     */
    public @Nullable Obj properties(int edge) {
        byte[] json = properties[edge];
        if (json == null) {
            return null;
        }
        try {
            return Json.parsePayload(json, 0, json.length);
        } catch (VelesException damage) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    "the properties of edge " + Long.toUnsignedString(edgeIds[edge]) + " are damaged: "
                            + damage.getMessage(),
                    damage);
        }
    }

    /** The properties of an edge as compact UTF-8 JSON, shared: not to be written to. Null for none. */
    public byte @Nullable [] propertyBytes(int edge) {
        return properties[edge];
    }

    /** The edge of a number. */
    public Edge edgeAt(int edge) {
        return new Edge(edgeIds[edge], nodes.id(sources[edge]), nodes.id(targets[edge]), label(edge), properties(edge));
    }

    IdTree byId() {
        return byId;
    }

    private List<Edge> edgesOf(long nodeId, Direction direction) {
        List<Edge> found = new ArrayList<>();
        Neighbors neighbors = neighbors(direction, LabelSet.ALL);
        for (neighbors.start(node(nodeId)); neighbors.next(); ) {
            found.add(edgeAt(neighbors.edge()));
        }
        return found;
    }
}
