package io.velesdb.index.text;

import org.jspecify.annotations.Nullable;

/** The lengths that a search counts with: those of one field or of all, or sums over several fields. */
final class DocumentLengths {
    private final int @Nullable [] array;
    private final Lengths lengths;

    DocumentLengths(Lengths lengths) {
        this.lengths = lengths;
        array = lengths.array();
    }

    DocumentLengths(int[] sums) {
        array = sums;
        lengths = new Lengths();
    }

    /** The length of a document that has a token. */
    int of(int slot) {
        int[] known = array;
        return known != null ? known[slot] : lengths.get(slot);
    }
}
