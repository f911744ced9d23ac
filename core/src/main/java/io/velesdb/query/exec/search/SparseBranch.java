package io.velesdb.query.exec.search;

import io.velesdb.SparseVector;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.index.ScoredSlots;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.search.RankedBranch;

/** {@code vector SPARSE_NEAR v USING 'name'}: rows that share a term with the query, by inner product. */
public record SparseBranch(int source, SparseVector query, String name, Execution execution) implements Branch {
    @Override
    public Kind kind() {
        return Kind.SPARSE;
    }

    @Override
    public RankedBranch retrieve(RowSet among, int k, boolean exact) {
        CollectionSnapshot state = among.collection();
        if (k == 0) {
            return new RankedBranch(new long[0], new float[0], true);
        }
        ScoredSlots found = among.visible().sparse(name).search(name, query, k, among.words(), state, execution);
        return ranked(state, found);
    }

    /** Slots as ids. */
    static RankedBranch ranked(CollectionSnapshot state, ScoredSlots found) {
        long[] ids = new long[found.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = state.id(found.slots()[i]);
        }
        return new RankedBranch(ids, found.scores(), true);
    }
}
