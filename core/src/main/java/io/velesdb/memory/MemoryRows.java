package io.velesdb.memory;

import io.velesdb.Batch;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.Limits;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.engine.Expiry;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.ValueSet;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind of memory: its collection, less what is to be forgotten by now. Every read and write of the
 * stores goes through here. Thread-safe.
 */
final class MemoryRows {
    /**
     * Marks a row without embedding. Its vector is all zeros, since rows of a vector collection have one, and searches
     * leave it out.
     */
    static final String UNEMBEDDED = "_veles_unembedded";

    private static final FieldPath ID = FieldPath.ofNames("id");
    private static final FieldPath PAYLOAD = FieldPath.ofNames("payload");
    private static final FieldPath MARK = FieldPath.ofNames(UNEMBEDDED);

    private final Database database;
    private final MemoryKind kind;
    private final VectorCollection collection;
    private final Expiries expiries = new Expiries();

    MemoryRows(Database database, MemoryKind kind, VectorCollection collection) {
        this.database = database;
        this.kind = kind;
        this.collection = collection;
    }

    MemoryKind kind() {
        return kind;
    }

    VectorCollection collection() {
        return collection;
    }

    Database database() {
        return database;
    }

    Expiries expiries() {
        return expiries;
    }

    int dimension() {
        return collection.schema().dimension();
    }

    long nowSeconds() {
        return database.engine().nowSeconds();
    }

    // ---- reading

    boolean isHidden(long id) {
        return expiries.isDue(id, nowSeconds());
    }

    /** Null for none, and for what is to be forgotten. */
    @Nullable
    Point get(long id) {
        return isHidden(id) ? null : collection.get(id).get(0);
    }

    /** The nearest rows that have an embedding. */
    List<Hit> search(float[] embedding, int k, @Nullable Filter filter) {
        Filter visible = visible(filter);
        SearchRequest request = SearchRequest.nearest(embedding, k);
        return collection.search(visible == null ? request : request.where(visible));
    }

    long count(@Nullable Filter filter) {
        Filter visible = visible(filter);
        return visible == null ? collection.count() : collection.count(visible);
    }

    Page scroll(@Nullable Long after, int size, @Nullable Filter filter) {
        return collection.scroll(after, size, visible(filter));
    }

    /** Both {@code filter} and not hidden. Null for everything. */
    private @Nullable Filter visible(@Nullable Filter filter) {
        List<Expiries.Entry> due = expiries.due(nowSeconds());
        if (due.isEmpty()) {
            return filter;
        }
        long[] ids = new long[due.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = due.get(i).id();
        }
        return without(filter, ids);
    }

    /** Both {@code filter} and none of these ids. */
    static Filter without(@Nullable Filter filter, long... ids) {
        List<Value> values = new ArrayList<>(ids.length);
        for (long id : ids) {
            values.add(Ids.toValue(id));
        }
        Filter others = new Filter.Not(new Filter.In(ID, ValueSet.of(values)));
        return filter == null ? others : Filter.and(filter, others);
    }

    /** Holds for rows with an embedding for which {@code filter} holds. */
    static Filter embedded(@Nullable Filter filter) {
        Filter mark = new Filter.IsNull(MARK);
        return filter == null ? mark : Filter.and(mark, filter);
    }

    static boolean hasEmbedding(Point row) {
        Obj payload = row.payload();
        return row.vector() != null && (payload == null || !payload.has(UNEMBEDDED));
    }

    /** The edges whose two ends are not hidden. */
    List<Edge> seen(List<Edge> edges) {
        long now = nowSeconds();
        if (expiries.due(now).isEmpty()) {
            return edges;
        }
        List<Edge> kept = new ArrayList<>(edges.size());
        for (Edge edge : edges) {
            if (!expiries.isDue(edge.source(), now) && !expiries.isDue(edge.target(), now)) {
                kept.add(edge);
            }
        }
        return kept;
    }

    // ---- writing

    /** A row with an embedding, or marked to have none. */
    Point row(long id, Obj.Builder payload, float @Nullable [] embedding, @Nullable Long ttlSeconds) {
        if (ttlSeconds != null) {
            payload.put(Expiry.FIELD, Value.of(after(ttlSeconds)));
        }
        if (embedding == null) {
            payload.put(UNEMBEDDED, Value.TRUE);
            return Point.of(id, new float[dimension()], payload.build());
        }
        return Point.of(id, embedding, payload.build());
    }

    /** The second that is so many seconds from now. */
    long after(long ttlSeconds) {
        long now = nowSeconds();
        if (ttlSeconds < 1 || ttlSeconds > Long.MAX_VALUE - Math.max(now, 0)) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "ttl is " + ttlSeconds + " seconds: use at least 1, and delete the memory to forget it at once");
        }
        return now + ttlSeconds;
    }

    /** Replaces or adds rows, all or nothing. What they replace no longer counts for when they are forgotten. */
    void put(List<Point> rows) {
        List<Expiries.Entry> before = new ArrayList<>();
        for (Point row : rows) {
            // before the write: after it, what is due could take the new row away
            Long second = expiries.clear(row.id());
            if (second != null) {
                before.add(new Expiries.Entry(row.id(), second));
            }
        }
        boolean written = false;
        try {
            collection.upsert(rows);
            written = true;
        } finally {
            if (!written) {
                for (Expiries.Entry entry : before) {
                    expiries.restore(entry.id(), entry.second());
                }
            }
        }
    }

    /**
     * Adds a row where there is none, or where there is one that is to be forgotten and still is what it was.
     *
     * @return false when somebody was faster
     */
    boolean putIfStill(Point row, @Nullable Point hidden) {
        boolean done = ifStill(database.batch(), row.id(), hidden)
                .upsert(kind.collectionName(), List.of(row))
                .tryCommit();
        if (done) {
            expiries.clear(row.id());
        }
        return done;
    }

    /** The batch, provided that there is no such row, or that it is still what it was. */
    Batch ifStill(Batch batch, long id, @Nullable Point row) {
        return row == null
                ? batch.requireAbsent(kind.collectionName(), id)
                : batch.require(kind.collectionName(), id, unchanged(row));
    }

    /**
     * Sets members of one payload that are worked out from it; as often as somebody else changes it meanwhile, they are
     * worked out again.
     *
     * @throws VelesException VELES-003 when there is no such row
     */
    void change(long id, Function<Point, Obj> members) {
        while (true) {
            Point row = require(id);
            boolean done = database.batch()
                    .require(kind.collectionName(), id, unchanged(row))
                    .update(kind.collectionName(), new long[] {id}, members.apply(row), null)
                    .tryCommit();
            if (done) {
                return;
            }
        }
    }

    /** Holds for the row as long as its payload is what it was. */
    static Filter unchanged(Point row) {
        Obj payload = row.payload();
        return new Filter.Eq(PAYLOAD, payload == null ? Obj.EMPTY : payload);
    }

    /** @throws VelesException VELES-003 when there is no such row */
    Point require(long id) {
        Point row = get(id);
        if (row == null) {
            throw missing(id);
        }
        return row;
    }

    VelesException missing(long id) {
        return new VelesException(
                ErrorCode.POINT_NOT_FOUND,
                "there is no " + kind.canonicalName() + " memory " + Ids.format(id)
                        + ": it was never stored, deleted or forgotten; check the id");
    }

    boolean delete(long id) {
        boolean hidden = isHidden(id);
        expiries.clear(id);
        return collection.delete(id) > 0 && !hidden;
    }

    /** Deletes a row if it is still what it was. */
    boolean deleteUnchanged(Point row) {
        return delete(row.id(), unchanged(row));
    }

    /** Deletes a row if {@code condition} holds for it. */
    boolean delete(long id, Filter condition) {
        return database.batch()
                .require(kind.collectionName(), id, condition)
                .delete(kind.collectionName(), id)
                .tryCommit();
    }

    // ---- input

    /** @throws VelesException VELES-016 for null, VELES-004 for another dimension */
    void requireEmbedding(float @Nullable [] embedding) {
        if (embedding == null) {
            throw new VelesException(
                    ErrorCode.VECTOR_REQUIRED,
                    "embedding is null, and " + kind.canonicalName() + " memory stores and finds by meaning: give "
                            + dimension() + " numbers of the model that the memory was made with");
        }
        checkEmbedding(embedding);
    }

    void checkEmbedding(float @Nullable [] embedding) {
        if (embedding != null && embedding.length != dimension()) {
            throw new VelesException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "embedding has " + embedding.length + " components, " + kind.canonicalName()
                            + " memory has dimension " + dimension() + ": use the model that the memory was made with");
        }
    }

    static int checkLimit(int limit) {
        if (limit < 1) {
            throw new VelesException(
                    ErrorCode.QUERY, "limit is " + limit + ": ask for 1 to " + Limits.MAX_PAGE + " memories");
        }
        if (limit > Limits.MAX_PAGE) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL, "limit is " + limit + ", at most " + Limits.MAX_PAGE + " are allowed");
        }
        return limit;
    }

    /**
     * Text that is to be stored.
     *
     * @throws VelesException VELES-017 for null, and for what is not valid Unicode
     */
    static Value checkedText(String what, @Nullable String text) {
        if (text == null) {
            throw new VelesException(ErrorCode.SCHEMA_VALIDATION, what + " is null: give text");
        }
        return new Value.Str(text);
    }

    static String text(@Nullable Obj payload, String member) {
        String text = payload == null ? null : payload.text(member);
        return text == null ? "" : text;
    }

    static long whole(@Nullable Obj payload, String member) {
        Value value = payload == null ? null : payload.get(member);
        if (value instanceof Value.Int integer) {
            return integer.value();
        }
        return value instanceof Value.Num number ? (long) number.doubleValue() : 0;
    }
}
