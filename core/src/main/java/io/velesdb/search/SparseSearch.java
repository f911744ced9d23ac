package io.velesdb.search;

import io.velesdb.SparseVector;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import org.jspecify.annotations.Nullable;

/** Answers a search by sparse vector among the rows that one call may see. */
public final class SparseSearch {
    private SparseSearch() {}

    /**
     * The best {@code k} rows by inner product that share an index with the query.
     *
     * @param name the name of the sparse vectors; {@code ""} is the default one
     * @throws io.velesdb.VelesException VELES-030 for a name that no row carries
     */
    public static ScoredSlots search(
            VisibleRows visible,
            String name,
            SparseVector query,
            int k,
            @Nullable Filter filter,
            Cancellation cancellation) {
        CollectionSnapshot state = visible.state();
        if (filter == null) {
            long[] allowed = visible.isEverySlot() ? null : visible.words();
            return visible.sparse(name).search(name, query, k, allowed, state, cancellation);
        }
        FilteredRows rows = FilteredRows.of(visible, filter, cancellation);
        try {
            return visible.sparse(name).search(name, query, k, rows.words(), state, cancellation);
        } finally {
            rows.release();
        }
    }
}
