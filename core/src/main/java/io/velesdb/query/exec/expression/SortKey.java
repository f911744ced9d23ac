package io.velesdb.query.exec.expression;

import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** One item of ORDER BY: what is taken from each row once, and how two of them compare. */
public abstract class SortKey {
    private final int sign;

    private SortKey(boolean descending) {
        sign = descending ? -1 : 1;
    }

    /** By the total order of values. */
    static SortKey ofValue(Expression expression, boolean descending) {
        return new SortKey(descending) {
            @Override
            @Nullable
            public Object extract(Tuple row) {
                return expression.key(row);
            }

            @Override
            int compareAscending(@Nullable Object a, @Nullable Object b) {
                return Value.compare((Value) a, (Value) b);
            }
        };
    }

    /** By the number that arithmetic yields. */
    static SortKey ofNumber(Expression expression, boolean descending) {
        return new SortKey(descending) {
            @Override
            public Object extract(Tuple row) {
                return expression.number(row) + 0.0;
            }

            @Override
            int compareAscending(@Nullable Object a, @Nullable Object b) {
                double x = a == null ? 0 : (Double) a;
                double y = b == null ? 0 : (Double) b;
                return x < y ? -1 : x > y ? 1 : 0;
            }
        };
    }

    /** By similarity: descending is best first for every metric, and a row without a score is the least similar. */
    static SortKey ofSimilarity(SimilarityExpression similarity, boolean descending) {
        return new SortKey(descending) {
            @Override
            @Nullable
            public Object extract(Tuple row) {
                Score score = similarity.score(row);
                return score == null ? null : score.key();
            }

            @Override
            int compareAscending(@Nullable Object a, @Nullable Object b) {
                if (a == null || b == null) {
                    return Boolean.compare(b == null, a == null);
                }
                return Float.compare((Float) b, (Float) a);
            }
        };
    }

    /** What rows are compared by, taken from one of them. */
    public abstract @Nullable Object extract(Tuple row);

    abstract int compareAscending(@Nullable Object a, @Nullable Object b);

    /** Compares what was extracted of two rows, in the direction of the item. */
    public final int compare(@Nullable Object a, @Nullable Object b) {
        return sign * compareAscending(a, b);
    }
}
