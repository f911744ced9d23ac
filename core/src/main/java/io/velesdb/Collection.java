package io.velesdb;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Engine;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.journal.Operation;
import io.velesdb.search.Deadline;
import io.velesdb.search.FilteredRows;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of collection can do. A handle: cheap, thread-safe, valid until the collection is deleted; after that
 * every call is VELES-002, also when another collection took the name.
 */
public abstract sealed class Collection permits VectorCollection, MetadataCollection {
    private static final int BULK_ROWS = 1_000;
    private static final int BULK_BYTES = 16 << 20;

    private final Session session;
    private final Engine engine;
    private final String name;
    private final int number;

    Collection(Session session, String name, int number) {
        this.session = session;
        engine = session.engine();
        this.name = name;
        this.number = number;
    }

    public final String name() {
        return name;
    }

    public final CollectionSchema schema() {
        return snapshot().schema();
    }

    public final CollectionInfo info() {
        return Database.infoOf(visible());
    }

    /**
     * Replaces or adds whole rows by id: vector and payload; nothing is merged. All or nothing, durable and visible on
     * return. Of several points with the same id the last counts.
     *
     * @param points at most 100,000 and 256 MiB; an empty list writes nothing
     * @return rows written, ids counted once
     * @throws VelesException VELES-004, 005, 014, 016, 017 or 027 for a bad point (nothing is written), VELES-011 when the
     *     host cannot write
     */
    public final long upsert(List<Point> points) {
        if (points.isEmpty()) {
            snapshot();
            return 0;
        }
        return write(UpsertBuilder.of(schema(), engine.limits(), points));
    }

    /** Replaces or adds one row. See {@link #upsert(List)}. */
    public final void upsert(Point point) {
        upsert(List.of(point));
    }

    /**
     * Any number of points, in atomic batches of at most 1,000 points and about 16 MiB: faster than many small upserts,
     * not atomic as a whole. When a batch is refused, the batches before it stay written.
     *
     * @return rows written
     */
    public final long upsertBulk(Iterable<Point> points) {
        long written = 0;
        UpsertBuilder batch = bulkBatch();
        for (Point point : points) {
            batch.add(point);
            if (isBulkFull(batch)) {
                written += write(batch);
                batch = bulkBatch();
            }
        }
        return written + write(batch);
    }

    final UpsertBuilder bulkBatch() {
        CollectionSchema schema = schema();
        int rows = BULK_BYTES / (Float.BYTES * Math.max(1, schema.dimension()));
        return new UpsertBuilder(schema, engine.limits(), Math.min(BULK_ROWS, rows));
    }

    static boolean isBulkFull(UpsertBuilder batch) {
        return batch.isFull() || batch.payloadBytes() >= BULK_BYTES;
    }

    /** The points with these ids, in the order asked; null where there is none. */
    public final List<@Nullable Point> get(long... ids) {
        VisibleRows visible = visible();
        CollectionSnapshot state = visible.state();
        List<@Nullable Point> found = new ArrayList<>(ids.length);
        for (long id : ids) {
            int slot = state.slotOf(id);
            Obj payload = slot < 0 ? null : state.payload(slot);
            found.add(slot < 0 || !visible.holds(id, payload) ? null : new Point(id, state.vector(slot), payload));
        }
        return found;
    }

    /**
     * Removes points; missing ids are ignored.
     *
     * @param ids at most 100,000
     * @return the number really deleted
     */
    public final long delete(long... ids) {
        if (ids.length > Limits.MAX_BATCH_POINTS) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + ids.length + " ids is over the limit of " + Limits.MAX_BATCH_POINTS + ": split it");
        }
        if (ids.length == 0) {
            snapshot();
            return 0;
        }
        return engine.commit(new Operation.Delete(number, Arrays.copyOf(ids, ids.length)), name);
    }

    /**
     * Drops row versions that were replaced or deleted and gives their space back; hosts do it by themselves when it is
     * worth it. Readers go on meanwhile, writers wait for a fraction of it.
     *
     * @return row versions dropped
     */
    public final long vacuum() {
        snapshot();
        return engine.vacuum(name);
    }

    /** The number of points. */
    public final long count() {
        return visible().count();
    }

    /** The number of points for which {@code filter} holds. */
    public final long count(Filter filter) {
        return FilteredRows.count(visible(), filter, Deadline.of(null, null, session));
    }

    public final boolean isEmpty() {
        return count() == 0;
    }

    /** The first page of all points in ascending id order. */
    public final Page scroll(int size) {
        return scroll(null, size, null);
    }

    /**
     * One page of points in ascending unsigned id order. A page shows one state; between pages writes may happen.
     *
     * @param after the last id of the page before ({@link Page#next}); null to start
     * @param size points per page, 1..10000
     * @param filter only points for which it holds; null for all
     */
    public final Page scroll(@Nullable Long after, int size, @Nullable Filter filter) {
        if (size < 1) {
            throw new VelesException(
                    ErrorCode.QUERY, "page size " + size + " is not positive: use 1 to " + Limits.MAX_PAGE);
        }
        if (size > Limits.MAX_PAGE) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL, "page size " + size + " is over the limit of " + Limits.MAX_PAGE);
        }
        VisibleRows visible = visible();
        CollectionSnapshot state = visible.state();
        FilteredRows rows = filter == null ? null : FilteredRows.of(visible, filter, Deadline.of(null, null, session));
        CollectionSnapshot.RowCursor cursor = after == null ? state.scan() : state.scan(after, true);
        try {
            return page(visible, cursor, rows, size);
        } finally {
            if (rows != null) {
                rows.release();
            }
        }
    }

    private static Page page(
            VisibleRows visible, CollectionSnapshot.RowCursor cursor, @Nullable FilteredRows rows, int size) {
        CollectionSnapshot state = visible.state();
        List<Point> points = new ArrayList<>(Math.min(size, state.rows()));
        while (cursor.next()) {
            if (rows != null ? !rows.contains(cursor.slot()) : !visible.contains(cursor.slot())) {
                continue;
            }
            if (points.size() == size) {
                return new Page(points, points.get(size - 1).id());
            }
            points.add(point(state, cursor.id(), cursor.slot()));
        }
        return new Page(points, null);
    }

    final long write(UpsertBuilder batch) {
        if (batch.isEmpty()) {
            return 0;
        }
        return engine.commit(batch.operation(number), name);
    }

    /** @throws VelesException VELES-002 when the collection was deleted */
    final CollectionSnapshot snapshot() {
        CollectionSnapshot state = engine.snapshot().get(name);
        if (state.number() != number) {
            throw new VelesException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "collection '" + name + "' was deleted, and another one has its name now: ask for it again");
        }
        return state;
    }

    final Engine engine() {
        return engine;
    }

    final Session session() {
        return session;
    }

    /** What the caller may read now by id, by page or by count. */
    final VisibleRows visible() {
        return session.visible(snapshot(), AccessRequest.Kind.SELECT);
    }

    private static Point point(CollectionSnapshot state, long id, int slot) {
        Obj payload = state.payload(slot);
        return new Point(id, state.vector(slot), payload);
    }
}
