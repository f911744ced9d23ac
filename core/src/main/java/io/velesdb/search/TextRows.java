package io.velesdb.search;

import io.velesdb.TextQuery;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.index.text.TextSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text query among the rows that one call may see. Belongs to that call. */
public final class TextRows {
    private final VisibleRows visible;
    private final TextSearch search;

    private TextRows(VisibleRows visible, TextSearch search) {
        this.visible = visible;
        this.search = search;
    }

    /**
     * Prepares a query.
     *
     * @param fields what to look in; empty for all strings that are indexed
     * @throws io.velesdb.VelesException VELES-010 for a field that the collection does not index, or a phrase of too many
     *     words
     */
    public static TextRows of(VisibleRows visible, TextQuery query, List<FieldPath> fields) {
        return new TextRows(visible, visible.textSearch(query, fields));
    }

    /** The best {@code k} rows by BM25 for which {@code filter} holds. */
    public ScoredSlots best(int k, @Nullable Filter filter, Cancellation cancellation) {
        CollectionSnapshot state = visible.state();
        if (filter == null) {
            return search.best(k, visible.isEverySlot() ? null : visible.words(), state, cancellation);
        }
        FilteredRows rows = FilteredRows.of(visible, filter, cancellation);
        try {
            return search.best(k, rows.words(), state, cancellation);
        } finally {
            rows.release();
        }
    }

    /**
     * The visible rows that match, as a bitmap of slots.
     *
     * @param into (slots + 63) / 64 words
     * @return how many they are
     */
    public int matching(long[] into, Cancellation cancellation) {
        return search.matching(visible.words(), into, cancellation);
    }

    /** The BM25 score of a visible row; 0 when it does not match. */
    public float score(int slot) {
        return search.score(slot);
    }
}
