package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a point of what a line holds, by the rules that all formats share. */
final class PointBuilder {
    /** The member that holds sparse vectors by name. */
    static final String SPARSE = "sparse_vectors";

    private PointBuilder() {}

    /** The sparse vectors by name; none for {@code null}. */
    static Map<String, SparseVector> sparse(@Nullable Value value) {
        if (value == null || value instanceof Value.Null) {
            return Map.of();
        }
        if (!(value instanceof Obj named)) {
            throw new VelesException(
                    ErrorCode.SPARSE_INDEX, SPARSE + " is not an object with a sparse vector under each name");
        }
        Map<String, SparseVector> vectors = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            vectors.put(named.name(i), SparseVector.fromJson(named.value(i)));
        }
        return vectors;
    }

    /**
     * A number, or its digits as text, is the id itself. Any other text is turned into an id by the engine's derivation and
     * kept in the payload under the column's name.
     */
    static Point point(
            Columns columns, long line, @Nullable Value id, float @Nullable [] vector, @Nullable Obj payload) {
        if (vector == null && columns.vectorRequired()) {
            throw new VelesException(
                    ErrorCode.VECTOR_REQUIRED,
                    "there is no '" + columns.vector() + "', which --vector-column names as the place of the vector");
        }
        if (columns.lineIds()) {
            return new Point(line, vector, payload);
        }
        if (id == null || id instanceof Value.Null) {
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    "there is no '" + columns.id()
                            + "'; name the id with --id-column, or number the lines with --line-ids");
        }
        if (!(id instanceof Value.Str text)) {
            return new Point(Ids.of(id), vector, payload);
        }
        long number = Ids.derive(text.text());
        if (Ids.format(number).equals(text.text())) {
            return new Point(number, vector, payload);
        }
        Obj rest = payload == null ? Obj.EMPTY : payload;
        return new Point(number, vector, rest.has(columns.id()) ? rest : rest.with(columns.id(), text));
    }

    /** An array of numbers, or nothing for {@code null}. Whether it fits the collection is the engine's question. */
    static float @Nullable [] vector(String name, @Nullable Value value) {
        if (value == null || value instanceof Value.Null) {
            return null;
        }
        if (!(value instanceof Arr numbers)) {
            throw new VelesException(ErrorCode.INVALID_VECTOR, name + " is not an array of numbers");
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Value.Num number)) {
                throw new VelesException(
                        ErrorCode.INVALID_VECTOR, name + "[" + i + "] is " + numbers.get(i) + ", not a number");
            }
            vector[i] = (float) number.doubleValue();
        }
        return vector;
    }
}
