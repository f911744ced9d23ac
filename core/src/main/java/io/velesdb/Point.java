package io.velesdb;

import io.velesdb.value.Obj;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row: an id and what belongs to it. The arrays and objects are not copied; do not change them after handing them
 * over.
 *
 * @param id unsigned 64-bit; all values are allowed
 * @param vector as many finite components as the collection has dimensions; required in a vector collection, optional in
 *     a graph collection with a dimension, null elsewhere
 * @param payload a JSON object, or null for none
 * @param sparse sparse vectors by name, the default one under {@code ""}; those without entries are dropped
 */
public record Point(
        long id, float @Nullable [] vector, @Nullable Obj payload, Map<String, SparseVector> sparse) {
    /** A point without sparse vectors. */
    public Point(long id, float @Nullable [] vector, @Nullable Obj payload) {
        this(id, vector, payload, Map.of());
    }

    /** A point without payload. */
    public static Point of(long id, float[] vector) {
        return new Point(id, vector, null);
    }

    public static Point of(long id, float[] vector, @Nullable Obj payload) {
        return new Point(id, vector, payload);
    }

    /** A point without dense vector: of a metadata collection, or a node of a graph. */
    public static Point of(long id, @Nullable Obj payload) {
        return new Point(id, null, payload);
    }

    /** The same point with these sparse vectors by name. */
    public Point withSparse(Map<String, SparseVector> vectors) {
        return new Point(id, vector, payload, vectors);
    }
}
