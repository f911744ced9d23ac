package io.velesdb.search;

import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** About how many bytes values and rows take on the heap. */
public final class Memory {
    /** An id with its score. */
    static final int SCORED = Long.BYTES + Float.BYTES;

    private static final int OBJECT = 24;
    private static final int REFERENCE = 8;

    private Memory() {}

    /** A value with all that is in it. */
    public static long bytes(Value value) {
        return switch (value) {
            case Value.Str text -> 2L * OBJECT + text.text().length();
            case Arr array -> {
                long sum = OBJECT;
                for (Value element : array) {
                    sum += REFERENCE + bytes(element);
                }
                yield sum;
            }
            case Obj object -> {
                long sum = 2L * OBJECT;
                for (int i = 0; i < object.size(); i++) {
                    sum += 2L * REFERENCE + bytes(object.value(i));
                }
                yield sum;
            }
            default -> OBJECT;
        };
    }

    /** A row of an answer with this payload, in its list. */
    public static long row(@Nullable Obj payload) {
        return 2L * OBJECT + REFERENCE + (payload == null ? 0 : bytes(payload));
    }

    static long bytes(Point point) {
        float[] vector = point.vector();
        long sum = row(point.payload()) + (vector == null ? 0 : OBJECT + (long) Float.BYTES * vector.length);
        for (SparseVector sparse : point.sparse().values()) {
            sum += 4L * OBJECT + (long) (Integer.BYTES + Float.BYTES) * sparse.size();
        }
        return sum;
    }

    static long bytes(Edge edge) {
        return row(edge.properties());
    }

    /** A node with the ids of the edges that lead to it. */
    static long path(int edges) {
        return 4L * OBJECT + (long) (OBJECT + REFERENCE) * edges;
    }
}
