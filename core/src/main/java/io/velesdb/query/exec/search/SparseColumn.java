package io.velesdb.query.exec.search;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Position;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Sparse vectors in statements: {@code {"17": 0.4, …}} or {@code {"indices": […], "values": […]}}, and as a column also an
 * object of such objects by name.
 */
public final class SparseColumn {
    private SparseColumn() {}

    /** The sparse vectors of a column, by name; null removes the default one. */
    public static Map<String, SparseVector> read(Position at, Value value) {
        if (value instanceof Value.Null) {
            return Map.of("", SparseVector.of(new int[0], new float[0]));
        }
        if (!(value instanceof Obj object)) {
            throw bad(at, value);
        }
        boolean named = object.size() > 0;
        for (int i = 0; i < object.size(); i++) {
            named &= object.value(i) instanceof Obj;
        }
        if (!named) {
            return Map.of("", vector(at, object));
        }
        Map<String, SparseVector> vectors = new HashMap<>();
        for (int i = 0; i < object.size(); i++) {
            vectors.put(object.name(i), vector(at, object.value(i)));
        }
        return vectors;
    }

    /**
     * One sparse vector.
     *
     * @throws VelesException VELES-010 for another shape, VELES-030 for an index or weight that does not fit
     */
    public static SparseVector vector(Position at, Value value) {
        if (!(value instanceof Obj object)) {
            throw bad(at, value);
        }
        if (object.get("indices") instanceof Arr indices && object.get("values") instanceof Arr values) {
            return of(at, value, indices, values);
        }
        long[] indices = new long[object.size()];
        float[] weights = new float[object.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(at, object.name(i));
            weights[i] = weight(at, object.value(i), value);
        }
        return SparseVector.of(indices, weights);
    }

    private static SparseVector of(Position at, Value whole, Arr indices, Arr values) {
        if (indices.size() != values.size()) {
            throw Refusal.failed(
                    at,
                    ErrorCode.SPARSE_INDEX,
                    "the sparse vector has " + indices.size() + " indices and " + values.size()
                            + " values: give one value per index");
        }
        long[] places = new long[indices.size()];
        float[] weights = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            if (!(indices.get(i) instanceof Value.Int index)) {
                throw bad(at, whole);
            }
            places[i] = index.value();
            weights[i] = weight(at, values.get(i), whole);
        }
        return SparseVector.of(places, weights);
    }

    private static float weight(Position at, Value weight, Value whole) {
        if (weight instanceof Value.Num number) {
            return (float) number.doubleValue();
        }
        throw bad(at, whole);
    }

    private static long index(Position at, String text) {
        if (text.isEmpty() || text.length() > 10) {
            throw badIndex(at, text);
        }
        long index = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw badIndex(at, text);
            }
            index = index * 10 + digit;
        }
        return index;
    }

    private static VelesException badIndex(Position at, String text) {
        return Refusal.failed(
                at,
                ErrorCode.SPARSE_INDEX,
                "the index " + Json.excerpt(Value.of(text))
                        + " of the sparse vector is no integer: use 0 to 4294967295");
    }

    private static RuntimeException bad(Position at, Value value) {
        return Refusal.unrunnable(
                at,
                "the sparse vector is " + Json.excerpt(value)
                        + ": write an object of weights by index, or of indices and values");
    }
}
