package io.velesdb.graph;

import io.velesdb.persistent.IdTree;
import io.velesdb.persistent.Vector256;
import org.jspecify.annotations.Nullable;

/** Walks the edges of one node in one direction, by ascending edge id. Reusable; one reader at a time. */
final class Incidence {
    private static final int[] NONE = {};

    private final Vector256<Object> lists;
    private final int[] edgeLabels;
    private final int[] others;
    private final LabelSet wanted;
    private final boolean all;
    private final int single;

    private int[] triples = NONE;
    private int at;
    private boolean inTree;
    private boolean treeIsOneLabel;
    private IdTree.@Nullable Cursor cursor;
    private int slot;
    private int other;

    Incidence(Vector256<Object> lists, int[] edgeLabels, int[] others, LabelSet wanted) {
        this.lists = lists;
        this.edgeLabels = edgeLabels;
        this.others = others;
        this.wanted = wanted;
        all = wanted.isAll();
        single = wanted.single();
    }

    void start(int node) {
        Object list = node < 0 ? null : lists.get(node);
        inTree = false;
        at = 0;
        if (list instanceof int[] few) {
            triples = few;
        } else {
            triples = NONE;
            if (list instanceof Hub hub) {
                start(hub);
            }
        }
    }

    private void start(Hub hub) {
        inTree = true;
        treeIsOneLabel = single >= 0 && hub.separatesLabels();
        IdTree.Cursor reused = cursor;
        if (reused == null) {
            reused = new IdTree.Cursor();
            cursor = reused;
        }
        reused.start(treeIsOneLabel ? hub.edges(single) : hub.all);
    }

    /** Steps to the next edge; false at the end. */
    boolean next() {
        int[] list = triples;
        int i = at;
        while (i < list.length) {
            int label = list[i + Adjacency.LABEL];
            if (all || label == single || single < 0 && wanted.has(label)) {
                other = list[i + Adjacency.OTHER];
                slot = list[i + Adjacency.SLOT];
                at = i + Adjacency.TRIPLE;
                return true;
            }
            i += Adjacency.TRIPLE;
        }
        at = i;
        return inTree && nextInTree();
    }

    private boolean nextInTree() {
        IdTree.Cursor tree = cursor;
        while (tree != null && tree.next()) {
            slot = tree.slot();
            if (treeIsOneLabel || wanted.has(edgeLabels[slot])) {
                other = others[slot];
                return true;
            }
        }
        return false;
    }

    int slot() {
        return slot;
    }

    int other() {
        return other;
    }
}
