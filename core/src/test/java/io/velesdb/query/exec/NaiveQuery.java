package io.velesdb.query.exec;

import io.velesdb.Point;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.ast.WindowKey;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.Predicates;
import io.velesdb.query.parse.QueryParser;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * SELECT as the language defines it, step by step over lists of rows: no index, no column, no plan, nothing pushed down;
 * joins and groups are nested loops, searches ({@link NaiveSearch}) score every row, patterns ({@link NaivePattern}) walk every
 * path. It shares the parser and the comparison of two values with the engine and nothing else.
 */
final class NaiveQuery {
    private static final int DEFAULT_LIMIT = 10;

    /** A row of a collection, or of a join: one point per source, null where an outer join found none. */
    private static final class Row {
        final @Nullable Point[] points;
        final List<@Nullable Value> bindings = new ArrayList<>();
        final List<Value> windows = new ArrayList<>();

        @Nullable
        NaiveScore score;

        float graphScore;

        /** The rows of a group; null for a row that is none. */
        @Nullable
        List<Row> members;

        Row(@Nullable Point... points) {
            this.points = points;
        }
    }

    /** What a condition says of a row: whether it holds, the score that it gives, the edges of the path that met it. */
    record Outcome(boolean holds, @Nullable NaiveScore score, int edges) {
        static final int NO_PATH = Integer.MAX_VALUE;

        static Outcome of(boolean holds) {
            return new Outcome(holds, null, NO_PATH);
        }
    }

    /** A row of the result; {@code compared} is what set operations compare. */
    private record Result(
            Value compared, Obj columns, @Nullable NaiveScore score) {
        Result better(Result other) {
            boolean worse = score == null
                    || other.score != null
                            && other.score.higherIsBetter() == score.higherIsBetter()
                            && NaiveScore.BEST_FIRST.compare(other.score, score) < 0;
            return worse && other.score != null ? new Result(compared, columns, other.score) : this;
        }
    }

    private final Map<String, NaiveCollection> collections;

    NaiveQuery(Map<String, NaiveCollection> collections) {
        this.collections = collections;
    }

    /**
     * The rows of a statement.
     *
     * @param target the collection of a MATCH
     */
    List<Obj> run(String text, @Nullable String target) {
        Query query = QueryParser.parse(text);
        if (query.statement() instanceof Statement.Match match) {
            return new NaiveMatch(match, query.lets(), Objects.requireNonNull(collections.get(target))).run();
        }
        if (query.statement() instanceof Statement.SelectEdges select) {
            return NaiveMatch.edges(
                    select,
                    Objects.requireNonNull(collections.get(select.collection().text())));
        }
        Statement.Compound compound = (Statement.Compound) query.statement();
        List<Result> rows =
                new One(compound.first(), query.lets(), !compound.rest().isEmpty()).results();
        Select last = compound.first();
        for (Statement.SetOperand operand : compound.rest()) {
            last = operand.select();
            rows = combine(operand.operator(), rows, new One(last, List.of(), true).results());
        }
        if (!compound.rest().isEmpty() && last.limit() != null) {
            rows = rows.subList(0, (int) Math.min(rows.size(), last.limit().rows()));
        }
        List<String> names = names(compound.first());
        boolean listed = !compound.rest().isEmpty() && !names.isEmpty();
        return rows.stream()
                .map(row -> listed ? named(names, (Arr) row.compared()) : row.columns())
                .toList();
    }

    private static List<String> names(Select select) {
        List<String> names = new ArrayList<>();
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Column column) {
                names.add(
                        column.alias() == null
                                ? column.path().text()
                                : column.alias().text());
            }
        }
        return names;
    }

    private static Obj named(List<String> names, Arr values) {
        Obj.Builder named = Obj.builder();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), values.get(i));
        }
        return named.build();
    }

    private static List<Result> combine(Statement.SetOperator operator, List<Result> left, List<Result> right) {
        List<Result> rows = new ArrayList<>();
        switch (operator) {
            case UNION_ALL -> {
                rows.addAll(left);
                rows.addAll(right);
            }
            case UNION -> {
                left.forEach(row -> addOnce(rows, row));
                right.forEach(row -> addOnce(rows, row));
            }
            case INTERSECT -> {
                List<Result> others = new ArrayList<>();
                right.forEach(row -> addOnce(others, row));
                left.stream().filter(row -> find(others, row) >= 0).forEach(row -> addOnce(rows, row));
                rows.replaceAll(row -> row.better(others.get(find(others, row))));
            }
            case EXCEPT -> left.stream().filter(row -> find(right, row) < 0).forEach(row -> addOnce(rows, row));
        }
        List<Boolean> directions = java.util.stream.Stream.concat(left.stream(), right.stream())
                .map(Result::score)
                .filter(Objects::nonNull)
                .map(NaiveScore::higherIsBetter)
                .distinct()
                .toList();
        if (directions.size() == 1) {
            rows.sort((a, b) -> NaiveScore.BEST_FIRST.compare(a.score(), b.score()));
        }
        return rows;
    }

    private static int find(List<Result> rows, Result row) {
        return rows.stream().map(Result::compared).toList().indexOf(row.compared());
    }

    private static void addOnce(List<Result> rows, Result row) {
        int at = find(rows, row);
        if (at < 0) {
            rows.add(row);
        } else {
            rows.set(at, rows.get(at).better(row));
        }
    }

    /** One SELECT. */
    private final class One {
        private final Select select;
        private final List<Query.Let> lets;
        private final boolean operand;
        private final List<Select.Source> sources = new ArrayList<>();
        private final Operands operands;
        private final boolean grouped;
        private final List<Condition> required = new ArrayList<>();
        private final List<Condition> rest = new ArrayList<>();
        private boolean scored;
        private boolean ranks;

        One(Select select, List<Query.Let> lets, boolean operand) {
            this.select = select;
            this.lets = lets;
            this.operand = operand;
            sources.add(select.source());
            select.joins().forEach(join -> sources.add(join.source()));
            operands = new Operands(Obj.EMPTY, 0, this::subquery);
            splitWhere(select.where());
            grouped = !select.groupBy().isEmpty()
                    || select.items().stream().anyMatch(SelectItem.Aggregated.class::isInstance);
        }

        private Value subquery(Select inner) {
            List<Result> rows = new One(inner, List.of(), false).results();
            if (rows.size() > 1) {
                throw new IllegalStateException("more than one row");
            }
            return rows.isEmpty() ? Value.NULL : rows.get(0).columns().value(0);
        }

        List<Result> results() {
            return run().stream()
                    .map(row -> new Result(compared(row), columns(row), row.score))
                    .toList();
        }

        private Value compared(Row row) {
            return select.items().stream().allMatch(SelectItem.Column.class::isInstance) && !grouped
                    ? Arr.of(shown(row))
                    : columns(row);
        }

        private List<Row> run() {
            List<Row> rows = found(joined());
            rows = grouped ? groups(rows) : rows;
            for (Row row : rows) {
                for (Query.Let let : lets) {
                    row.bindings.add(value(let.value(), row, row.bindings.size()));
                }
            }
            if (select.distinct()) {
                rows = distinct(rows);
            }
            for (SelectItem item : select.items()) {
                if (item instanceof SelectItem.Window window) {
                    number(window, rows);
                }
            }
            if (!select.orderBy().isEmpty()) {
                rows = rows.stream().sorted(this::compareKeys).toList();
            }
            long offset =
                    select.offset() == null || operand ? 0 : select.offset().rows();
            long limit = operand
                    ? Long.MAX_VALUE
                    : select.limit() != null
                            ? select.limit().rows()
                            : grouped && !ranks ? Long.MAX_VALUE : DEFAULT_LIMIT;
            return rows.stream().skip(offset).limit(limit).toList();
        }

        // ---- FROM and JOIN

        private List<Row> joined() {
            List<Row> rows = new ArrayList<>();
            points(0).forEach(point -> rows.add(new Row(point)));
            for (int i = 0; i < select.joins().size(); i++) {
                join(rows, select.joins().get(i), i + 1);
            }
            rows.sort(this::compareIds);
            return rows;
        }

        private List<Point> points(int source) {
            return collection(source).points();
        }

        private NaiveCollection collection(int source) {
            return Objects.requireNonNull(
                    collections.get(sources.get(source).collection().text()));
        }

        private void join(List<Row> rows, Select.Join join, int source) {
            List<Row> left = List.copyOf(rows);
            rows.clear();
            List<Point> unmatched = new ArrayList<>(points(source));
            for (Row row : left) {
                boolean any = false;
                for (Point point : points(source)) {
                    Row both = with(row, source, point);
                    if (agree((Select.JoinCondition.On) join.condition(), both)) {
                        rows.add(both);
                        unmatched.remove(point);
                        any = true;
                    }
                }
                if (!any && (join.kind() == Select.JoinKind.LEFT || join.kind() == Select.JoinKind.FULL)) {
                    rows.add(with(row, source, null));
                }
            }
            if (join.kind() == Select.JoinKind.RIGHT || join.kind() == Select.JoinKind.FULL) {
                unmatched.forEach(point -> rows.add(with(new Row(new Point[source]), source, point)));
            }
        }

        private static Row with(Row row, int source, @Nullable Point point) {
            @Nullable Point[] points = java.util.Arrays.copyOf(row.points, source + 1);
            points[source] = point;
            return new Row(points);
        }

        private boolean agree(Select.JoinCondition.On on, Row row) {
            for (Select.JoinEquality equality : on.equalities()) {
                Value a = field(equality.left(), row);
                Value b = field(equality.right(), row);
                if (a == null || b == null || a.equals(Value.NULL) || !a.equals(b)) {
                    return false;
                }
            }
            return true;
        }

        private int compareIds(Row a, Row b) {
            for (int i = 0; i < a.points.length; i++) {
                Point x = a.points[i];
                Point y = b.points[i];
                int order = x == null || y == null
                        ? Boolean.compare(x == null, y == null)
                        : Long.compareUnsigned(x.id(), y.id());
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        // ---- names

        private int source(String name) {
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).text().equals(name)) {
                    return i;
                }
            }
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).collection().text().equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        private @Nullable Value field(Path path, Row row) {
            List<String> names = path.segments();
            int source = names.size() > 1 ? source(names.get(0)) : -1;
            if (source >= 0) {
                return member(row.points[source], names.subList(1, names.size()));
            }
            for (Point point : row.points) {
                Value value = member(point, names);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }

        // ---- WHERE

        private void splitWhere(@Nullable Condition condition) {
            if (condition instanceof Condition.And and) {
                and.terms().forEach(this::splitWhere);
            } else if (condition != null) {
                (isBranch(condition) ? required : rest).add(condition);
            }
            scored |= condition != null && mentions(condition, term -> isBranch(term) || isSimilarity(term));
            ranks |= condition != null
                    && mentions(condition, term -> isBranch(term) && !(term instanceof Condition.TextMatch));
        }

        /** The rows that satisfy WHERE, with their scores, in the order of section 5. */
        private List<Row> found(List<Row> joined) {
            List<Row> rows = new ArrayList<>();
            for (Row row : joined) {
                Outcome all = outcome(rest, row);
                if (all.holds()) {
                    row.score = required.isEmpty() ? all.score() : null;
                    row.graphScore = all.edges() == Outcome.NO_PATH ? 0 : (float) (1.0 / (1.0 + all.edges()));
                    rows.add(row);
                }
            }
            if (!required.isEmpty()) {
                Map<Long, NaiveScore> scores = searched(rows);
                rows.removeIf(row -> row.points[0] == null || !scores.containsKey(row.points[0].id()));
                rows.forEach(row -> row.score =
                        scores.get(Objects.requireNonNull(row.points[0]).id()));
            }
            if (scored && !grouped) {
                rows.sort((a, b) -> NaiveScore.BEST_FIRST.compare(a.score, b.score));
            }
            return rows;
        }

        private Map<Long, NaiveScore> searched(List<Row> rows) {
            Predicate<Point> among = point -> rows.stream().anyMatch(row -> point.equals(row.points[0]));
            List<NaiveSearch.Ranking> rankings = new ArrayList<>();
            Condition.NearFused fused = null;
            for (Condition branch : required) {
                rankings.addAll(search(0).rankings(branch, among));
                fused = branch instanceof Condition.NearFused near ? near : fused;
            }
            if (rankings.size() == 1 && fused == null) {
                return NaiveSearch.scores(rankings.get(0));
            }
            boolean bestFirst = select.orderBy().isEmpty()
                    || select.orderBy().size() == 1
                            && select.orderBy().get(0).key() instanceof SimilarityScore
                            && select.orderBy().get(0).direction() != OrderItem.Direction.ASC;
            boolean windows = select.items().stream().anyMatch(SelectItem.Window.class::isInstance);
            boolean whole = operand || grouped || select.distinct() || windows || !bestFirst || sources.size() > 1;
            long k = (select.limit() == null ? DEFAULT_LIMIT : select.limit().rows())
                    + (select.offset() == null ? 0 : select.offset().rows());
            return NaiveSearch.fused(
                    rankings, select.fusion(), fused, whole ? Long.MAX_VALUE : Math.max(2 * k, k + 10));
        }

        private Outcome outcome(List<Condition> terms, Row row) {
            return NaiveQuery.all(terms, term -> leaf(term, row));
        }

        private Outcome leaf(Condition condition, Row row) {
            Path path = Conditions.pathOf(condition);
            if (path != null) {
                return Outcome.of(NaiveQuery.holds(condition, field(path, row), operands));
            }
            return switch (condition) {
                case Condition.SimilarityThreshold threshold ->
                    NaiveQuery.threshold(threshold, similarity(threshold.similarity(), row));
                case Condition.GraphMatch match -> pattern(match, row);
                default -> {
                    Point point = row.points[0];
                    NaiveScore score = point == null
                            ? null
                            : NaiveSearch.scores(search(0)
                                            .rankings(condition, all -> true)
                                            .get(0))
                                    .get(point.id());
                    yield new Outcome(score != null, score, Outcome.NO_PATH);
                }
            };
        }

        private Outcome pattern(Condition.GraphMatch match, Row row) {
            Name anchor = match.pattern().nodes().get(0).alias();
            int source = anchor == null ? 0 : Math.max(0, source(anchor.text()));
            Point point = row.points[source];
            int fewest = Outcome.NO_PATH;
            if (point != null) {
                for (NaivePattern.Match found : NaivePattern.matchesFrom(point, match.pattern(), collection(source))) {
                    fewest = Math.min(fewest, found.path().size());
                }
            }
            return new Outcome(fewest != Outcome.NO_PATH, null, fewest);
        }

        private NaiveSearch search(int source) {
            Select.Source named = sources.get(source);
            return new NaiveSearch(
                    collection(source),
                    new HashSet<>(List.of(named.text(), named.collection().text())));
        }

        private @Nullable NaiveScore similarity(Arithmetic.Similarity similarity, Row row) {
            List<String> names = similarity.field().segments();
            int source = names.size() > 1 ? source(names.get(0)) : 0;
            return search(source).similarity(row.points[source], NaiveSearch.vector(similarity.vector()));
        }

        // ---- GROUP BY

        private List<Row> groups(List<Row> rows) {
            List<Row> groups = new ArrayList<>();
            if (select.groupBy().isEmpty()) {
                groups.add(group());
            }
            for (Row row : rows) {
                if (ranks && select.groupBy().stream().anyMatch(path -> field(path, row) == null)) {
                    continue;
                }
                Row group = null;
                for (Row known : groups) {
                    if (keys(members(known), row).equals(keys(List.of(row), row))) {
                        group = known;
                    }
                }
                if (group == null) {
                    group = group();
                    groups.add(group);
                }
                members(group).add(row);
            }
            Select.Having having = select.having();
            if (having != null) {
                groups.removeIf(group -> !holds(having, group));
            }
            groups.sort((a, b) -> {
                int order = 0;
                List<Value> x = keys(members(a), a);
                List<Value> y = keys(members(b), b);
                for (int i = 0; i < x.size() && order == 0; i++) {
                    order = Value.compare(x.get(i), y.get(i));
                }
                return order;
            });
            return groups;
        }

        private static Row group() {
            Row group = new Row();
            group.members = new ArrayList<>();
            return group;
        }

        private static List<Row> members(Row group) {
            return Objects.requireNonNull(group.members);
        }

        /** The keys of the first of some rows, missing as null. */
        private List<Value> keys(List<Row> rows, Row otherwise) {
            Row first = rows.isEmpty() ? otherwise : rows.get(0);
            return select.groupBy().stream()
                    .map(path -> Objects.requireNonNullElse(field(path, first), Value.NULL))
                    .toList();
        }

        private Value aggregate(Aggregate aggregate, Row group) {
            List<Row> rows = members(group);
            if (aggregate.argument() instanceof Argument.AllRows) {
                return Value.of((long) rows.size());
            }
            if (aggregate.function() == Aggregate.Function.FIRST) {
                Value first = rows.stream()
                        .min((a, b) -> NaiveScore.BEST_FIRST.compare(a.score, b.score))
                        .map(row -> argument(aggregate, row))
                        .orElse(null);
                return first == null ? Value.NULL : first;
            }
            List<Value> values = new ArrayList<>();
            for (Row row : rows) {
                Value value = argument(aggregate, row);
                if (value != null && !value.equals(Value.NULL)) {
                    values.add(value);
                }
            }
            List<Value.Num> numbers = new ArrayList<>();
            values.forEach(value -> {
                if (value instanceof Value.Num number) {
                    numbers.add(number);
                }
            });
            double sum = 0;
            for (Value.Num number : numbers) {
                sum += number.doubleValue();
            }
            return switch (aggregate.function()) {
                case COUNT -> Value.of((long) values.size());
                case SUM -> numbers.isEmpty() ? Value.NULL : Value.of(sum);
                case AVG -> numbers.isEmpty() ? Value.NULL : Value.of(sum / numbers.size());
                case MIN -> extreme(values, (a, b) -> Value.compare(a, b) < 0);
                case MAX -> extreme(values, (a, b) -> Value.compare(a, b) > 0);
                case FIRST -> throw new IllegalStateException();
            };
        }

        private @Nullable Value argument(Aggregate aggregate, Row row) {
            if (aggregate.argument() instanceof Path path) {
                return field(path, row);
            }
            return row.score == null ? null : NaiveScore.shown(row.score.value());
        }

        private static Value extreme(List<Value> values, BiPredicate<Value, Value> better) {
            Value best = null;
            for (Value value : values) {
                best = best == null || better.test(value, best) ? value : best;
            }
            return best == null ? Value.NULL : best;
        }

        private boolean holds(Select.Having having, Row group) {
            boolean held = holds(having.first(), group);
            for (Select.HavingStep step : having.steps()) {
                held = step.connective() == Select.Connective.OR
                        ? held || holds(step.term(), group)
                        : held && holds(step.term(), group);
            }
            return held;
        }

        private boolean holds(Select.HavingTerm term, Row group) {
            double a = ((Value.Num) aggregate(term.aggregate(), group)).doubleValue();
            double b = ((Value.Num) operands.scalar(term.value())).doubleValue();
            return switch (term.operator()) {
                case EQ -> a == b;
                case NEQ -> a != b;
                case GT -> a > b;
                case GTE -> a >= b;
                case LT -> a < b;
                case LTE -> a <= b;
            };
        }

        // ---- expressions

        /** What a name stands for in the list: an item with that alias, of a group also an unaliased one. */
        private @Nullable SelectItem item(String text) {
            SelectItem found = null;
            for (SelectItem item : select.items()) {
                Name alias = switch (item) {
                    case SelectItem.Column column -> column.alias();
                    case SelectItem.Aggregated aggregated -> aggregated.alias();
                    case SelectItem.Window window -> window.alias();
                    case SelectItem.Score score -> score.alias();
                    default -> null;
                };
                if (alias != null && alias.text().equals(text)) {
                    found = item;
                }
            }
            return found;
        }

        private @Nullable Value value(Arithmetic arithmetic, Row row, int visible) {
            return switch (arithmetic) {
                case Literal literal -> literal.value();
                case Path path -> value(path, row, visible);
                case Arithmetic.Chain chain -> Value.of(number(chain, row, visible));
                case SimilarityScore score -> shown(row.score);
                case Arithmetic.Similarity similarity -> shown(similarity(similarity, row));
            };
        }

        private static Value shown(@Nullable NaiveScore score) {
            return NaiveScore.shown(score == null ? 0 : score.value());
        }

        /** What a score variable stands for; null for other names. */
        private static @Nullable Float variable(Path path, Row row) {
            NaiveScore score = row.score;
            return switch (path.text()) {
                case "fused_score" -> score == null ? 0 : score.value();
                case "vector_score" -> score == null ? 0 : score.vector();
                case "sparse_score" -> score == null ? 0 : score.sparse();
                case "bm25_score" -> score == null ? 0 : score.text();
                case "graph_score" -> row.graphScore;
                default -> null;
            };
        }

        private @Nullable Value value(Path path, Row row, int visible) {
            Value bound = path.segments().size() == 1 ? binding(path.segments().get(0), row, visible) : null;
            if (bound != null) {
                return bound;
            }
            Float variable = variable(path, row);
            if (variable != null) {
                return NaiveScore.shown(variable);
            }
            SelectItem item = item(path.text());
            return item == null ? plain(path, row) : value(item, row);
        }

        private @Nullable Value binding(String name, Row row, int visible) {
            for (int i = visible - 1; i >= 0; i--) {
                if (lets.get(i).name().text().equals(name)) {
                    return row.bindings.get(i);
                }
            }
            return null;
        }

        private @Nullable Value plain(Path path, Row row) {
            List<Row> rows = row.members;
            if (rows == null) {
                return field(path, row);
            }
            // a row that lacks the key joins the group of null
            return rows.isEmpty() ? null : Objects.requireNonNullElse(field(path, rows.get(0)), Value.NULL);
        }

        private double number(Arithmetic arithmetic, Row row, int visible) {
            NaiveScore score = switch (arithmetic) {
                case SimilarityScore own -> row.score;
                case Arithmetic.Similarity similarity -> similarity(similarity, row);
                default -> null;
            };
            if (score != null) {
                return score.value();
            }
            if (arithmetic instanceof Path path
                    && binding(path.text(), row, visible) == null
                    && variable(path, row) instanceof Float variable) {
                return variable;
            }
            if (!(arithmetic instanceof Arithmetic.Chain chain)) {
                return value(arithmetic, row, visible) instanceof Value.Num number ? number.doubleValue() : 0;
            }
            double result = number(chain.first(), row, visible);
            for (Arithmetic.Step step : chain.steps()) {
                double b = number(step.operand(), row, visible);
                result = switch (step.operator()) {
                    case ADD -> result + b;
                    case SUBTRACT -> result - b;
                    case MULTIPLY -> result * b;
                    case DIVIDE -> Math.abs(b) < 0x1p-23 ? 0 : result / b;
                };
            }
            return result;
        }

        // ---- DISTINCT, windows, ORDER BY, the list

        private List<Row> distinct(List<Row> rows) {
            List<Row> kept = new ArrayList<>();
            List<List<Value>> seen = new ArrayList<>();
            for (Row row : rows) {
                List<Value> shown = shown(row);
                if (!seen.contains(shown)) {
                    seen.add(shown);
                    kept.add(row);
                }
            }
            return kept;
        }

        /** The values of all items but windows, also where two have the same key. */
        private List<Value> shown(Row row) {
            if (grouped || select.items().stream().anyMatch(SelectItem.All.class::isInstance)) {
                return List.of(columns(row));
            }
            return select.items().stream()
                    .filter(item -> !(item instanceof SelectItem.Window))
                    .map(item -> Objects.requireNonNullElse(value(item, row), Value.NULL))
                    .toList();
        }

        private void number(SelectItem.Window window, List<Row> rows) {
            Comparator<Row> order = (a, b) -> {
                for (WindowKey key : window.orderBy()) {
                    int sign = key.value() instanceof SimilarityScore
                            ? NaiveScore.BEST_FIRST.compare(b.score, a.score)
                            : compare(windowKey(key, a), windowKey(key, b));
                    if (sign != 0) {
                        return key.direction() == OrderItem.Direction.DESC ? -sign : sign;
                    }
                }
                return 0;
            };
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                long number = 1;
                List<Row> smaller = new ArrayList<>();
                for (int j = 0; j < rows.size(); j++) {
                    Row other = rows.get(j);
                    if (partition(window, other).equals(partition(window, row))) {
                        int sign = order.compare(other, row);
                        number += sign < 0 || sign == 0 && j < i ? 1 : 0;
                        if (sign < 0) {
                            smaller.add(other);
                        }
                    }
                }
                long dense = 1;
                for (int k = 0; k < smaller.size(); k++) {
                    int at = k;
                    boolean repeated = smaller.subList(0, k).stream()
                            .anyMatch(before -> order.compare(before, smaller.get(at)) == 0);
                    dense += repeated ? 0 : 1;
                }
                row.windows.add(Value.of(
                        switch (window.function()) {
                            case ROW_NUMBER -> number;
                            case RANK -> smaller.size() + 1L;
                            case DENSE_RANK -> dense;
                        }));
            }
        }

        private @Nullable Value windowKey(WindowKey key, Row row) {
            return plain((Path) key.value(), row);
        }

        private List<Value> partition(SelectItem.Window window, Row row) {
            return window.partitionBy().stream()
                    .map(path -> Objects.requireNonNullElse(plain(path, row), Value.NULL))
                    .toList();
        }

        private int compareKeys(Row a, Row b) {
            for (OrderItem item : select.orderBy()) {
                int order;
                if (item.key() instanceof SimilarityScore || item.key() instanceof Arithmetic.Similarity) {
                    // the one key that descends unless told otherwise
                    order = NaiveScore.BEST_FIRST.compare(scoreOf(item, a), scoreOf(item, b));
                    if (order != 0) {
                        return item.direction() == OrderItem.Direction.ASC ? -order : order;
                    }
                    continue;
                }
                if (item.key() instanceof Aggregate aggregate) {
                    order = compare(aggregate(aggregate, a), aggregate(aggregate, b));
                } else if (item.key() instanceof Arithmetic.Chain chain) {
                    double x = number(chain, a, lets.size());
                    double y = number(chain, b, lets.size());
                    order = x < y ? -1 : x > y ? 1 : 0;
                } else {
                    Arithmetic key = (Arithmetic) item.key();
                    order = compare(value(key, a, lets.size()), value(key, b, lets.size()));
                }
                if (order != 0) {
                    return item.direction() == OrderItem.Direction.DESC ? -order : order;
                }
            }
            return grouped ? 0 : compareIds(a, b);
        }

        private @Nullable NaiveScore scoreOf(OrderItem item, Row row) {
            return item.key() instanceof Arithmetic.Similarity similarity ? similarity(similarity, row) : row.score;
        }

        private static int compare(@Nullable Value a, @Nullable Value b) {
            return Value.compare(a, b);
        }

        private @Nullable Value value(SelectItem item, Row row) {
            return switch (item) {
                case SelectItem.Column column -> {
                    List<String> names = column.path().segments();
                    Value bound = names.size() == 1 ? binding(names.get(0), row, row.bindings.size()) : null;
                    yield bound == null ? plain(column.path(), row) : bound;
                }
                case SelectItem.Aggregated aggregated -> aggregate(aggregated.aggregate(), row);
                case SelectItem.Score score -> shown(row.score);
                case SelectItem.Window window -> {
                    int at = 0;
                    for (SelectItem before : select.items()) {
                        if (before == window) {
                            break;
                        }
                        at += before instanceof SelectItem.Window ? 1 : 0;
                    }
                    yield row.windows.size() > at ? row.windows.get(at) : null;
                }
                default -> throw new IllegalStateException("several columns: " + item);
            };
        }

        private Obj columns(Row row) {
            Obj.Builder columns = Obj.builder();
            if (grouped) {
                for (int i = 0; i < select.groupBy().size(); i++) {
                    columns.put(
                            keyOf(select.groupBy().get(i)),
                            keys(members(row), row).get(i));
                }
            }
            for (SelectItem item : select.items()) {
                if (item instanceof SelectItem.All) {
                    all(columns, row);
                } else if (!(grouped && item instanceof SelectItem.Column)) {
                    Value value = value(item, row);
                    if (value != null || !(item instanceof SelectItem.Window)) {
                        columns.put(key(item), value == null ? Value.NULL : value);
                    }
                }
            }
            return columns.build();
        }

        private String keyOf(Path path) {
            String key = path.text();
            for (SelectItem item : select.items()) {
                if (item instanceof SelectItem.Column column
                        && column.path().text().equals(path.text())) {
                    key = key(item);
                }
            }
            return key;
        }

        private void all(Obj.Builder columns, Row row) {
            Point point = Objects.requireNonNull(row.points[0]);
            columns.put("id", Ids.toValue(point.id()));
            Obj payload = point.payload();
            for (int i = 0; payload != null && i < payload.size(); i++) {
                if (!payload.name(i).equals("id")) {
                    columns.put(payload.name(i), payload.value(i));
                }
            }
            for (int i = 0; i < lets.size(); i++) {
                columns.put(lets.get(i).name().text(), Objects.requireNonNullElse(row.bindings.get(i), Value.NULL));
            }
        }

        private static String key(SelectItem item) {
            return switch (item) {
                case SelectItem.Column column ->
                    column.alias() == null
                            ? column.path().text()
                            : column.alias().text();
                case SelectItem.Aggregated aggregated ->
                    aggregated.alias() == null
                            ? aggregated.aggregate().function().name().toLowerCase(Locale.ROOT)
                            : aggregated.alias().text();
                case SelectItem.Window window ->
                    Objects.requireNonNull(window.alias()).text();
                case SelectItem.Score score ->
                    score.alias() == null ? "similarity" : score.alias().text();
                default -> throw new IllegalStateException("no key: " + item);
            };
        }
    }

    // ---- conditions and fields, which SELECT and MATCH share

    static @Nullable Value member(@Nullable Point point, List<String> names) {
        if (point == null) {
            return null;
        }
        if (names.equals(List.of("id"))) {
            return Ids.toValue(point.id());
        }
        Obj payload = point.payload();
        Value value = payload == null ? Obj.EMPTY : payload;
        for (String name : names.get(0).equals("payload") ? names.subList(1, names.size()) : names) {
            value = value instanceof Obj object ? object.get(name) : null;
        }
        return value;
    }

    private static boolean isBranch(Condition condition) {
        return condition instanceof Condition.Near
                || condition instanceof Condition.NearFused
                || condition instanceof Condition.SparseNear
                || condition instanceof Condition.TextMatch;
    }

    static boolean isSimilarity(Condition condition) {
        return condition instanceof Condition.SimilarityThreshold;
    }

    static boolean mentions(Condition condition, Predicate<Condition> what) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(term -> mentions(term, what));
            case Condition.Or or -> or.terms().stream().anyMatch(term -> mentions(term, what));
            case Condition.Not not -> mentions(not.term(), what);
            default -> what.test(condition);
        };
    }

    /** All terms hold; the score is that of the last one that gives one (7.2). */
    static Outcome all(List<Condition> terms, Function<Condition, Outcome> leaf) {
        boolean holds = true;
        NaiveScore score = null;
        int edges = Outcome.NO_PATH;
        for (Condition term : terms) {
            Outcome outcome = outcome(term, leaf);
            holds &= outcome.holds();
            score = outcome.score() == null ? score : outcome.score();
            edges = Math.min(edges, outcome.edges());
        }
        return new Outcome(holds, score, edges);
    }

    private static Outcome outcome(Condition condition, Function<Condition, Outcome> leaf) {
        return switch (condition) {
            case Condition.And and -> all(and.terms(), leaf);
            case Condition.Or or -> {
                Outcome any = Outcome.of(false);
                for (Condition term : or.terms()) {
                    Outcome outcome = outcome(term, leaf);
                    if (outcome.holds()) {
                        boolean better = NaiveScore.BEST_FIRST.compare(outcome.score(), any.score()) < 0;
                        any = new Outcome(
                                true, better ? outcome.score() : any.score(), Math.min(any.edges(), outcome.edges()));
                    }
                }
                yield any;
            }
            case Condition.Not not -> {
                // the rows that fail a similarity keep their score
                Outcome inner = outcome(not.term(), leaf);
                yield new Outcome(!inner.holds(), inner.holds() ? null : inner.score(), Outcome.NO_PATH);
            }
            default -> leaf.apply(condition);
        };
    }

    static Outcome threshold(Condition.SimilarityThreshold threshold, @Nullable NaiveScore score) {
        if (score == null) {
            return Outcome.of(false);
        }
        float t = (float) ((Value.Num) threshold.threshold().value()).doubleValue();
        boolean holds = switch (threshold.operator()) {
            case EQ -> Math.abs((double) score.value() - t) < 0.001;
            case NEQ -> Math.abs((double) score.value() - t) >= 0.001;
            case GT -> score.higherIsBetter() ? score.value() > t : score.value() < t;
            case GTE -> score.higherIsBetter() ? score.value() >= t : score.value() <= t;
            case LT -> score.higherIsBetter() ? score.value() < t : score.value() > t;
            case LTE -> score.higherIsBetter() ? score.value() <= t : score.value() >= t;
        };
        return new Outcome(holds, score, Outcome.NO_PATH);
    }

    /** A predicate over one field. */
    static boolean holds(Condition condition, @Nullable Value value, Operands operands) {
        return test(Objects.requireNonNull(Predicates.of(condition, FieldPath.ofNames("x"), operands)), value);
    }

    private static boolean test(Filter filter, @Nullable Value value) {
        return switch (filter) {
            case Filter.And and -> and.conditions().stream().allMatch(term -> test(term, value));
            case Filter.Or or -> or.conditions().stream().anyMatch(term -> test(term, value));
            case Filter.Not not -> !test(not.condition(), value);
            case Filter.Leaf leaf -> leaf.test(value);
        };
    }
}
