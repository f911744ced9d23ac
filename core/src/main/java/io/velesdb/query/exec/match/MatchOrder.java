package io.velesdb.query.exec.match;

import io.velesdb.query.exec.row.EdgeEntity;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import java.util.Comparator;
import java.util.List;

/** The order of matches that no ORDER BY asks for, and its tie-breaks (sections 15.4 and 23). */
final class MatchOrder {
    /** By the id of the first node, then the edges of the path. */
    static final Comparator<Tuple> BY_PATH = (a, b) -> {
        int order = RowOrder.compareIds(a.entity(0), b.entity(0));
        return order != 0 ? order : compareEdges(a, b);
    };

    static final Comparator<Tuple> BEST_FIRST = (a, b) -> {
        int order = RowOrder.compareScores(a, b);
        return order != 0 ? order : BY_PATH.compare(a, b);
    };

    /** By the number of edges, then their ids. */
    static final Comparator<Tuple> BY_LENGTH = (a, b) -> {
        int order = Integer.compare(a.edges().size(), b.edges().size());
        return order != 0 ? order : compareEdges(a, b);
    };

    /** By the id of the last node, the depth, then the edges of the path. */
    static final Comparator<Tuple> BY_END = (a, b) -> {
        int order = RowOrder.compareIds(a.entity(a.sources() - 1), b.entity(b.sources() - 1));
        return order != 0 ? order : BY_LENGTH.compare(a, b);
    };

    private MatchOrder() {}

    private static int compareEdges(Tuple a, Tuple b) {
        List<EdgeEntity> x = a.edges();
        List<EdgeEntity> y = b.edges();
        for (int i = 0; i < x.size() && i < y.size(); i++) {
            int order = Long.compareUnsigned(x.get(i).id(), y.get(i).id());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.size(), y.size());
    }
}
