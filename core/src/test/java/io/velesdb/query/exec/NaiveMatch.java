package io.velesdb.query.exec;

import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.ReturnItem;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** MATCH … RETURN (section 15.4) over the matches of {@link NaivePattern}, and SELECT EDGES (section 17). */
final class NaiveMatch {
    private static final Comparator<Row> BY_PATH_LENGTH = Comparator.comparing((Row row) -> row.path.size())
            .thenComparing(row -> row.path, NaivePattern.LEXICOGRAPHIC);
    private static final Comparator<Row> BY_START = Comparator.comparing(
                    (Row row) -> row.match.nodes().get(0).id())
            .thenComparing(row -> row.path, NaivePattern.LEXICOGRAPHIC);

    /** A match that WHERE lets through. */
    private static final class Row {
        final NaivePattern.Match match;
        final List<Long> path;
        final List<Long> key;
        final @Nullable NaiveScore score;

        Row(NaivePattern.Match match, List<Long> key, @Nullable NaiveScore score) {
            this.match = match;
            this.key = key;
            this.score = score;
            path = match.path();
        }
    }

    private final Statement.Match statement;
    private final Pattern pattern;
    private final NaiveCollection collection;
    private final NaiveSearch search;
    private final Operands operands = new Operands(Obj.EMPTY, 0, subquery -> Value.NULL);
    private Condition.@Nullable Near near;
    private final boolean searches;

    NaiveMatch(Statement.Match statement, List<Query.Let> lets, NaiveCollection collection) {
        if (!lets.isEmpty()) {
            throw new IllegalArgumentException("bindings before MATCH are not generated");
        }
        this.statement = statement;
        this.collection = collection;
        pattern = statement.pattern();
        search = new NaiveSearch(collection, java.util.Set.of());
        Condition where = statement.where();
        searches = where != null
                && NaiveQuery.mentions(where, term -> term instanceof Condition.Near || NaiveQuery.isSimilarity(term));
    }

    List<Obj> run() {
        Map<List<Long>, Row> rows = new LinkedHashMap<>();
        for (NaivePattern.Match match : NaivePattern.matches(pattern, collection)) {
            Condition where = statement.where();
            NaiveQuery.Outcome outcome = where == null
                    ? NaiveQuery.Outcome.of(true)
                    : NaiveQuery.all(List.of(where), term -> leaf(term, match));
            if (!outcome.holds()) {
                continue;
            }
            NaiveScore score = near != null
                    ? search.similarity(match.nodes().get(0), NaiveSearch.vector(near.vector()))
                    : searches
                            ? outcome.score()
                            : NaiveScore.of(1.0 / (1.0 + match.path().size()), true);
            Row row = new Row(match, key(match), score);
            rows.merge(row.key, row, (a, b) -> BY_PATH_LENGTH.compare(a, b) <= 0 ? a : b);
        }
        Comparator<Row> last = !statement.orderBy().isEmpty()
                ? Comparator.comparing((Row row) -> row.match
                                .nodes()
                                .get(row.match.nodes().size() - 1)
                                .id())
                        .thenComparing(BY_PATH_LENGTH)
                : searches
                        ? Comparator.<Row, @Nullable NaiveScore>comparing(row -> row.score, NaiveScore.BEST_FIRST)
                                .thenComparing(BY_START)
                        : BY_START;
        return rows.values().stream()
                .sorted(((Comparator<Row>) this::compareKeys)
                        .thenComparing(last)
                        .thenComparing(row -> row.key, NaivePattern.LEXICOGRAPHIC))
                .limit(
                        statement.limit() == null
                                ? Long.MAX_VALUE
                                : statement.limit().rows())
                .map(this::columns)
                .toList();
    }

    /** What tells rows apart: the ids of everything that has an alias, a list of edges with its length. */
    private List<Long> key(NaivePattern.Match match) {
        List<Long> key = new ArrayList<>();
        for (int i = 0; i < pattern.nodes().size(); i++) {
            if (pattern.nodes().get(i).alias() != null) {
                key.add(match.nodes().get(i).id());
            }
            if (i < pattern.relationships().size()
                    && pattern.relationships().get(i).alias() != null) {
                if (pattern.relationships().get(i).range() != null) {
                    key.add((long) match.edges().get(i).size());
                }
                match.edges().get(i).forEach(edge -> key.add(edge.id()));
            }
        }
        return key;
    }

    // ---- names

    private int node(String alias) {
        for (int i = 0; i < pattern.nodes().size(); i++) {
            Name name = pattern.nodes().get(i).alias();
            if (name != null && name.text().equals(alias)) {
                return i;
            }
        }
        return -1;
    }

    private int relationship(String alias) {
        for (int i = 0; i < pattern.relationships().size(); i++) {
            Name name = pattern.relationships().get(i).alias();
            if (name != null && name.text().equals(alias)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Value field(Path path, NaivePattern.Match match) {
        List<String> names = path.segments();
        int node = names.size() > 1 ? node(names.get(0)) : -1;
        int relationship = names.size() > 1 ? relationship(names.get(0)) : -1;
        if (relationship >= 0) {
            List<Value> values = new ArrayList<>();
            for (Edge edge : match.edges().get(relationship)) {
                Value property =
                        edge.properties() == null ? null : edge.properties().get(names.get(1));
                Value value = property == null ? edge(edge, "id").get(names.get(1)) : property;
                values.add(value == null ? Value.NULL : value);
            }
            return pattern.relationships().get(relationship).range() == null ? values.get(0) : Arr.of(values);
        }
        return node < 0
                ? NaiveQuery.member(match.nodes().get(match.nodes().size() - 1), names)
                : NaiveQuery.member(match.nodes().get(node), names.subList(1, names.size()));
    }

    // ---- WHERE

    private NaiveQuery.Outcome leaf(Condition condition, NaivePattern.Match match) {
        Path path = Conditions.pathOf(condition);
        if (path != null) {
            return NaiveQuery.Outcome.of(NaiveQuery.holds(condition, field(path, match), operands));
        }
        return switch (condition) {
            case Condition.Near nearest -> {
                near = nearest;
                yield NaiveQuery.Outcome.of(true);
            }
            case Condition.SimilarityThreshold threshold ->
                NaiveQuery.threshold(threshold, similarity(threshold.similarity(), match));
            default -> throw new IllegalStateException("not in MATCH: " + condition);
        };
    }

    private @Nullable NaiveScore similarity(Arithmetic.Similarity similarity, NaivePattern.Match match) {
        Point point = match.nodes().get(node(similarity.field().segments().get(0)));
        return search.similarity(point, NaiveSearch.vector(similarity.vector()));
    }

    // ---- ORDER BY, RETURN

    private int compareKeys(Row a, Row b) {
        for (OrderItem item : statement.orderBy()) {
            int order;
            if (item.key() instanceof SimilarityScore) {
                order = NaiveScore.BEST_FIRST.compare(a.score, b.score);
                order = item.direction() == OrderItem.Direction.ASC ? -order : order;
            } else {
                Path path = (Path) item.key();
                order = path.text().equals("depth")
                        ? Integer.compare(a.path.size(), b.path.size())
                        : Value.compare(field(path, a.match), field(path, b.match));
                order = item.direction() == OrderItem.Direction.DESC ? -order : order;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private Obj columns(Row row) {
        Obj.Builder columns = Obj.builder();
        for (ReturnItem item : statement.items()) {
            String alias = item.alias() == null ? null : item.alias().text();
            switch (item) {
                case ReturnItem.Property property ->
                    columns.put(
                            Objects.requireNonNullElse(alias, property.path().text()),
                            Objects.requireNonNullElse(field(property.path(), row.match), Value.NULL));
                case ReturnItem.Binding binding -> {
                    String name = binding.name().text();
                    bound(columns, name, Objects.requireNonNullElse(alias, name), row.match);
                }
                case ReturnItem.Score score ->
                    columns.put(
                            Objects.requireNonNullElse(alias, "similarity()"),
                            NaiveScore.shown(row.score == null ? 0 : row.score.value()));
                case ReturnItem.All all -> {
                    for (int i = 0; i < pattern.nodes().size(); i++) {
                        Name name = pattern.nodes().get(i).alias();
                        if (name != null && node(name.text()) == i) {
                            bound(columns, name.text(), name.text(), row.match);
                        }
                    }
                }
            }
        }
        return columns.build();
    }

    private void bound(Obj.Builder columns, String name, String prefix, NaivePattern.Match match) {
        int node = node(name);
        int relationship = relationship(name);
        if (node >= 0) {
            Point point = match.nodes().get(node);
            columns.put(prefix + ".id", Ids.toValue(point.id()));
            Obj payload = Objects.requireNonNullElse(point.payload(), Obj.EMPTY);
            for (int i = 0; i < payload.size(); i++) {
                columns.put(prefix + "." + payload.name(i), payload.value(i));
            }
        } else if (pattern.relationships().get(relationship).range() == null) {
            columns.put(prefix, edge(match.edges().get(relationship).get(0), "id"));
        } else {
            List<Value> ids = match.edges().get(relationship).stream()
                    .map(edge -> Ids.toValue(edge.id()))
                    .toList();
            columns.put(prefix, Arr.of(ids));
        }
    }

    private static Obj edge(Edge edge, String id) {
        return Obj.builder()
                .put(id, Ids.toValue(edge.id()))
                .put("source", Ids.toValue(edge.source()))
                .put("target", Ids.toValue(edge.target()))
                .put("label", Value.of(edge.label()))
                .put("properties", edge.properties() == null ? Obj.EMPTY : edge.properties())
                .build();
    }

    /** The rows of SELECT EDGES. */
    static List<Obj> edges(Statement.SelectEdges statement, NaiveCollection collection) {
        Operands operands = new Operands(Obj.EMPTY, 0, subquery -> Value.NULL);
        Condition where = statement.where();
        return collection.edges().stream()
                .map(edge -> edge(edge, "edge_id"))
                .filter(row -> where == null
                        || NaiveQuery.all(
                                        List.of(where),
                                        term -> NaiveQuery.Outcome.of(NaiveQuery.holds(
                                                term,
                                                row.get(Objects.requireNonNull(Conditions.pathOf(term))
                                                        .text()),
                                                operands)))
                                .holds())
                .limit(
                        statement.limit() == null
                                ? Long.MAX_VALUE
                                : statement.limit().rows())
                .toList();
    }
}
