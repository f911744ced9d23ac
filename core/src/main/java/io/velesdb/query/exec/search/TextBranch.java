package io.velesdb.query.exec.search;

import io.velesdb.TextQuery;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.filter.FieldPath;
import io.velesdb.index.text.TextSearch;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.search.RankedBranch;
import java.util.List;

/** {@code path MATCH 'words'}: rows whose field has at least one of the words, by BM25. */
public record TextBranch(int source, FieldPath field, String text, Execution execution) implements Branch {
    @Override
    public Kind kind() {
        return Kind.TEXT;
    }

    @Override
    public RankedBranch retrieve(RowSet among, int k, boolean exact) {
        CollectionSnapshot state = among.collection();
        if (k == 0 || field.isId()) {
            return new RankedBranch(new long[0], new float[0], true);
        }
        TextSearch search = among.visible().textSearch(TextQuery.words(text), List.of(field));
        return SparseBranch.ranked(state, search.best(k, among.words(), state, execution));
    }
}
