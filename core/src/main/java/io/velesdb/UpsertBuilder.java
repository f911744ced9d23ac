package io.velesdb;

import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns points into one upsert operation: checks every row before anything is written, and keeps the last of several
 * rows with the same id.
 */
final class UpsertBuilder {
    private final CollectionSchema schema;
    private final Limits limits;
    private final long[] ids;
    private final float @Nullable [] vectors;
    private final @Nullable Payload[] payloads;
    private final Map<Long, Integer> rowOf;
    private int rows;
    private long payloadBytes;

    UpsertBuilder(CollectionSchema schema, Limits limits, int capacity) {
        if (capacity > Limits.MAX_BATCH_POINTS) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + capacity + " points is over the limit of " + Limits.MAX_BATCH_POINTS
                            + ": split it, or use upsertBulk");
        }
        this.schema = schema;
        this.limits = limits;
        ids = new long[capacity];
        boolean vector = schema.kind() == CollectionKind.VECTOR;
        long components = (long) capacity * schema.dimension();
        if (components * Float.BYTES > Limits.MAX_BATCH_BYTES) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + components * Float.BYTES + " bytes is over the limit of " + Limits.MAX_BATCH_BYTES
                            + ": split it, or use upsertBulk");
        }
        vectors = vector ? new float[(int) components] : null;
        payloads = new Payload[capacity];
        rowOf = capacity == 1 ? Map.of() : new HashMap<>(capacity * 2);
    }

    static UpsertBuilder of(CollectionSchema schema, Limits limits, Collection<Point> points) {
        UpsertBuilder builder = new UpsertBuilder(schema, limits, points.size());
        for (Point point : points) {
            builder.add(point);
        }
        return builder;
    }

    void add(Point point) {
        float[] vector = point.vector();
        add(point.id(), vector, 0, vector == null ? 0 : vector.length, point.payload());
    }

    /** Adds a row whose vector is {@code from[offset..offset+length)}; {@code from} is null for no vector. */
    void add(long id, float @Nullable [] from, int offset, int length, @Nullable Obj payload) {
        checkVector(id, from, offset, length);
        Payload stored = payload == null ? null : checkedPayload(id, payload);
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
        if (vectors != null && from != null) {
            System.arraycopy(from, offset, vectors, row * schema.dimension(), schema.dimension());
        }
    }

    boolean isEmpty() {
        return rows == 0;
    }

    boolean isFull() {
        return rows == ids.length;
    }

    /** Bytes of all payloads that were added, replaced ones included. */
    long payloadBytes() {
        return payloadBytes;
    }

    Operation.Upsert operation(int collection) {
        long bytes = payloadBytes + (vectors == null ? 0 : (long) vectors.length * Float.BYTES);
        if (bytes > Limits.MAX_BATCH_BYTES) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + bytes + " bytes is over the limit of " + Limits.MAX_BATCH_BYTES
                            + ": split it, or use upsertBulk");
        }
        if (rows == ids.length) {
            return new Operation.Upsert(collection, ids, vectors, payloads);
        }
        return new Operation.Upsert(
                collection,
                Arrays.copyOf(ids, rows),
                vectors == null ? null : Arrays.copyOf(vectors, rows * schema.dimension()),
                Arrays.copyOf(payloads, rows));
    }

    private void checkVector(long id, float @Nullable [] from, int offset, int length) {
        if (schema.kind() != CollectionKind.VECTOR) {
            if (from != null) {
                throw new VelesException(
                        ErrorCode.VECTOR_NOT_ALLOWED,
                        "point " + Long.toUnsignedString(id)
                                + " has a vector, a metadata collection takes none: leave it out");
            }
            return;
        }
        if (from == null) {
            throw new VelesException(
                    ErrorCode.VECTOR_REQUIRED,
                    "point " + Long.toUnsignedString(id) + " has no vector: give it one of " + schema.dimension()
                            + " components");
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
}
