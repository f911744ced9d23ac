package io.velesdb.query.exec.search;

import io.velesdb.query.exec.step.RowSet;
import io.velesdb.search.RankedBranch;

/** A search that retrieves and ranks rows of one source (section 7.3), with its parameters bound. */
public interface Branch {
    /** What a branch searches; in this order their lists are fused. */
    enum Kind {
        VECTOR,
        SPARSE,
        TEXT
    }

    Kind kind();

    /** The source whose rows it ranks. */
    int source();

    /**
     * The best {@code k} rows of a set that it retrieves.
     *
     * @param exact whether every row of the set is looked at, however many there are
     */
    RankedBranch retrieve(RowSet among, int k, boolean exact);
}
