package io.velesdb.query.exec.row;

import io.velesdb.Edge;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edge as a row of {@code SELECT EDGES}: the fields {@code edge_id}, {@code source}, {@code target}, {@code label} and
 * {@code properties}; every other name is that of a property.
 */
public record EdgeRow(Edge edge) implements Entity {
    @Override
    public long id() {
        return edge.id();
    }

    private Obj properties() {
        Obj properties = edge.properties();
        return properties == null ? Obj.EMPTY : properties;
    }

    @Override
    public @Nullable Value get(FieldRef field) {
        if (field.kind() == FieldRef.Kind.VECTOR) {
            return properties().get("vector");
        }
        List<String> names = field.requirePath().names();
        String first = names.get(0);
        if (names.size() == 1) {
            switch (first) {
                case "edge_id":
                    return Ids.toValue(edge.id());
                case "source":
                    return Ids.toValue(edge.source());
                case "target":
                    return Ids.toValue(edge.target());
                case "label":
                    return Value.of(edge.label());
                case "properties":
                    return properties();
                default:
                    break;
            }
        }
        Value value = properties();
        for (int i = first.equals("properties") ? 1 : 0; i < names.size(); i++) {
            value = value instanceof Obj object ? object.get(names.get(i)) : null;
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    /** The columns of the row. */
    public Obj columns() {
        return Obj.builder()
                .put("edge_id", Ids.toValue(edge.id()))
                .put("source", Ids.toValue(edge.source()))
                .put("target", Ids.toValue(edge.target()))
                .put("label", Value.of(edge.label()))
                .put("properties", properties())
                .build();
    }
}
