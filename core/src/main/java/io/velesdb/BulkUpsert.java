package io.velesdb;

import io.velesdb.journal.UpsertBuilder;
import io.velesdb.value.Obj;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any number of points for one collection, in batches that are atomic each. Belongs to one call. */
final class BulkUpsert {
    private static final int ROWS = 1_000;
    private static final int BYTES = 16 << 20;

    private final Collection collection;
    private UpsertBuilder batch;
    private long written;

    /** @throws VelesException VELES-002 when the collection was deleted, or whatever an observer refuses the write with */
    BulkUpsert(Collection collection) {
        this.collection = collection;
        collection.session().authoriseWhole(AccessRequest.Kind.DML, collection.name());
        batch = newBatch();
    }

    private UpsertBuilder newBatch() {
        CollectionSchema schema = collection.schema();
        int rows = BYTES / (Float.BYTES * Math.max(1, schema.dimension()));
        return new UpsertBuilder(schema, collection.session().engine().limits(), Math.min(ROWS, rows));
    }

    void add(Point point) {
        batch.add(point);
        writeIfFull();
    }

    /** A point whose vector is the {@code row}-th of many that stand one after the other. */
    void add(long id, float[] vectors, int row, int dimension, @Nullable Obj payload) {
        batch.add(id, vectors, row * dimension, dimension, payload, Map.of());
        writeIfFull();
    }

    private void writeIfFull() {
        if (batch.isFull() || batch.payloadBytes() >= BYTES) {
            write();
            batch = newBatch();
        }
    }

    /** Writes what is left and returns the rows written by all batches. */
    long finish() {
        write();
        return written;
    }

    /** The observer is told of each batch, since those before a refused one stay written. */
    private void write() {
        long rows = collection.write(batch);
        if (rows > 0) {
            written += rows;
            collection.session().tell(observer -> observer.upserted(collection.name(), rows));
        }
    }
}
