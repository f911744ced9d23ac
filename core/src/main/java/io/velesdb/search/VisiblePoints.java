package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The points that one call may see, by id and in the order of their ids. Belongs to that call. */
public final class VisiblePoints {
    private final VisibleRows visible;
    private final CollectionSnapshot state;
    private final Session session;

    public VisiblePoints(VisibleRows visible, Session session) {
        this.visible = visible;
        this.session = session;
        state = visible.state();
    }

    /** The points with these ids, in the order asked; null where there is none. */
    public List<@Nullable Point> get(long... ids) {
        Budget budget = Budget.of(null, null, session);
        budget.holds(ids.length, (long) ids.length * Long.BYTES);
        List<@Nullable Point> found = new ArrayList<>(ids.length);
        for (long id : ids) {
            int slot = state.slotOf(id);
            Obj payload = slot < 0 ? null : state.payload(slot);
            Point point = slot < 0 || !visible.holds(id, payload) ? null : state.point(slot, payload);
            if (point != null) {
                budget.answers(Memory.bytes(point));
            }
            found.add(point);
        }
        return found;
    }

    /** The number of points for which {@code filter} holds; null for all. */
    public long count(@Nullable Filter filter) {
        return filter == null ? visible.count() : FilteredRows.count(visible, filter, Budget.of(null, null, session));
    }

    /** The ids of all points, in ascending unsigned order. */
    public long[] allIds() {
        // one bitmap instead of one look at each payload
        int count = visible.count();
        Budget budget = Budget.of(null, null, session);
        budget.holds(count, (long) count * Long.BYTES);
        long[] ids = new long[count];
        int found = 0;
        for (CollectionSnapshot.RowCursor cursor = state.scan(); cursor.next(); ) {
            if (visible.contains(cursor.slot())) {
                ids[found++] = state.id(cursor.slot());
            }
        }
        return ids;
    }

    /**
     * One page in ascending unsigned id order.
     *
     * @param after the last id of the page before; null to start
     * @param size points per page
     * @param filter only points for which it holds; null for all
     * @throws VelesException VELES-010 for a size below 1, VELES-027 for one above {@link Limits#MAX_PAGE}
     */
    public Page page(@Nullable Long after, int size, @Nullable Filter filter) {
        if (size < 1) {
            throw new VelesException(
                    ErrorCode.QUERY, "page size " + size + " is not positive: use 1 to " + Limits.MAX_PAGE);
        }
        if (size > Limits.MAX_PAGE) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL, "page size " + size + " is over the limit of " + Limits.MAX_PAGE);
        }
        Budget budget = Budget.of(null, null, session);
        FilteredRows rows = filter == null ? null : FilteredRows.of(visible, filter, budget);
        CollectionSnapshot.RowCursor cursor = after == null ? state.scan() : state.scan(after, true);
        try {
            return page(cursor, rows, size, budget);
        } finally {
            if (rows != null) {
                rows.release();
            }
        }
    }

    private Page page(CollectionSnapshot.RowCursor cursor, @Nullable FilteredRows rows, int size, Budget budget) {
        List<Point> points = new ArrayList<>(Math.min(size, state.rows()));
        while (cursor.next()) {
            if (rows != null ? !rows.contains(cursor.slot()) : !visible.contains(cursor.slot())) {
                continue;
            }
            if (points.size() == size) {
                return new Page(points, points.get(size - 1).id());
            }
            Point point = state.point(cursor.slot());
            budget.answers(Memory.bytes(point));
            points.add(point);
        }
        return new Page(points, null);
    }
}
