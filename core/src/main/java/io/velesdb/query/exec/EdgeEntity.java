package io.velesdb.query.exec;

import io.velesdb.filter.FieldPath;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edge. A path names a property; {@code id}, {@code source}, {@code target} and {@code label} stand for the edge's own
 * where no property has that name, and {@code properties} for all of them.
 */
record EdgeEntity(long id, long source, long target, String label, Obj properties) implements Entity {
    @Override
    public @Nullable Value get(FieldRef field) {
        if (field.kind() == FieldRef.Kind.VECTOR) {
            return properties.get("vector");
        }
        FieldPath path = field.requirePath();
        List<String> names = path.names();
        String first = names.get(0);
        if (!properties.has(first)) {
            if (names.size() == 1) {
                return own(first);
            }
            if (first.equals("properties")) {
                return walk(names, 1);
            }
        }
        return walk(names, 0);
    }

    private @Nullable Value walk(List<String> names, int from) {
        Value value = properties;
        for (int i = from; i < names.size(); i++) {
            value = value instanceof Obj object ? object.get(names.get(i)) : null;
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    private @Nullable Value own(String name) {
        return switch (name) {
            case "id" -> Ids.toValue(id);
            case "source" -> Ids.toValue(source);
            case "target" -> Ids.toValue(target);
            case "label" -> Value.of(label);
            case "properties" -> properties;
            default -> null;
        };
    }

    /** The edge as a JSON object. */
    Obj toObject() {
        return Obj.builder()
                .put("id", Ids.toValue(id))
                .put("source", Ids.toValue(source))
                .put("target", Ids.toValue(target))
                .put("label", Value.of(label))
                .put("properties", properties)
                .build();
    }
}
