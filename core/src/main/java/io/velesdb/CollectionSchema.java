package io.velesdb;

import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.vector.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed when a collection is created.
 *
 * @param kind what the collection holds
 * @param dimension components of each vector, 1..65536; 0 for a metadata collection, and for a graph without vectors
 * @param metric how vectors are compared; null without vectors
 * @param storage what memory holds for search
 * @param hnsw shape of the vector index; null without vectors
 * @param quantization how the codes of the storage mode are made
 * @param graphSchema what nodes and edges a graph collection admits; {@link GraphSchema#SCHEMALESS} for other kinds
 * @param text what of the payloads is searchable as text, and how it becomes tokens
 * @param building when new vectors are linked into the index
 */
public record CollectionSchema(
        CollectionKind kind,
        int dimension,
        @Nullable Metric metric,
        StorageMode storage,
        @Nullable HnswParameters hnsw,
        Quantization quantization,
        GraphSchema graphSchema,
        TextOptions text,
        IndexBuilding building) {

    /** The highest dimension that any configuration may allow. */
    public static final int MAX_DIMENSION = 65_536;

    /**
     * A schema that could not be applied must not exist: once journaled, it would be refused at every open.
     *
     * @throws VelesException VELES-032 for the dimension, VELES-010 when the metric, or anything else that every collection has, is missing,
     *     VELES-009 without an index shape, VELES-028 for codes that cannot be made of such vectors, VELES-014 when a metadata collection is to have any of them
     */
    @SuppressWarnings("NullAway") // callers without NullAway can hand in null
    public CollectionSchema {
        if (kind == null || storage == null || quantization == null) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "kind is " + kind + ", storage mode is " + storage + ", quantization is " + quantization
                            + ": a collection has all of them");
        }
        if (graphSchema == null || text == null || building == null) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "graph schema is " + graphSchema + ", text options are " + text + ", index building is " + building
                            + ": a collection has all of them");
        }
        if (kind != CollectionKind.GRAPH && !graphSchema.schemaless()) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "a " + kind.canonicalName() + " collection has no graph schema: use a graph collection");
        }
        switch (kind) {
            case VECTOR -> {
                checkVector(dimension, metric, hnsw);
                quantization.requireFor(storage, dimension, metric);
            }
            case GRAPH -> {
                if (dimension != 0) {
                    checkVector(dimension, metric, hnsw);
                    quantization.requireFor(storage, dimension, metric);
                } else if (metric != null || hnsw != null) {
                    throw new VelesException(
                            ErrorCode.INVALID_DIMENSION,
                            "a graph collection of dimension 0 has no vectors, metric is " + metric
                                    + ": give a dimension, or no metric");
                }
            }
            case METADATA -> {
                if (dimension != 0 || metric != null || hnsw != null) {
                    throw new VelesException(
                            ErrorCode.VECTOR_NOT_ALLOWED,
                            "a metadata collection has no vectors, dimension is " + dimension + ", metric is " + metric
                                    + ": use 0 and none, or a vector collection");
                }
            }
        }
    }

    /** With the usual {@link Quantization} and {@link TextOptions}, without graph schema. */
    public CollectionSchema(
            CollectionKind kind,
            int dimension,
            @Nullable Metric metric,
            StorageMode storage,
            @Nullable HnswParameters hnsw) {
        this(
                kind,
                dimension,
                metric,
                storage,
                hnsw,
                Quantization.DEFAULT,
                GraphSchema.SCHEMALESS,
                TextOptions.DEFAULTS,
                IndexBuilding.IMMEDIATE);
    }

    private static void checkVector(int dimension, @Nullable Metric metric, @Nullable HnswParameters hnsw) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new VelesException(
                    ErrorCode.INVALID_DIMENSION,
                    "dimension " + dimension + " is not allowed: use 1 to " + MAX_DIMENSION);
        }
        if (metric == null) {
            throw new VelesException(ErrorCode.QUERY, "metric is null: use cosine, euclidean, dot, hamming or jaccard");
        }
        if (hnsw == null) {
            throw new VelesException(
                    ErrorCode.CONFIG, "hnsw is null: a vector collection needs the shape of its index");
        }
    }

    /** A vector collection with the default index shape for its dimension. */
    public static CollectionSchema vector(int dimension, Metric metric) {
        checkVector(dimension, metric, HnswParameters.DEFAULT);
        return new CollectionSchema(
                CollectionKind.VECTOR, dimension, metric, StorageMode.FULL, HnswParameters.forDimension(dimension));
    }

    /** A collection of payloads without vectors. */
    public static CollectionSchema metadata() {
        return new CollectionSchema(CollectionKind.METADATA, 0, null, StorageMode.FULL, null);
    }

    /** A graph whose nodes have no vectors. */
    public static CollectionSchema graph() {
        return new CollectionSchema(CollectionKind.GRAPH, 0, null, StorageMode.FULL, null);
    }

    /** A graph whose nodes may have a vector each, with the default index shape for its dimension. */
    public static CollectionSchema graph(int dimension, Metric metric) {
        checkVector(dimension, metric, HnswParameters.DEFAULT);
        return new CollectionSchema(
                CollectionKind.GRAPH, dimension, metric, StorageMode.FULL, HnswParameters.forDimension(dimension));
    }

    /** True when rows have or may have a dense vector. */
    public boolean hasVectors() {
        return dimension > 0;
    }

    /** True when each row must have a dense vector. */
    public boolean requiresVector() {
        return kind == CollectionKind.VECTOR;
    }

    /** The same collection with another shape of the vector index. */
    public CollectionSchema withHnsw(HnswParameters parameters) {
        return new CollectionSchema(
                kind, dimension, metric, storage, parameters, quantization, graphSchema, text, building);
    }

    /** The same collection in another storage mode. */
    public CollectionSchema withStorage(StorageMode mode) {
        return new CollectionSchema(kind, dimension, metric, mode, hnsw, quantization, graphSchema, text, building);
    }

    /** The same collection with another way of making codes. */
    public CollectionSchema withQuantization(Quantization other) {
        return new CollectionSchema(kind, dimension, metric, storage, hnsw, other, graphSchema, text, building);
    }

    /** Both at once, where neither would fit the other's old value. */
    public CollectionSchema withStorage(StorageMode mode, Quantization other) {
        return new CollectionSchema(kind, dimension, metric, mode, hnsw, other, graphSchema, text, building);
    }

    /** The same graph with declared node and edge types. */
    public CollectionSchema withGraphSchema(GraphSchema types) {
        return new CollectionSchema(kind, dimension, metric, storage, hnsw, quantization, types, text, building);
    }

    /** The same collection with other text searchable, or otherwise. */
    public CollectionSchema withText(TextOptions options) {
        return new CollectionSchema(
                kind, dimension, metric, storage, hnsw, quantization, graphSchema, options, building);
    }

    /** The same collection whose new vectors are linked at other times. */
    public CollectionSchema withBuilding(IndexBuilding other) {
        return new CollectionSchema(kind, dimension, metric, storage, hnsw, quantization, graphSchema, text, other);
    }
}
