package io.velesdb.query.exec.match;

import io.velesdb.query.ast.Pattern;
import io.velesdb.query.exec.row.EdgeEntity;
import io.velesdb.query.exec.row.EdgeListEntity;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.plan.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What tells the matches of a pattern apart: that which has an alias. Matches that agree on all of it are one row. */
final class MatchKeys {
    /** The ids of what has an alias. */
    record Key(long[] ids) {
        private static final int BYTES = 64;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && Arrays.equals(ids, that.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }

        /** About what it takes on the heap, with its place in a table. */
        long bytes() {
            return BYTES + (long) Long.BYTES * ids.length;
        }
    }

    private final Pattern pattern;
    private final int[] aliased;

    /** @param scope of the pattern */
    MatchKeys(Pattern pattern, Scope scope) {
        this.pattern = pattern;
        aliased = IntStream.range(0, scope.size())
                .filter(source -> scope.source(source).name() != null)
                .toArray();
    }

    /**
     * Whether no two matches have one key: the edges of all relationships are told, and where the path lies on them, by a
     * node or by a direction.
     */
    boolean tellAll() {
        List<Pattern.RelationshipPattern> relationships = pattern.relationships();
        return relationships.stream().allMatch(relationship -> relationship.alias() != null)
                && (pattern.nodes().stream().anyMatch(node -> node.alias() != null)
                        || relationships.stream()
                                .anyMatch(relationship -> relationship.range() == null
                                        && relationship.direction() != Pattern.Direction.EITHER));
    }

    /** Whether a node is a part of every key, so that matches of different rows are different. */
    boolean tellNode(int node) {
        return pattern.nodes().get(node).alias() != null;
    }

    /** Whether all matches have as many edges. */
    boolean haveOneLength() {
        return pattern.relationships().stream().allMatch(MatchKeys::isFixed);
    }

    /** Whether a walk depth first finds the matches of a first node in the order of their edges. */
    boolean areFoundInOrder() {
        List<Pattern.RelationshipPattern> relationships = pattern.relationships();
        // a range before others is ended before it is made longer, and what follows it may have greater edges
        return relationships.isEmpty()
                || relationships.subList(0, relationships.size() - 1).stream().allMatch(MatchKeys::isFixed);
    }

    private static boolean isFixed(Pattern.RelationshipPattern relationship) {
        Pattern.HopRange range = relationship.range();
        return range == null || range.min() == range.max();
    }

    /** The key of a match; a list of edges counts with its length, so that lists do not run together. */
    Key of(Tuple match) {
        long[] ids = new long[aliased.length];
        int size = 0;
        for (int source : aliased) {
            if (match.entity(source) instanceof EdgeListEntity list) {
                int edges = list.edges().size();
                ids = Arrays.copyOf(ids, ids.length + edges);
                ids[size++] = edges;
                for (EdgeEntity edge : list.edges()) {
                    ids[size++] = edge.id();
                }
            } else {
                Entity entity = match.entity(source);
                ids[size++] = entity == null ? -1 : entity.id();
            }
        }
        return new Key(ids);
    }

    /** The order of keys, from left to right: one path may be taken apart into ranges in several ways. */
    int compare(Tuple a, Tuple b) {
        long[] x = of(a).ids;
        long[] y = of(b).ids;
        // not Arrays.compareUnsigned, which the browser's class library lacks
        for (int i = 0; i < x.length && i < y.length; i++) {
            int order = Long.compareUnsigned(x[i], y[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.length, y.length);
    }
}
