package io.velesdb.filter;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.List;

/** Keeps filters shallow: checked where a node is built, so that every walk over a filter may recurse. */
final class Levels {
    private Levels() {}

    /** Refuses a node around these conditions when it would be too deep. */
    static void check(List<Filter> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            if (of(conditions.get(i)) >= Filter.MAX_LEVELS) {
                throw tooDeep();
            }
        }
    }

    static VelesException tooDeep() {
        return new VelesException(
                ErrorCode.QUERY, "the filter has more than " + Filter.MAX_LEVELS + " levels: flatten it");
    }

    private static int of(Filter filter) {
        return switch (filter) {
            case Filter.Leaf leaf -> 1;
            case Filter.Not not -> 1 + of(not.condition());
            case Filter.And and -> 1 + deepest(and.conditions());
            case Filter.Or or -> 1 + deepest(or.conditions());
        };
    }

    private static int deepest(List<Filter> conditions) {
        int deepest = 0;
        for (int i = 0; i < conditions.size(); i++) {
            deepest = Math.max(deepest, of(conditions.get(i)));
        }
        return deepest;
    }
}
