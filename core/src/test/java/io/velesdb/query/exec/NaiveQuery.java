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
import io.velesdb.query.ast.Statement;
import io.velesdb.query.ast.WindowKey;
import io.velesdb.query.parse.QueryParser;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * SELECT as the language defines it, step by step over lists of rows: no index, no column, no plan, nothing pushed down;
 * joins and groups are nested loops. It shares the parser and the comparison of two values with the engine and nothing
 * else. Without searches and patterns.
 */
final class NaiveQuery {
    private static final int DEFAULT_LIMIT = 10;

    /** A row of a collection, or of a join: one point per source, null where an outer join found none. */
    private static final class Row {
        final @Nullable Point[] points;
        final List<@Nullable Value> bindings = new ArrayList<>();
        final List<Value> windows = new ArrayList<>();
        /** The rows of a group; null for a row that is none. */
        @Nullable
        List<Row> members;

        Row(@Nullable Point... points) {
            this.points = points;
        }
    }

    private final Map<String, List<Point>> collections;

    /** @param collections rows by ascending id */
    NaiveQuery(Map<String, List<Point>> collections) {
        this.collections = collections;
    }

    /** The rows of a statement. */
    List<Obj> run(String text) {
        Query query = QueryParser.parse(text);
        Statement.Compound compound = (Statement.Compound) query.statement();
        List<Obj> rows =
                new One(compound.first(), query.lets(), !compound.rest().isEmpty()).run();
        List<String> names = names(compound.first());
        Select last = compound.first();
        for (Statement.SetOperand operand : compound.rest()) {
            last = operand.select();
            rows = combine(operand.operator(), rows, renamed(new One(last, List.of(), true).run(), names));
        }
        if (!compound.rest().isEmpty() && last.limit() != null) {
            rows = rows.subList(0, (int) Math.min(rows.size(), last.limit().rows()));
        }
        return rows;
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

    private static List<Obj> renamed(List<Obj> rows, List<String> names) {
        List<Obj> all = new ArrayList<>();
        for (Obj row : rows) {
            Obj.Builder named = Obj.builder();
            for (int i = 0; i < row.size(); i++) {
                named.put(names.isEmpty() ? row.name(i) : names.get(i), row.value(i));
            }
            all.add(named.build());
        }
        return all;
    }

    private static List<Obj> combine(Statement.SetOperator operator, List<Obj> left, List<Obj> right) {
        List<Obj> rows = new ArrayList<>();
        switch (operator) {
            case UNION_ALL -> {
                rows.addAll(left);
                rows.addAll(right);
            }
            case UNION -> {
                left.forEach(row -> addOnce(rows, row));
                right.forEach(row -> addOnce(rows, row));
            }
            case INTERSECT -> left.stream().filter(right::contains).forEach(row -> addOnce(rows, row));
            case EXCEPT -> left.stream().filter(row -> !right.contains(row)).forEach(row -> addOnce(rows, row));
        }
        return rows;
    }

    private static void addOnce(List<Obj> rows, Obj row) {
        if (!rows.contains(row)) {
            rows.add(row);
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

        One(Select select, List<Query.Let> lets, boolean operand) {
            this.select = select;
            this.lets = lets;
            this.operand = operand;
            sources.add(select.source());
            select.joins().forEach(join -> sources.add(join.source()));
            operands = new Operands(Obj.EMPTY, 0, this::subquery);
            grouped = !select.groupBy().isEmpty()
                    || select.items().stream().anyMatch(SelectItem.Aggregated.class::isInstance);
        }

        private Value subquery(Select inner) {
            List<Obj> rows = new One(inner, List.of(), false).run();
            if (rows.size() > 1) {
                throw new IllegalStateException("more than one row");
            }
            return rows.isEmpty() ? Value.NULL : rows.get(0).value(0);
        }

        List<Obj> run() {
            List<Row> rows = joined();
            Condition where = select.where();
            if (where != null) {
                rows = rows.stream().filter(row -> holds(where, row)).toList();
            }
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
                    : select.limit() != null ? select.limit().rows() : grouped ? Long.MAX_VALUE : DEFAULT_LIMIT;
            return rows.stream().skip(offset).limit(limit).map(this::columns).toList();
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

        private static @Nullable Value member(@Nullable Point point, List<String> names) {
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

        // ---- WHERE

        private boolean holds(Condition condition, Row row) {
            return switch (condition) {
                case Condition.And and -> and.terms().stream().allMatch(term -> holds(term, row));
                case Condition.Or or -> or.terms().stream().anyMatch(term -> holds(term, row));
                case Condition.Not not -> !holds(not.term(), row);
                default -> {
                    Value value = field(Objects.requireNonNull(Conditions.pathOf(condition)), row);
                    yield test(
                            Objects.requireNonNull(Predicates.of(condition, FieldPath.ofNames("x"), operands)), value);
                }
            };
        }

        private static boolean test(Filter filter, @Nullable Value value) {
            return switch (filter) {
                case Filter.And and -> and.conditions().stream().allMatch(term -> test(term, value));
                case Filter.Or or -> or.conditions().stream().anyMatch(term -> test(term, value));
                case Filter.Not not -> !test(not.condition(), value);
                case Filter.Leaf leaf -> leaf.test(value);
            };
        }

        // ---- GROUP BY

        private List<Row> groups(List<Row> rows) {
            List<Row> groups = new ArrayList<>();
            if (select.groupBy().isEmpty()) {
                groups.add(group());
            }
            for (Row row : rows) {
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
            Path path = (Path) aggregate.argument();
            if (aggregate.function() == Aggregate.Function.FIRST) {
                return rows.isEmpty() ? Value.NULL : Objects.requireNonNullElse(field(path, rows.get(0)), Value.NULL);
            }
            List<Value> values = new ArrayList<>();
            for (Row row : rows) {
                Value value = field(path, row);
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
                default -> throw new IllegalStateException("no searches here: " + arithmetic);
            };
        }

        private @Nullable Value value(Path path, Row row, int visible) {
            Value bound = path.segments().size() == 1 ? binding(path.segments().get(0), row, visible) : null;
            if (bound != null) {
                return bound;
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
                    int sign = compare(windowKey(key, a), windowKey(key, b));
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
                default -> throw new IllegalStateException("no key: " + item);
            };
        }
    }
}
