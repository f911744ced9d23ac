package io.velesdb;

import io.velesdb.value.Obj;
import org.jspecify.annotations.Nullable;

/**
 * One row: an id and what belongs to it. The arrays and objects are not copied; do not change them after handing them
 * over.
 *
 * @param id unsigned 64-bit; all values are allowed
 * @param vector as many finite components as the collection has dimensions; null in a metadata collection
 * @param payload a JSON object, or null for none
 */
public record Point(
        long id, float @Nullable [] vector, @Nullable Obj payload) {
    /** A point without payload. */
    public static Point of(long id, float[] vector) {
        return new Point(id, vector, null);
    }

    public static Point of(long id, float[] vector, @Nullable Obj payload) {
        return new Point(id, vector, payload);
    }

    /** A point of a metadata collection. */
    public static Point of(long id, @Nullable Obj payload) {
        return new Point(id, null, payload);
    }
}
