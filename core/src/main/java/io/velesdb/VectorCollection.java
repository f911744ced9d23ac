package io.velesdb;

import io.velesdb.engine.Session;
import io.velesdb.value.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Points with a vector each, and the search for the nearest. Thread-safe. */
public final class VectorCollection extends SearchableCollection {
    VectorCollection(Session session, String name, int number) {
        super(session, name, number);
    }

    /**
     * Adds many rows from one flat array, in atomic batches.
     *
     * @param ids one per row
     * @param vectors ids.length × dimension components, row after row
     * @param payloads one per row (null entries for none), or null for no payloads
     * @return rows written
     */
    public long upsertBulk(long[] ids, float[] vectors, @Nullable List<@Nullable Obj> payloads) {
        int dimension = schema().dimension();
        if ((long) ids.length * dimension != vectors.length) {
            throw new VelesException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "vectors has " + vectors.length + " components for " + ids.length + " ids of dimension " + dimension
                            + ": give " + (long) ids.length * dimension);
        }
        if (payloads != null && payloads.size() != ids.length) {
            throw new VelesException(
                    ErrorCode.QUERY, "payloads has " + payloads.size() + " entries for " + ids.length + " ids");
        }
        BulkUpsert bulk = new BulkUpsert(this);
        for (int row = 0; row < ids.length; row++) {
            bulk.add(ids[row], vectors, row, dimension, payloads == null ? null : payloads.get(row));
        }
        return bulk.finish();
    }

    /**
     * Learns the codes that memory holds from the rows that are there, and makes {@code mode} the storage mode; the exact
     * vectors stay on disk. {@code pq} and {@code rabitq} collections also do it by themselves, see {@link
     * Quantization#threshold}.
     *
     * @param mode {@code pq} or {@code rabitq}
     * @param quantization {@link Quantization#pq}, {@link Quantization#opq} or {@link Quantization#rabitq}, or one of them
     *     refined
     * @param force whether a quantizer that is there already is replaced
     * @return the rows that there were to learn from
     * @throws VelesException VELES-028 for parameters that do not fit this collection, or a quantizer that is there already;
     *     VELES-029 with fewer vectors than centroids
     */
    public long trainQuantizer(StorageMode mode, Quantization quantization, boolean force) {
        session().authoriseWhole(AccessRequest.Kind.DDL, name());
        snapshot();
        return engine().trainQuantizer(name(), mode, quantization.trainedExplicitly(), force);
    }
}
