package io.velesdb.query.exec.step;

import io.velesdb.CollectionStatistics;
import io.velesdb.FieldStatistics;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.plan.FieldRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * About how many rows steps yield, by what {@code ANALYZE} found where it was run. Nothing is evaluated; null where nothing
 * is known. Of a caller who is confined to some of the rows nothing is told.
 */
public final class Estimates {
    private Estimates() {}

    /** The rows of a collection for which a filter holds; null for all. */
    public static @Nullable RowEstimate scan(VisibleRows visible, @Nullable Filter filter) {
        if (visible.scope() != null) {
            return null;
        }
        CollectionSnapshot state = visible.state();
        return filter == null ? new RowEstimate(state.rows(), RowEstimate.Method.ROW_COUNT) : state.estimate(filter);
    }

    /** No more than so many rows. */
    public static RowEstimate limited(@Nullable RowEstimate input, long most) {
        return input != null && input.rows() <= most ? input : new RowEstimate(most, RowEstimate.Method.ROW_COUNT);
    }

    /** What is left after the first rows. */
    public static @Nullable RowEstimate skipped(@Nullable RowEstimate input, long offset) {
        return input == null ? null : new RowEstimate(Math.max(0, input.rows() - offset), input.method());
    }

    /** Groups: no more than rows, nor than there are combinations of values. */
    public static @Nullable RowEstimate groups(VisibleRows visible, List<FieldRef> keys, @Nullable RowEstimate input) {
        double groups = 1;
        for (FieldRef key : keys) {
            long distinct = distinct(visible, key);
            if (distinct < 0) {
                return null;
            }
            groups *= distinct;
        }
        double most = input == null ? groups : Math.min(groups, (double) input.rows());
        return new RowEstimate((long) most, RowEstimate.Method.CARDINALITY);
    }

    /** Pairs of rows that agree in one field, were values spread evenly and those of one side all on the other. */
    public static @Nullable RowEstimate join(
            @Nullable RowEstimate left, @Nullable RowEstimate right, long leftDistinct, long rightDistinct) {
        long distinct = Math.max(leftDistinct, rightDistinct);
        if (left == null || right == null || distinct <= 0) {
            return null;
        }
        double pairs = (double) left.rows() * right.rows() / distinct;
        return new RowEstimate((long) Math.min(Long.MAX_VALUE, pairs), RowEstimate.Method.CARDINALITY);
    }

    /** The distinct values of a field, a missing one not counted; -1 where that is not known. */
    public static long distinct(VisibleRows visible, FieldRef field) {
        if (visible.scope() != null) {
            return -1;
        }
        if (field.kind() == FieldRef.Kind.ID) {
            return visible.state().rows();
        }
        CollectionStatistics statistics = visible.state().settings().statistics();
        if (statistics == null || field.kind() == FieldRef.Kind.VECTOR) {
            return -1;
        }
        FieldStatistics known = statistics.field(field.requirePath());
        return known == null ? 0 : known.distinctCount();
    }

    /** As {@link #distinct}; where that is not known, as many as there are rows. */
    public static long distinctOrAll(VisibleRows visible, FieldRef field) {
        long known = distinct(visible, field);
        return known < 0 ? visible.state().rows() : known;
    }
}
