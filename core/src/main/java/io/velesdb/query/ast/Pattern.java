package io.velesdb.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of nodes and relationships.
 *
 * @param nodes one more than relationships; relationship i stands between node i and node i + 1
 */
public record Pattern(Position position, List<NodePattern> nodes, List<RelationshipPattern> relationships)
        implements Node {
    public Pattern {
        nodes = List.copyOf(nodes);
        relationships = List.copyOf(relationships);
        if (nodes.size() != relationships.size() + 1) {
            throw new IllegalArgumentException("a chain has one node more than relationships");
        }
    }

    /**
     * {@code (alias:Label:Label@collection {name: value})}.
     *
     * @param collection where the data of the node comes from; absent: from the target collection
     */
    public record NodePattern(
            Position position,
            @Nullable Name alias,
            List<Name> labels,
            @Nullable Name collection,
            List<Field> properties)
            implements Node {
        public NodePattern {
            labels = List.copyOf(labels);
            properties = List.copyOf(properties);
        }
    }

    /**
     * {@code -[alias:TYPE|TYPE*1..3 {name: value}]->}.
     *
     * @param types empty: any
     * @param range absent: one hop, and the alias is an edge and no list
     */
    public record RelationshipPattern(
            Position position,
            Direction direction,
            @Nullable Name alias,
            List<Name> types,
            @Nullable HopRange range,
            List<Field> properties)
            implements Node {
        public RelationshipPattern {
            types = List.copyOf(types);
            properties = List.copyOf(properties);
        }
    }

    /** Which way edges are followed. */
    public enum Direction {
        /** From source to target. */
        OUTGOING,
        /** From target to source. */
        INCOMING,
        EITHER
    }

    /** {@code *min..max}; {@code *} is {@code 1..UNBOUNDED}. A range with max below min matches nothing. */
    public record HopRange(Position position, int min, int max) implements Node {
        /** The upper bound of an open range. */
        public static final int UNBOUNDED = Integer.MAX_VALUE;
    }
}
