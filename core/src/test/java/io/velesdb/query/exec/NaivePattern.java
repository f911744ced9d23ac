package io.velesdb.query.exec;

import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The matches of a pattern (section 15.3), found by walking every path from the first node on. */
final class NaivePattern {
    static final Comparator<List<Long>> LEXICOGRAPHIC =
            (a, b) -> Arrays.compare(a.toArray(Long[]::new), b.toArray(Long[]::new));

    /** The rows and the edges of one match. */
    record Match(List<Point> nodes, List<List<Edge>> edges) {
        List<Long> path() {
            return edges.stream().flatMap(List::stream).map(Edge::id).toList();
        }
    }

    private final Pattern pattern;
    private final NaiveCollection collection;
    private final List<Match> matches = new ArrayList<>();

    private NaivePattern(Pattern pattern, NaiveCollection collection) {
        this.pattern = pattern;
        this.collection = collection;
    }

    /** All matches. */
    static List<Match> matches(Pattern pattern, NaiveCollection collection) {
        NaivePattern walk = new NaivePattern(pattern, collection);
        for (Point point : collection.points()) {
            walk.bind(List.of(point), List.of());
        }
        return walk.matches;
    }

    /** Those whose first node is a row. */
    static List<Match> matchesFrom(Point first, Pattern pattern, NaiveCollection collection) {
        NaivePattern walk = new NaivePattern(pattern, collection);
        walk.bind(List.of(first), List.of());
        return walk.matches;
    }

    private void bind(List<Point> bound, List<List<Edge>> walked) {
        int place = bound.size() - 1;
        Point last = bound.get(place);
        if (!accepts(pattern.nodes().get(place), last)) {
            return;
        }
        for (int i = 0; i < place; i++) {
            Name alias = pattern.nodes().get(i).alias();
            if (alias != null
                    && alias.equals(pattern.nodes().get(place).alias())
                    && bound.get(i).id() != last.id()) {
                return;
            }
        }
        if (place == pattern.relationships().size()) {
            matches.add(new Match(bound, walked));
        } else {
            hop(bound, walked, List.of(), last.id());
        }
    }

    private static boolean accepts(Pattern.NodePattern node, Point point) {
        Obj payload = Objects.requireNonNullElse(point.payload(), Obj.EMPTY);
        List<Value> labels = payload.get("_labels") instanceof Arr array ? array.elements() : List.of();
        return node.labels().stream().allMatch(label -> labels.contains(Value.of(label.text())))
                && holds(node.properties(), payload);
    }

    private static boolean holds(List<Field> properties, @Nullable Obj members) {
        return properties.stream()
                .allMatch(property -> members != null
                        && ((Literal) property.value())
                                .value()
                                .equals(members.get(property.name().text())));
    }

    private void hop(List<Point> bound, List<List<Edge>> walked, List<Edge> own, long at) {
        Pattern.RelationshipPattern relationship = pattern.relationships().get(bound.size() - 1);
        Pattern.HopRange range = relationship.range();
        if (own.size() >= (range == null ? 1 : range.min()) && own.size() <= (range == null ? 1 : range.max())) {
            bind(with(bound, Objects.requireNonNull(collection.find(at))), with(walked, own));
        }
        if (own.size() >= (range == null ? 1 : range.max())) {
            return;
        }
        for (Edge edge : collection.edges()) {
            boolean used = own.contains(edge) || walked.stream().anyMatch(list -> list.contains(edge));
            boolean typed = relationship.types().isEmpty()
                    || relationship.types().stream()
                            .anyMatch(type -> type.text().equals(edge.label()));
            if (used || !typed || !holds(relationship.properties(), edge.properties())) {
                continue;
            }
            boolean out = relationship.direction() != Pattern.Direction.INCOMING && edge.source() == at;
            boolean in = relationship.direction() != Pattern.Direction.OUTGOING && edge.target() == at;
            if (out || in) {
                hop(bound, walked, with(own, edge), out ? edge.target() : edge.source());
            }
        }
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }
}
