package io.velesdb.query.exec.row;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of rows that no ORDER BY asks for (section 23 of the language), and its tie-breaks. */
public final class RowOrder {
    /** By the ids of the sources from left to right, an absent one last. */
    public static final Comparator<Tuple> BY_IDS = RowOrder::compareIds;

    /** Ranked rows first, the better score first; then by ids. */
    public static final Comparator<Tuple> BEST_FIRST = (a, b) -> {
        int order = compareScores(a, b);
        return order != 0 ? order : compareIds(a, b);
    };

    /** Leaves ties as they come. */
    public static final Comparator<Tuple> TIED = Comparator.comparingInt(row -> 0);

    private RowOrder() {}

    /** Ranked before unranked, better before worse. */
    public static int compareScores(Tuple a, Tuple b) {
        Score x = a.score;
        Score y = b.score;
        if (x == null || y == null) {
            return Boolean.compare(x == null, y == null);
        }
        return Float.compare(x.key(), y.key());
    }

    private static int compareIds(Tuple a, Tuple b) {
        for (int i = 0; i < a.sources(); i++) {
            int order = compareIds(a.entity(i), b.entity(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** By id, what is absent last. */
    public static int compareIds(@Nullable Entity a, @Nullable Entity b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        return Long.compareUnsigned(a.id(), b.id());
    }
}
