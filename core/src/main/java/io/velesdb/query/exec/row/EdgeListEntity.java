package io.velesdb.query.exec.row;

import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The edges that a relationship with a range walked, in order; possibly none. */
public record EdgeListEntity(List<EdgeEntity> edges) implements Entity {
    private static final int BYTES = 64;
    private static final int REFERENCE_BYTES = 4;

    @Override
    public long id() {
        return edges.isEmpty() ? 0 : edges.get(0).id();
    }

    /** The list of the values, null where an edge lacks the field. */
    @Override
    public Value get(FieldRef field) {
        List<Value> values = new ArrayList<>(edges.size());
        for (EdgeEntity edge : edges) {
            Value value = edge.get(field);
            values.add(value == null ? Value.NULL : value);
        }
        return Arr.of(values);
    }

    @Override
    public long bytes() {
        return BYTES + (long) REFERENCE_BYTES * edges.size();
    }

    /** The ids of the edges. */
    public Arr ids() {
        List<Value> ids = new ArrayList<>(edges.size());
        for (EdgeEntity edge : edges) {
            ids.add(Ids.toValue(edge.id()));
        }
        return Arr.of(ids);
    }
}
