package io.velesdb.query.exec;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.query.ast.Position;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** The values of the column {@code vector}. */
final class DenseColumn {
    private DenseColumn() {}

    /**
     * The vector that a value is; null for null.
     *
     * @throws VelesException VELES-010 for what is no vector or belongs to no row of the collection, VELES-004 for one of
     *     another dimension, VELES-005 for a number that no float holds
     */
    static float @Nullable [] read(Position at, Value value, CollectionSchema schema) {
        if (value instanceof Value.Null) {
            return null;
        }
        if (schema.dimension() == 0) {
            throw Refusal.unrunnable(at, "the collection holds no vectors: leave the column vector out");
        }
        float[] vector = value instanceof Arr array ? Operands.floats(array) : null;
        if (vector == null) {
            throw Refusal.unrunnable(at, "vector is " + Json.excerpt(value) + ": an array of numbers belongs here");
        }
        if (vector.length != schema.dimension()) {
            throw Refusal.failed(
                    at,
                    ErrorCode.DIMENSION_MISMATCH,
                    "vector has " + vector.length + " components, the collection has dimension " + schema.dimension()
                            + ": use the same embedding model as for the stored vectors");
        }
        Operands.checkFinite(at, "vector", vector);
        return vector;
    }
}
