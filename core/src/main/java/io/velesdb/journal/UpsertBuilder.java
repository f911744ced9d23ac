package io.velesdb.journal;

import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns points into one upsert operation: checks every row before anything is written, and keeps the last of several
 * rows with the same id. Not thread-safe.
 */
public final class UpsertBuilder {
    private static final int MAX_SPARSE_NAME = 128;

    private final CollectionSchema schema;
    private final Limits limits;
    private final long[] ids;
    private final float @Nullable [] vectors;
    private final boolean[] vectorless;
    private final @Nullable Payload[] payloads;
    private final Map<String, SparseVector>[] sparse;
    private final Map<Long, Integer> rowOf;
    private int rows;
    private boolean anySparse;
    private long payloadBytes;

    /**
     * For at most {@code capacity} rows of a collection.
     *
     * @throws VelesException VELES-027 when so many are more than one batch may have
     */
    public UpsertBuilder(CollectionSchema schema, Limits limits, int capacity) {
        if (capacity > Limits.MAX_BATCH_POINTS) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + capacity + " points is over the limit of " + Limits.MAX_BATCH_POINTS
                            + ": split it, or use upsertBulk");
        }
        this.schema = schema;
        this.limits = limits;
        ids = new long[capacity];
        long components = (long) capacity * schema.dimension();
        checkBytes(components * Float.BYTES);
        vectors = schema.hasVectors() ? new float[(int) components] : null;
        vectorless = new boolean[schema.requiresVector() ? 0 : capacity];
        payloads = new Payload[capacity];
        sparse = SparseVectors.rows(capacity);
        rowOf = capacity == 1 ? Map.of() : new HashMap<>(capacity * 2);
    }

    /** All of {@code points}, as {@link #add} takes them. */
    public static UpsertBuilder of(CollectionSchema schema, Limits limits, Collection<Point> points) {
        UpsertBuilder builder = new UpsertBuilder(schema, limits, points.size());
        for (Point point : points) {
            builder.add(point);
        }
        return builder;
    }

    /** Adds a row; replaces an earlier one of the same id. */
    public void add(Point point) {
        float[] vector = point.vector();
        add(point.id(), vector, 0, vector == null ? 0 : vector.length, point.payload(), point.sparse());
    }

    /**
     * Adds a row whose vector is {@code from[offset..offset+length)}; {@code from} is null for no vector.
     *
     * @throws VelesException VELES-004, 005, 014, 016, 017, 027 or 030 for what may not be stored; the row is not added
     */
    public void add(
            long id,
            float @Nullable [] from,
            int offset,
            int length,
            @Nullable Obj payload,
            Map<String, SparseVector> sparseVectors) {
        checkVector(id, from, offset, length);
        schema.graphSchema().checkNode(id, payload);
        Payload stored = payload == null ? null : checkedPayload(id, payload);
        Map<String, SparseVector> storedSparse = checkedSparse(sparseVectors);
        int row = rows;
        if (ids.length > 1) {
            Integer earlier = rowOf.putIfAbsent(id, rows);
            if (earlier != null) {
                row = earlier;
            }
        }
        if (row == rows) {
            rows++;
        }
        ids[row] = id;
        payloads[row] = stored;
        sparse[row] = storedSparse;
        anySparse |= !storedSparse.isEmpty();
        if (vectors != null) {
            int at = row * schema.dimension();
            if (from != null) {
                System.arraycopy(from, offset, vectors, at, schema.dimension());
            } else {
                Arrays.fill(vectors, at, at + schema.dimension(), 0);
            }
            if (!schema.requiresVector()) {
                vectorless[row] = from == null;
            }
        }
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    public boolean isFull() {
        return rows == ids.length;
    }

    /** Bytes of all payloads and sparse vectors that were added, replaced ones included. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /**
     * Everything added, as one operation on the collection of this number.
     *
     * @throws VelesException VELES-027 when it is more than one batch may have
     */
    public Operation.Upsert operation(int collection) {
        checkBytes(payloadBytes + (vectors == null ? 0 : (long) vectors.length * Float.BYTES));
        boolean whole = rows == ids.length;
        return new Operation.Upsert(
                collection,
                whole ? ids : Arrays.copyOf(ids, rows),
                vectors == null || whole ? vectors : Arrays.copyOf(vectors, rows * schema.dimension()),
                vectors == null || schema.requiresVector() ? null : Arrays.copyOf(vectorless, rows),
                whole ? payloads : Arrays.copyOf(payloads, rows),
                !anySparse ? null : whole ? sparse : Arrays.copyOf(sparse, rows));
    }

    private static void checkBytes(long bytes) {
        if (bytes > Limits.MAX_BATCH_BYTES) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + bytes + " bytes is over the limit of " + Limits.MAX_BATCH_BYTES
                            + ": split it, or use upsertBulk");
        }
    }

    private void checkVector(long id, float @Nullable [] from, int offset, int length) {
        if (from == null) {
            if (schema.requiresVector()) {
                throw new VelesException(
                        ErrorCode.VECTOR_REQUIRED,
                        "point " + Long.toUnsignedString(id) + " has no vector: give it one of " + schema.dimension()
                                + " components");
            }
            return;
        }
        if (!schema.hasVectors()) {
            throw new VelesException(
                    ErrorCode.VECTOR_NOT_ALLOWED,
                    "point " + Long.toUnsignedString(id) + " has a vector, "
                            + (schema.kind() == CollectionKind.GRAPH
                                    ? "a graph collection without dimension"
                                    : "a metadata collection")
                            + " takes none: leave it out");
        }
        Vectors.check("vector of point " + Long.toUnsignedString(id), from, offset, length, schema.dimension());
    }

    private Payload checkedPayload(long id, Obj payload) {
        Payload stored = Payload.of(payload);
        int size = stored.json().length;
        if (size > limits.maxPayloadSize()) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "payload of point " + Long.toUnsignedString(id) + " has " + size
                            + " bytes, limits.max_payload_size is " + limits.maxPayloadSize()
                            + ": shorten it or raise the limit");
        }
        payloadBytes += size;
        return stored;
    }

    /** Without the vectors that have no entries: a row that has one is a row without it. */
    private Map<String, SparseVector> checkedSparse(Map<String, SparseVector> given) {
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, SparseVector> kept = new LinkedHashMap<>();
        given.forEach((name, vector) -> {
            if (vector.size() > 0) {
                kept.put(checkedName(name), vector);
            }
        });
        payloadBytes += SparseVectors.bytes(kept);
        return kept;
    }

    private static String checkedName(String name) {
        Value.checkText(name);
        if (name.length() > MAX_SPARSE_NAME) {
            throw new VelesException(
                    ErrorCode.SPARSE_INDEX,
                    "sparse vector name '" + name.substring(0, MAX_SPARSE_NAME) + "…' has " + name.length()
                            + " characters: use at most " + MAX_SPARSE_NAME);
        }
        return name;
    }
}
