package io.velesdb.index.text;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of one field, or of all: lengths of documents, and how many live rows have tokens in it. Versioned as {@link
 * Term} is.
 */
final class Field {
    final int epoch;
    final Lengths lengths;

    /** Live rows with at least one token. */
    int rows;

    /** Tokens in those rows. */
    long tokens;

    private volatile @Nullable Bm25 bm25;

    Field(int epoch) {
        this(epoch, new Lengths());
    }

    private Field(int epoch, Lengths lengths) {
        this.epoch = epoch;
        this.lengths = lengths;
    }

    /** The next version. */
    Field next(int now) {
        Field next = new Field(now, lengths.frozen());
        next.rows = rows;
        next.tokens = tokens;
        return next;
    }

    /** For readers: this version is not changed any more. */
    Bm25 bm25() {
        Bm25 known = bm25;
        if (known == null) {
            known = new Bm25(rows, tokens);
            bm25 = known;
        }
        return known;
    }
}
