package io.velesdb.graph;

import io.velesdb.persistent.IdTree;
import java.util.Arrays;

/**
 * The edges of a node that has many, in one direction: trees from edge id to slot, so that adding one edge to a million
 * does not copy a million. Immutable.
 */
final class Hub {
    /** With more labels than this a label has no tree of its own: its edges are picked out of all. */
    static final int MOST_LABELS = 32;

    private static final int[] NO_LABELS = {};
    private static final IdTree[] NO_TREES = {};

    final IdTree all;

    /** Ascending; empty when there are too many. */
    private final int[] labels;

    private final IdTree[] byLabel;

    private Hub(IdTree all, int[] labels, IdTree[] byLabel) {
        this.all = all;
        this.labels = labels;
        this.byLabel = byLabel;
    }

    /** The hub of edges in ascending id order: {@code slots[0..count)}. */
    static Hub of(int[] slots, int count, EdgeTable edges) {
        long[] ids = new long[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = edges.ids[slots[i]];
            labels[i] = edges.labels[slots[i]];
        }
        IdTree all = IdTree.ofSorted(ids, slots, count);
        int[] sorted = Arrays.copyOf(labels, count);
        Arrays.sort(sorted);
        int distinct = 0;
        for (int label : sorted) {
            if (distinct == 0 || sorted[distinct - 1] != label) {
                sorted[distinct++] = label;
            }
        }
        if (distinct > MOST_LABELS) {
            return new Hub(all, NO_LABELS, NO_TREES);
        }
        IdTree[] byLabel = new IdTree[distinct];
        long[] someIds = new long[count];
        int[] someSlots = new int[count];
        for (int l = 0; l < distinct; l++) {
            int found = 0;
            for (int i = 0; i < count; i++) {
                if (labels[i] == sorted[l]) {
                    someIds[found] = ids[i];
                    someSlots[found++] = slots[i];
                }
            }
            byLabel[l] = IdTree.ofSorted(someIds, someSlots, found);
        }
        return new Hub(all, Arrays.copyOf(sorted, distinct), byLabel);
    }

    int size() {
        return all.size();
    }

    /** True when {@link #edges} knows the edges of a label. */
    boolean separatesLabels() {
        return labels.length > 0;
    }

    /** The edges of one label. */
    IdTree edges(int label) {
        int at = Arrays.binarySearch(labels, label);
        return at < 0 ? IdTree.EMPTY : byLabel[at];
    }

    /** This hub with the edge {@code id} in {@code slot}, added or moved there; its label never changes. */
    Hub with(long id, int label, int slot) {
        IdTree more = put(all, id, slot);
        if (!separatesLabels()) {
            return new Hub(more, NO_LABELS, NO_TREES);
        }
        int at = Arrays.binarySearch(labels, label);
        if (at >= 0) {
            IdTree[] trees = Arrays.copyOf(byLabel, byLabel.length);
            trees[at] = put(trees[at], id, slot);
            return new Hub(more, labels, trees);
        }
        int n = labels.length;
        if (n == MOST_LABELS) {
            return new Hub(more, NO_LABELS, NO_TREES);
        }
        at = -at - 1;
        int[] moreLabels = Arrays.copyOf(labels, n + 1);
        IdTree[] trees = Arrays.copyOf(byLabel, n + 1);
        System.arraycopy(labels, at, moreLabels, at + 1, n - at);
        System.arraycopy(byLabel, at, trees, at + 1, n - at);
        moreLabels[at] = label;
        trees[at] = put(IdTree.EMPTY, id, slot);
        return new Hub(more, moreLabels, trees);
    }

    /** This hub without the edge {@code id}. A label without edges keeps its empty tree. */
    Hub without(long id, int label) {
        IdTree fewer = remove(all, id);
        int at = Arrays.binarySearch(labels, label);
        if (at < 0) {
            return new Hub(fewer, labels, byLabel);
        }
        IdTree[] trees = Arrays.copyOf(byLabel, byLabel.length);
        trees[at] = remove(trees[at], id);
        return new Hub(fewer, labels, trees);
    }

    private static IdTree put(IdTree tree, long id, int slot) {
        IdTree.Editor editor = tree.edit();
        editor.put(id, slot);
        return editor.tree();
    }

    private static IdTree remove(IdTree tree, long id) {
        IdTree.Editor editor = tree.edit();
        editor.remove(id);
        return editor.tree();
    }
}
