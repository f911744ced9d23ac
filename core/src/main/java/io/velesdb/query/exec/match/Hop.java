package io.velesdb.query.exec.match;

import io.velesdb.Direction;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.LabelSet;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relationship of a pattern, bound to a graph.
 *
 * @param least hops, at least
 * @param most hops, at most; below {@code least} nothing matches
 * @param ranged whether its alias is a list of edges
 * @param properties what every edge must have; empty for anything
 */
record Hop(
        Direction direction,
        LabelSet labels,
        int least,
        int most,
        boolean ranged,
        @Nullable String alias,
        List<Property> properties) {
    /** A property that must be equal. */
    record Property(String name, Value value) {}

    static Hop of(Pattern.RelationshipPattern pattern, GraphView graph, Operands operands) {
        List<String> types = pattern.types().stream().map(Name::text).toList();
        List<Property> properties = new ArrayList<>();
        for (Field property : pattern.properties()) {
            properties.add(new Property(property.name().text(), operands.scalar(property.value())));
        }
        Pattern.HopRange range = pattern.range();
        Name alias = pattern.alias();
        return new Hop(
                switch (pattern.direction()) {
                    case OUTGOING -> Direction.OUT;
                    case INCOMING -> Direction.IN;
                    case EITHER -> Direction.BOTH;
                },
                graph.labels(types),
                range == null ? 1 : range.min(),
                range == null ? 1 : range.max(),
                range != null,
                alias == null ? null : alias.text(),
                List.copyOf(properties));
    }

    /** Whether an edge has the properties. */
    boolean meets(GraphView graph, int edge) {
        if (properties.isEmpty()) {
            return true;
        }
        Obj own = graph.properties(edge);
        if (own == null) {
            return false;
        }
        for (Property property : properties) {
            if (!property.value().equals(own.get(property.name()))) {
                return false;
            }
        }
        return true;
    }

    /** The same relationship from its other node. */
    Hop reversed() {
        Direction turned = switch (direction) {
            case OUT -> Direction.IN;
            case IN -> Direction.OUT;
            case BOTH -> Direction.BOTH;
        };
        return new Hop(turned, labels, least, most, ranged, alias, properties);
    }
}
