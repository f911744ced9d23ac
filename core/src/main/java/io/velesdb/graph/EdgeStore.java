package io.velesdb.graph;

import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.persistent.IdTree;
import io.velesdb.persistent.Vector256;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The edges of one collection, for its single writer. Readers never touch it: they hold the {@link GraphView} that {@link
 * #publish} made last, beside the writer and without locks.
 *
 * <p>An edge version stands in a slot and never changes. Replacing properties appends a version; removing takes the edge
 * out of the persistent structures that views are made of. When more than half of the slots are dead, {@link #publish}
 * renumbers. Nothing that a reader can ask about depends on numbering, so when that happens does not matter.
 *
 * <p>Costs: put and remove O(log n), plus copying at most {@value Adjacency#SMALL} entries of a node's list; publish
 * the nodes of trees that were touched.
 */
public final class EdgeStore {
    /** Below this many dead slots renumbering is not worth it. */
    private static final int FEW_DEAD = 1_024;

    private EdgeTable edges;
    private NodeTable nodes;
    private Labels labels;
    private Adjacency outgoing;
    private Adjacency incoming;
    private IdTree byId;
    private IdTree.@Nullable Editor idEdit;
    private GraphView view;

    /** A store of no edges. */
    public EdgeStore() {
        this(new EdgeTable(8), new NodeTable(), new Labels(), new Adjacency(), new Adjacency(), IdTree.EMPTY);
    }

    EdgeStore(EdgeTable edges, NodeTable nodes, Labels labels, Adjacency outgoing, Adjacency incoming, IdTree byId) {
        this.edges = edges;
        this.nodes = nodes;
        this.labels = labels;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.byId = byId;
        view = makeView();
    }

    /** The number of edges. */
    public int size() {
        return idEdit == null ? byId.size() : idEdit.size();
    }

    /** True when there is an edge of this id. */
    public boolean contains(long id) {
        return slot(id) != IdTree.ABSENT;
    }

    /** Whether there is an edge of this id, and {@code node} holds for both its ends. */
    public boolean connects(long id, LongPredicate node) {
        int slot = slot(id);
        return slot != IdTree.ABSENT
                && node.test(nodes.id(edges.sources[slot]))
                && node.test(nodes.id(edges.targets[slot]));
    }

    /**
     * Adds an edge, or replaces the properties of the one that has this id.
     *
     * @param label as {@link Edge#checkLabel} returns it
     * @param properties a payload as compact UTF-8 JSON, not copied; null for none
     * @return true when the edge was not there
     * @throws VelesException VELES-019 when the id belongs to an edge with another source, target or label
     */
    public boolean put(long id, long source, long target, String label, byte @Nullable [] properties) {
        int before = slot(id);
        if (before != IdTree.ABSENT) {
            refuseOther(before, source, target, label);
            int slot = edges.append(id, edges.sources[before], edges.targets[before], edges.labels[before], properties);
            link(id, slot);
            return false;
        }
        int labelNumber = labels.findOrAdd(label);
        int slot = edges.append(id, nodes.findOrAdd(source), nodes.findOrAdd(target), labelNumber, properties);
        labels.count(labelNumber, 1);
        link(id, slot);
        return true;
    }

    /** Removes an edge; false when there is none of this id. */
    public boolean remove(long id) {
        int slot = slot(id);
        if (slot == IdTree.ABSENT) {
            return false;
        }
        idEditor().remove(id);
        outgoing.remove(edges.sources[slot], slot, edges, edges.targets);
        incoming.remove(edges.targets[slot], slot, edges, edges.sources);
        labels.count(edges.labels[slot], -1);
        return true;
    }

    /** Removes every edge that leaves or enters a node, and returns how many they were. */
    public int removeNode(long nodeId) {
        int node = nodes.find(nodeId);
        if (node == NodeTable.ABSENT) {
            return 0;
        }
        int removed = 0;
        int[] leaving = outgoing.slots(node);
        outgoing.clear(node);
        for (int slot : leaving) {
            incoming.remove(edges.targets[slot], slot, edges, edges.sources);
            forget(slot);
            removed++;
        }
        // what is left enters from other nodes: edges to itself went with the above
        int[] entering = incoming.slots(node);
        incoming.clear(node);
        for (int slot : entering) {
            outgoing.remove(edges.sources[slot], slot, edges, edges.targets);
            forget(slot);
            removed++;
        }
        return removed;
    }

    /** Makes everything done so far the view that readers get. */
    public GraphView publish() {
        finishEdit();
        int dead = edges.size() - byId.size();
        if (dead > FEW_DEAD && dead > byId.size()) {
            compact();
        }
        view = makeView();
        return view;
    }

    /** What was published last. */
    public GraphView view() {
        return view;
    }

    /** Renumbers edges, nodes and labels, so that nothing dead is left. Published views stay as they are. */
    public void compact() {
        finishEdit();
        EdgeStore fresh = EdgeImage.of(makeView()).toStore();
        edges = fresh.edges;
        nodes = fresh.nodes;
        labels = fresh.labels;
        outgoing = fresh.outgoing;
        incoming = fresh.incoming;
        byId = fresh.byId;
        view = fresh.view;
    }

    /** Writes all edges; the bytes depend on them alone, not on how they came to be. */
    public void save(BinaryWriter out) {
        finishEdit();
        EdgeImage.of(makeView()).write(out);
    }

    /**
     * Reads back what {@link #save} wrote.
     *
     * @throws VelesException the code of {@code in} when that is something else
     */
    public static EdgeStore load(BinaryReader in) {
        return EdgeImage.read(in).toStore();
    }

    private void link(long id, int slot) {
        idEditor().put(id, slot);
        outgoing.put(edges.sources[slot], edges.targets[slot], slot, edges);
        incoming.put(edges.targets[slot], edges.sources[slot], slot, edges);
    }

    private void forget(int slot) {
        idEditor().remove(edges.ids[slot]);
        labels.count(edges.labels[slot], -1);
    }

    private int slot(long id) {
        return idEdit == null ? byId.get(id) : idEdit.get(id);
    }

    private void refuseOther(int slot, long source, long target, String label) {
        long oldSource = nodes.id(edges.sources[slot]);
        long oldTarget = nodes.id(edges.targets[slot]);
        String oldLabel = labels.name(edges.labels[slot]);
        if (oldSource != source || oldTarget != target || !oldLabel.equals(label)) {
            throw new VelesException(
                    ErrorCode.EDGE_EXISTS,
                    "edge " + Long.toUnsignedString(edges.ids[slot]) + " is there already, from "
                            + Long.toUnsignedString(oldSource) + " to " + Long.toUnsignedString(oldTarget) + " as '"
                            + oldLabel + "': use another id, or remove it first");
        }
    }

    private IdTree.Editor idEditor() {
        if (idEdit == null) {
            idEdit = byId.edit();
        }
        return idEdit;
    }

    private void finishEdit() {
        if (idEdit != null) {
            byId = idEdit.tree();
            idEdit = null;
        }
    }

    private GraphView makeView() {
        Vector256<Object> out = outgoing.publish();
        Vector256<Object> in = incoming.publish();
        return new GraphView(edges, byId, nodes.view(), labels.publish(), out, in);
    }
}
