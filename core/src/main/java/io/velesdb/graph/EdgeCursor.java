package io.velesdb.graph;

import io.velesdb.persistent.IdTree;

/** Walks edges by ascending id. For one reader at a time. */
public final class EdgeCursor {
    private final IdTree.Cursor cursor;
    private final int[] labels;
    private final LabelSet wanted;

    /** Edges that are still to come: the walk ends with the last one, not with the last of all labels. */
    private int left;

    EdgeCursor(IdTree.Cursor cursor, int[] labels, LabelSet wanted, int atMost) {
        this.cursor = cursor;
        this.labels = labels;
        this.wanted = wanted;
        left = atMost;
    }

    /** Steps to the next edge; false at the end. */
    public boolean next() {
        while (left > 0 && cursor.next()) {
            if (wanted.has(labels[cursor.slot()])) {
                left--;
                return true;
            }
        }
        return false;
    }

    /** The number of the edge. */
    public int edge() {
        return cursor.slot();
    }
}
