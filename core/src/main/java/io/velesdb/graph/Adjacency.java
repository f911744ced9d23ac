package io.velesdb.graph;

import io.velesdb.persistent.IdTree;
import io.velesdb.persistent.Vector256;
import org.jspecify.annotations.Nullable;

/**
 * The edges of every node in one direction, by ascending edge id, for the writer; readers get the vector that {@link
 * #publish} returns. A node with few edges has an {@code int[]} of triples (label, node at the other end, slot), so that
 * following its edges reads one piece of memory; a node with more than {@value #SMALL} has a {@link Hub}.
 */
final class Adjacency {
    static final int LABEL = 0;
    static final int OTHER = 1;
    static final int SLOT = 2;
    static final int TRIPLE = 3;

    /** A longer list costs more to copy than a tree costs to walk. */
    static final int SMALL = 32;

    private static final int[] NONE = {};

    private Vector256<Object> lists;
    private Vector256.@Nullable Editor<Object> edit;

    Adjacency() {
        lists = Vector256.empty();
    }

    /**
     * The adjacency of all edges of a table, which stand there in ascending id order.
     *
     * @param own the node whose list the edge belongs to, by slot
     * @param other the node at the other end, by slot
     */
    Adjacency(EdgeTable edges, int[] own, int[] other, int nodes) {
        int size = edges.size();
        int[] degrees = new int[nodes];
        for (int slot = 0; slot < size; slot++) {
            degrees[own[slot]]++;
        }
        int[][] filling = new int[nodes][];
        int[] filled = new int[nodes];
        for (int slot = 0; slot < size; slot++) {
            int node = own[slot];
            int[] list = filling[node];
            if (list == null) {
                list = new int[degrees[node] > SMALL ? degrees[node] : degrees[node] * TRIPLE];
                filling[node] = list;
            }
            int at = filled[node];
            if (degrees[node] > SMALL) {
                list[at] = slot;
                filled[node] = at + 1;
            } else {
                list[at + LABEL] = edges.labels[slot];
                list[at + OTHER] = other[slot];
                list[at + SLOT] = slot;
                filled[node] = at + TRIPLE;
            }
        }
        Vector256.Editor<Object> editor = Vector256.empty().edit();
        for (int node = 0; node < nodes; node++) {
            int[] list = filling[node];
            if (list != null) {
                editor.set(node, degrees[node] > SMALL ? Hub.of(list, degrees[node], edges) : list);
            }
        }
        lists = editor.vector();
    }

    /** Adds the edge in {@code slot} to the list of {@code node}, in the place of an earlier version of it. */
    void put(int node, int other, int slot, EdgeTable edges) {
        Object list = editor().get(node);
        long id = edges.ids[slot];
        int label = edges.labels[slot];
        if (list instanceof Hub hub) {
            editor().set(node, hub.with(id, label, slot));
            return;
        }
        int[] triples = list == null ? NONE : (int[]) list;
        int at = position(triples, id, edges);
        boolean replaces = at < triples.length && edges.ids[triples[at + SLOT]] == id;
        int[] longer = new int[replaces ? triples.length : triples.length + TRIPLE];
        System.arraycopy(triples, 0, longer, 0, at);
        System.arraycopy(triples, replaces ? at + TRIPLE : at, longer, at + TRIPLE, longer.length - at - TRIPLE);
        longer[at + LABEL] = label;
        longer[at + OTHER] = other;
        longer[at + SLOT] = slot;
        if (longer.length > SMALL * TRIPLE) {
            int[] slots = new int[longer.length / TRIPLE];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = longer[i * TRIPLE + SLOT];
            }
            editor().set(node, Hub.of(slots, slots.length, edges));
        } else {
            editor().set(node, longer);
        }
    }

    /** Takes the edge in {@code slot} off the list of {@code node}. */
    void remove(int node, int slot, EdgeTable edges, int[] others) {
        Object list = editor().get(node);
        if (list instanceof Hub hub) {
            Hub rest = hub.without(edges.ids[slot], edges.labels[slot]);
            editor().set(node, rest.size() <= SMALL / 2 ? triples(rest, edges, others) : rest);
            return;
        }
        if (!(list instanceof int[] triples)) {
            return;
        }
        int at = position(triples, edges.ids[slot], edges);
        if (triples.length == TRIPLE) {
            editor().set(node, null);
            return;
        }
        int[] shorter = new int[triples.length - TRIPLE];
        System.arraycopy(triples, 0, shorter, 0, at);
        System.arraycopy(triples, at + TRIPLE, shorter, at, shorter.length - at);
        editor().set(node, shorter);
    }

    /** The slots of the edges of a node. */
    int[] slots(int node) {
        Object list = editor().get(node);
        if (list instanceof Hub hub) {
            int[] slots = new int[hub.size()];
            int count = 0;
            for (IdTree.Cursor cursor = hub.all.first(); cursor.next(); ) {
                slots[count++] = cursor.slot();
            }
            return slots;
        }
        if (!(list instanceof int[] triples)) {
            return NONE;
        }
        int[] slots = new int[triples.length / TRIPLE];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = triples[i * TRIPLE + SLOT];
        }
        return slots;
    }

    /** Forgets the whole list of a node. */
    void clear(int node) {
        editor().set(node, null);
    }

    /** The lists as readers may see them from now on. */
    Vector256<Object> publish() {
        if (edit != null) {
            lists = edit.vector();
            edit = null;
        }
        return lists;
    }

    static int degree(@Nullable Object list) {
        return list == null ? 0 : list instanceof Hub hub ? hub.size() : ((int[]) list).length / TRIPLE;
    }

    private static int[] triples(Hub hub, EdgeTable edges, int[] others) {
        int[] triples = new int[hub.size() * TRIPLE];
        int at = 0;
        for (IdTree.Cursor cursor = hub.all.first(); cursor.next(); at += TRIPLE) {
            triples[at + LABEL] = edges.labels[cursor.slot()];
            triples[at + OTHER] = others[cursor.slot()];
            triples[at + SLOT] = cursor.slot();
        }
        return triples;
    }

    /** Where the edge {@code id} stands, or would stand. */
    private static int position(int[] triples, long id, EdgeTable edges) {
        int at = triples.length;
        while (at > 0 && Long.compareUnsigned(edges.ids[triples[at - TRIPLE + SLOT]], id) >= 0) {
            at -= TRIPLE;
        }
        return at;
    }

    private Vector256.Editor<Object> editor() {
        if (edit == null) {
            edit = lists.edit();
        }
        return edit;
    }
}
