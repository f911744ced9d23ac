package io.velesdb;

import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.vector.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed when a collection is created.
 *
 * @param kind what the collection holds
 * @param dimension components of each vector, 1..65536; 0 for a metadata collection
 * @param metric how vectors are compared; null for a metadata collection
 * @param storage what memory holds for search
 * @param hnsw shape of the vector index; null for a metadata collection
 */
public record CollectionSchema(
        CollectionKind kind,
        int dimension,
        @Nullable Metric metric,
        StorageMode storage,
        @Nullable HnswParameters hnsw) {

    /** The highest dimension that any configuration may allow. */
    public static final int MAX_DIMENSION = 65_536;

    /** A vector collection with the default index shape for its dimension. */
    public static CollectionSchema vector(int dimension, Metric metric) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new VelesException(
                    ErrorCode.INVALID_DIMENSION,
                    "dimension " + dimension + " is not allowed: use 1 to " + MAX_DIMENSION);
        }
        return new CollectionSchema(
                CollectionKind.VECTOR, dimension, metric, StorageMode.FULL, HnswParameters.forDimension(dimension));
    }

    /** A collection of payloads without vectors. */
    public static CollectionSchema metadata() {
        return new CollectionSchema(CollectionKind.METADATA, 0, null, StorageMode.FULL, null);
    }

    /** The same collection with another shape of the vector index. */
    public CollectionSchema withHnsw(HnswParameters parameters) {
        return new CollectionSchema(kind, dimension, metric, storage, parameters);
    }
}
