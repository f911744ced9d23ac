package io.velesdb.query.exec.row;

import io.velesdb.filter.FieldPath;
import io.velesdb.graph.GraphView;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edge of a graph, read when it is asked for something. A path names a property; {@code id}, {@code source}, {@code
 * target} and {@code label} stand for the edge's own where no property has that name, and {@code properties} for all of
 * them.
 */
public final class EdgeEntity implements Entity {
    private final GraphView graph;
    private final int number;
    private @Nullable Obj properties;

    /** @param number of the edge in the graph */
    public EdgeEntity(GraphView graph, int number) {
        this.graph = graph;
        this.number = number;
    }

    @Override
    public long id() {
        return graph.edgeId(number);
    }

    private Obj properties() {
        Obj known = properties;
        if (known == null) {
            Obj read = graph.properties(number);
            known = read == null ? Obj.EMPTY : read;
            properties = known;
        }
        return known;
    }

    @Override
    public @Nullable Value get(FieldRef field) {
        if (field.kind() == FieldRef.Kind.VECTOR) {
            return properties().get("vector");
        }
        FieldPath path = field.requirePath();
        List<String> names = path.names();
        String first = names.get(0);
        if (!properties().has(first)) {
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
        Value value = properties();
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
            case "id" -> Ids.toValue(id());
            case "source" -> source();
            case "target" -> target();
            case "label" -> Value.of(graph.label(number));
            case "properties" -> properties();
            default -> null;
        };
    }

    private Value source() {
        return Ids.toValue(graph.nodeId(graph.source(number)));
    }

    private Value target() {
        return Ids.toValue(graph.nodeId(graph.target(number)));
    }

    /** The edge as a JSON object. */
    public Obj toObject() {
        return Obj.builder()
                .put("id", Ids.toValue(id()))
                .put("source", source())
                .put("target", target())
                .put("label", Value.of(graph.label(number)))
                .put("properties", properties())
                .build();
    }
}
