package io.velesdb.query.exec;

import io.velesdb.filter.Operator;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.ast.WindowKey;
import io.velesdb.query.generate.QuerySchema;
import io.velesdb.query.generate.QuerySchema.Collection;
import io.velesdb.query.generate.QuerySchema.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of a statement whether SQL suffices for it and, when it does, what it is in the SQL of SQLite over the tables of
 * {@link SqliteOracle}. What it leaves out: searches and patterns; predicates that SQL has not (CONTAINS of arrays, ILIKE, GEO);
 * MIN and MAX of columns that hold arrays or objects, which all tie; ORDER BY a SUM or AVG, whose last bit depends on the order
 * of additions; {@code *} in joins and set operations.
 *
 * <p>Where the language departs from SQL, the SQL says so: every predicate is two-valued ({@code coalesce(…, 0)}), comparisons of
 * order hold between two numbers or two texts only, sorting goes by the rank of the type first, DISTINCT keeps the first
 * row, arithmetic is in doubles and divides by nothing to 0.
 */
final class PlainSql {
    /**
     * A statement in SQL.
     *
     * @param keys of its columns, in order; a repeated key: the last counts
     * @param missingLeftOut whether a column that a row lacks is no column of the answer, as under {@code *}
     * @param inOrder whether the rows come in the order of the language; false of set operations, whose order SQL leaves open
     * @param atMost how many of the rows are the answer; of set operations, else all
     */
    record Translated(
            String sql, List<String> keys, boolean missingLeftOut, boolean inOrder, long atMost, boolean approximate) {}

    /** No SQL for this statement; the message says why. */
    private static final class NotSql extends RuntimeException {
        NotSql(String why) {
            super(why, null, false, false);
        }
    }

    private static final String NULL = "x'00'";

    private final QuerySchema schema;
    private final Map<String, Integer> refused = new HashMap<>();

    PlainSql(QuerySchema schema) {
        this.schema = schema;
    }

    /** Reasons with how many statements were not translated for them. */
    Map<String, Integer> refused() {
        return Collections.unmodifiableMap(refused);
    }

    /** The statement in SQL; null when SQL does not suffice. */
    @Nullable
    Translated translate(Query query) {
        try {
            if (!(query.statement() instanceof Statement.Compound compound)) {
                throw new NotSql("no SELECT");
            }
            return compound.rest().isEmpty()
                    ? new One(compound.first(), query.lets()).statement()
                    : compound(compound, query.lets());
        } catch (NotSql e) {
            refused.merge(Objects.requireNonNull(e.getMessage()), 1, Integer::sum);
            return null;
        }
    }

    private Translated compound(Statement.Compound compound, List<Query.Let> lets) {
        if (!lets.isEmpty() || compound.first().limit() != null) {
            throw new NotSql("bindings or a limit before a set operator");
        }
        One first = new One(compound.first(), List.of());
        StringBuilder sql = new StringBuilder(first.operand());
        Select last = compound.first();
        for (Statement.SetOperand operand : compound.rest()) {
            if (last != compound.first() && last.limit() != null) {
                throw new NotSql("a limit of an operand");
            }
            last = operand.select();
            sql.append(' ').append(operand.operator().text()).append(' ');
            sql.append(new One(last, List.of()).operand());
        }
        if (!last.orderBy().isEmpty() || last.offset() != null) {
            throw new NotSql("a set operation with an order");
        }
        long atMost = last.limit() == null ? Long.MAX_VALUE : last.limit().rows();
        return new Translated(sql.toString(), first.keys(), false, false, atMost, false);
    }

    // ---- the tables

    private Collection collection(Name name) {
        for (Collection collection : schema.collections()) {
            if (collection.name().equals(name.text())) {
                return collection;
            }
        }
        throw new NotSql("an unknown collection");
    }

    /** The columns of a table: the id, the columns of the schema, and the members that hold them. */
    static List<String> columns(Collection collection) {
        Set<String> columns = new LinkedHashSet<>();
        columns.add("id");
        collection.columns().forEach(column -> columns.add(column.path()));
        columns.addAll(members(collection));
        return List.copyOf(columns);
    }

    private static Set<String> members(Collection collection) {
        Set<String> members = new LinkedHashSet<>();
        collection.columns().forEach(column -> members.add(column.path().split("\\.")[0]));
        if (!collection.labels().isEmpty()) {
            members.add("_labels");
        }
        return members;
    }

    /** In the quotes of which SQLite does not make a text when no column has the name. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String literal(io.velesdb.value.Value value) {
        return switch (value) {
            case io.velesdb.value.Value.Null none -> NULL;
            case io.velesdb.value.Value.Bool bool -> bool.value() ? "x'02'" : "x'01'";
            case io.velesdb.value.Value.Num number -> number.toString();
            case io.velesdb.value.Value.Str text -> text(text.text());
            default -> throw new NotSql("a literal that is no scalar");
        };
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    // ---- fragments

    private static String isNumber(String x) {
        return "typeof(" + x + ") IN ('integer', 'real')";
    }

    private static String isText(String x) {
        return "typeof(" + x + ") = 'text'";
    }

    private static String orNull(String x) {
        return "coalesce(" + x + ", " + NULL + ")";
    }

    /** A number as a double, NULL for everything else. */
    private static String number(String x) {
        return "CASE WHEN " + isNumber(x) + " THEN CAST(" + x + " AS REAL) END";
    }

    /** Sorts by the total order of section 4.2. */
    private static String sorted(String x, String direction) {
        String rank =
                "CASE typeof(" + x + ") WHEN 'null' THEN 0 WHEN 'integer' THEN 4 WHEN 'real' THEN 4 WHEN 'text' THEN 5"
                        + " ELSE (CASE substr(" + x + ", 1, 1) WHEN x'00' THEN 1 WHEN x'01' THEN 2 WHEN x'02' THEN 3"
                        + " WHEN x'03' THEN 6 ELSE 7 END) END";
        return rank + direction + ", CASE WHEN typeof(" + x + ") <> 'blob' THEN " + x + " END" + direction;
    }

    private static String direction(OrderItem.@Nullable Direction direction) {
        return direction == OrderItem.Direction.DESC ? " DESC" : " ASC";
    }

    private static String symbol(Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NEQ -> "<>";
            case GT -> ">";
            case GTE -> ">=";
            case LT -> "<";
            case LTE -> "<=";
        };
    }

    private static String comparison(String x, Operator operator, String y) {
        if (!operator.isOrdering()) {
            return (operator == Operator.NEQ ? "NOT " : "") + "coalesce(" + x + " = " + y + ", 0)";
        }
        return "coalesce((" + isNumber(x) + " AND " + isNumber(y) + " OR " + isText(x) + " AND " + isText(y) + ") AND "
                + x + " " + symbol(operator) + " " + y + ", 0)";
    }

    /** One SELECT; its rows are those of {@code r}, whose columns are called {@code 0.name}, by the number of the source. */
    private final class One {
        private final Select select;
        private final List<Select.Source> sources = new ArrayList<>();
        private final List<Query.Let> lets;
        private final boolean grouped;

        /** What FIRST needs: the value of the first row, beside every row of the group. */
        private final List<String> firsts = new ArrayList<>();

        private boolean approximate;

        One(Select select, List<Query.Let> lets) {
            this.select = select;
            this.lets = lets;
            sources.add(select.source());
            select.joins().forEach(join -> sources.add(join.source()));
            grouped = !select.groupBy().isEmpty()
                    || select.items().stream().anyMatch(SelectItem.Aggregated.class::isInstance);
            if (select.fusion() != null) {
                throw new NotSql("a fusion");
            }
        }

        Translated statement() {
            List<String> items = items();
            String from = filtered();
            StringBuilder sql = new StringBuilder("SELECT ").append(String.join(", ", items));
            List<String> order = new ArrayList<>();
            for (OrderItem item : select.orderBy()) {
                order.add(key(item));
            }
            if (!firsts.isEmpty()) {
                StringBuilder with = new StringBuilder("(SELECT *");
                for (int i = 0; i < firsts.size(); i++) {
                    with.append(", ").append(firsts.get(i)).append(" AS first").append(i);
                }
                from = with.append(" FROM ").append(from).append(')').toString();
            }
            if (select.distinct() && !all()) {
                if (grouped) {
                    throw new NotSql("DISTINCT of groups");
                }
                List<String> shown = new ArrayList<>();
                for (SelectItem item : select.items()) {
                    if (!(item instanceof SelectItem.Window)) {
                        shown.add(orNull(value(item)));
                    }
                }
                from = "(SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY "
                        + (shown.isEmpty() ? "1" : String.join(", ", shown)) + " ORDER BY " + ids() + ") AS nth FROM "
                        + from + ") WHERE nth = 1)";
            }
            sql.append(" FROM ").append(from);
            if (grouped) {
                groups(sql, order);
            } else {
                order.add(ids());
            }
            if (!order.isEmpty()) {
                sql.append(" ORDER BY ").append(String.join(", ", order));
            }
            long limit = select.limit() != null ? select.limit().rows() : grouped ? -1 : 10;
            sql.append(" LIMIT ").append(limit);
            if (select.offset() != null) {
                sql.append(" OFFSET ").append(select.offset().rows());
            }
            return new Translated(sql.toString(), keys(), all(), true, Long.MAX_VALUE, approximate);
        }

        private void groups(StringBuilder sql, List<String> order) {
            if (select.groupBy().isEmpty()) {
                return;
            }
            List<String> keys =
                    select.groupBy().stream().map(path -> orNull(field(path))).toList();
            sql.append(" GROUP BY ").append(String.join(", ", keys));
            Select.Having having = select.having();
            if (having != null) {
                String terms = having(having.first());
                for (Select.HavingStep step : having.steps()) {
                    terms = "(" + terms + (step.connective() == Select.Connective.OR ? " OR " : " AND ")
                            + having(step.term()) + ")";
                }
                sql.append(" HAVING ").append(terms);
            }
            keys.forEach(key -> order.add(sorted(key, " ASC")));
            // arrays tie: then the group that began first
            order.add("MIN(`0.id`)");
        }

        private String having(Select.HavingTerm term) {
            if (term.aggregate().function() != Aggregate.Function.COUNT || !(term.value() instanceof Literal)) {
                throw new NotSql("HAVING of something else than a count");
            }
            return aggregate(term.aggregate()) + " " + symbol(term.operator()) + " " + operand(term.value());
        }

        /** One operand of a set operation. */
        String operand() {
            if (all() || grouped || select.distinct() || !lets.isEmpty()) {
                throw new NotSql("a set operation of * or groups");
            }
            List<String> items = new ArrayList<>();
            for (SelectItem item : select.items()) {
                items.add(orNull(value(item)));
            }
            return "SELECT " + String.join(", ", items) + " FROM " + filtered();
        }

        private boolean all() {
            return select.items().stream().anyMatch(SelectItem.All.class::isInstance);
        }

        // ---- FROM, JOIN, WHERE

        private String filtered() {
            Condition where = select.where();
            return where == null
                    ? "(" + joined() + ")"
                    : "(SELECT * FROM (" + joined() + ") WHERE " + holds(where) + ")";
        }

        private String joined() {
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                for (String column : columns(collection(sources.get(i).collection()))) {
                    columns.add("s" + i + "." + quoted(column) + " AS " + quoted(i + "." + column));
                }
            }
            StringBuilder sql = new StringBuilder("SELECT " + String.join(", ", columns) + " FROM ");
            sql.append(quoted(sources.get(0).collection().text())).append(" AS s0");
            for (int i = 1; i < sources.size(); i++) {
                Select.Join join = select.joins().get(i - 1);
                sql.append(' ').append(join.kind()).append(" JOIN ");
                sql.append(quoted(sources.get(i).collection().text())).append(" AS s" + i + " ON ");
                if (!(join.condition() instanceof Select.JoinCondition.On on)) {
                    throw new NotSql("USING");
                }
                List<String> equalities = new ArrayList<>();
                for (Select.JoinEquality equality : on.equalities()) {
                    String left = joining(equality.left());
                    equalities.add(left + " = " + joining(equality.right()) + " AND " + left + " <> " + NULL);
                }
                sql.append(String.join(" AND ", equalities));
            }
            return sql.toString();
        }

        private String joining(Path path) {
            String[] parts = reference(path);
            return "s" + parts[0] + "." + quoted(parts[1]);
        }

        private String field(Path path) {
            return quoted(String.join(".", reference(path)));
        }

        /** The number of the source and its column. */
        private String[] reference(Path path) {
            List<String> names = path.segments();
            int source = names.size() > 1 ? source(names.get(0)) : -1;
            if (source < 0 && sources.size() > 1) {
                throw new NotSql("a path without a source in a join");
            }
            String column = String.join(".", source < 0 ? names : names.subList(1, names.size()));
            source = Math.max(source, 0);
            if (!columns(collection(sources.get(source).collection())).contains(column)) {
                throw new NotSql("a path outside the schema");
            }
            return new String[] {Integer.toString(source), column};
        }

        private int source(String name) {
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).text().equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        private Type type(Path path) {
            String[] parts = reference(path);
            Collection collection =
                    collection(sources.get(Integer.parseInt(parts[0])).collection());
            for (QuerySchema.Column column : collection.columns()) {
                if (column.path().equals(parts[1])) {
                    return column.type();
                }
            }
            return parts[1].equals("id") ? Type.INTEGER : Type.PLACE;
        }

        private String holds(Condition condition) {
            return switch (condition) {
                case Condition.And and -> all(and.terms(), " AND ");
                case Condition.Or or -> all(or.terms(), " OR ");
                case Condition.Not not -> "NOT (" + holds(not.term()) + ")";
                case Condition.Comparison c -> comparison(field(c.path()), c.operator(), operand(c.value()));
                case Condition.Between c ->
                    "(" + comparison(field(c.path()), Operator.GTE, operand(c.low())) + " AND "
                            + comparison(field(c.path()), Operator.LTE, operand(c.high())) + ")";
                case Condition.In c -> {
                    List<String> values = c.values().stream().map(this::operand).toList();
                    yield (c.negated() ? "NOT " : "") + "coalesce(" + field(c.path()) + " IN ("
                            + String.join(", ", values) + "), 0)";
                }
                case Condition.IsNull c ->
                    (c.negated() ? "NOT " : "") + "(" + orNull(field(c.path())) + " = " + NULL + ")";
                case Condition.Like c -> {
                    if (c.ignoreCase() || c.pattern().contains("\\")) {
                        throw new NotSql("ILIKE");
                    }
                    String field = field(c.path());
                    yield "coalesce(" + isText(field) + " AND " + field + " LIKE " + text(c.pattern()) + ", 0)";
                }
                case Condition.ContainsText c -> {
                    String field = field(c.path());
                    String found = c.text().isEmpty() ? "1" : "instr(" + field + ", " + text(c.text()) + ") > 0";
                    yield "coalesce(" + isText(field) + " AND " + found + ", 0)";
                }
                default -> throw new NotSql("a predicate that SQL has not");
            };
        }

        private String all(List<Condition> terms, String connective) {
            return "(" + String.join(connective, terms.stream().map(this::holds).toList()) + ")";
        }

        private String operand(Operand operand) {
            return switch (operand) {
                case Literal literal -> literal(literal.value());
                case Operand.Subquery subquery -> orNull("(" + new One(subquery.select(), List.of()).scalar() + ")");
                default -> throw new NotSql("a value that is no literal");
            };
        }

        /** A subquery, which has one row at most. */
        String scalar() {
            if (select.items().size() != 1 || !select.groupBy().isEmpty() || all()) {
                throw new NotSql("a subquery of several columns");
            }
            return "SELECT " + value(select.items().get(0)) + " FROM " + filtered();
        }

        private String ids() {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                ids.add("`" + i + ".id` IS NULL, `" + i + ".id`");
            }
            return String.join(", ", ids);
        }

        // ---- the list

        private List<String> items() {
            List<String> items = new ArrayList<>();
            if (grouped) {
                select.groupBy().forEach(path -> items.add(orNull(field(path))));
            }
            for (SelectItem item : select.items()) {
                if (item instanceof SelectItem.All) {
                    allMembers().forEach(member -> items.add(quoted("0." + member)));
                    for (int i = 0; i < lets.size(); i++) {
                        items.add(orNull(binding(i)));
                    }
                } else if (!(grouped && item instanceof SelectItem.Column)) {
                    items.add(value(item));
                }
            }
            return items;
        }

        List<String> keys() {
            List<String> keys = new ArrayList<>();
            if (grouped) {
                for (Path path : select.groupBy()) {
                    String key = path.text();
                    for (SelectItem item : select.items()) {
                        if (item instanceof SelectItem.Column column
                                && column.path().text().equals(key)
                                && column.alias() != null) {
                            key = column.alias().text();
                        }
                    }
                    keys.add(key);
                }
            }
            for (SelectItem item : select.items()) {
                if (item instanceof SelectItem.All) {
                    keys.addAll(allMembers());
                    lets.forEach(let -> keys.add(let.name().text()));
                } else if (!(grouped && item instanceof SelectItem.Column)) {
                    keys.add(key(item));
                }
            }
            return keys;
        }

        private List<String> allMembers() {
            if (sources.size() > 1) {
                throw new NotSql("* of a join");
            }
            List<String> members = new ArrayList<>(List.of("id"));
            members.addAll(members(collection(select.source().collection())));
            return members;
        }

        private static String key(SelectItem item) {
            Name alias = alias(item);
            if (alias != null) {
                return alias.text();
            }
            return switch (item) {
                case SelectItem.Column column -> column.path().text();
                case SelectItem.Aggregated aggregated
                when aggregated.aggregate().argument() instanceof Argument.AllRows -> "count";
                default -> throw new NotSql("an item without alias");
            };
        }

        private static @Nullable Name alias(SelectItem item) {
            return switch (item) {
                case SelectItem.Column column -> column.alias();
                case SelectItem.Aggregated aggregated -> aggregated.alias();
                case SelectItem.Window window -> window.alias();
                default -> null;
            };
        }

        private String value(SelectItem item) {
            return switch (item) {
                case SelectItem.Column column -> {
                    List<String> names = column.path().segments();
                    String bound = names.size() == 1 ? binding(names.get(0), lets.size()) : null;
                    yield bound != null ? bound : grouped ? orNull(field(column.path())) : field(column.path());
                }
                case SelectItem.Aggregated aggregated -> aggregate(aggregated.aggregate());
                case SelectItem.Window window -> window(window);
                default -> throw new NotSql("a score");
            };
        }

        private String aggregate(Aggregate aggregate) {
            if (aggregate.argument() instanceof Argument.AllRows) {
                return "COUNT(*)";
            }
            if (!(aggregate.argument() instanceof Path path)) {
                throw new NotSql("an aggregate of scores");
            }
            String x = field(path);
            if (aggregate.function() == Aggregate.Function.MIN || aggregate.function() == Aggregate.Function.MAX) {
                if (type(path) == Type.LIST || type(path) == Type.PLACE) {
                    throw new NotSql("an extreme of arrays or objects");
                }
            }
            String bools = "CASE WHEN " + x + " IN (x'01', x'02') THEN " + x + " END";
            String rest = "CASE WHEN typeof(" + x + ") <> 'blob' THEN " + x + " END";
            return switch (aggregate.function()) {
                case COUNT -> "COUNT(CASE WHEN " + x + " <> " + NULL + " THEN 1 END)";
                case SUM, AVG -> {
                    approximate = true;
                    yield aggregate.function() + "(" + number(x) + ")";
                }
                case MIN -> "coalesce(MIN(" + bools + "), MIN(" + rest + "))";
                case MAX -> "coalesce(MAX(" + rest + "), MAX(" + bools + "))";
                case FIRST -> first(orNull(x));
            };
        }

        /** The value of the first row of a group; it is the same in all of its rows, so that any aggregate gives it. */
        private String first(String x) {
            List<String> keys =
                    select.groupBy().stream().map(path -> orNull(field(path))).toList();
            String value =
                    "first_value(" + x + ") OVER (PARTITION BY " + String.join(", ", keys) + " ORDER BY " + ids() + ")";
            if (!firsts.contains(value)) {
                firsts.add(value);
            }
            return "MAX(first" + firsts.indexOf(value) + ")";
        }

        private String window(SelectItem.Window window) {
            if (grouped) {
                throw new NotSql("a window over groups");
            }
            List<String> order = new ArrayList<>();
            for (WindowKey key : window.orderBy()) {
                if (!(key.value() instanceof Path path)) {
                    throw new NotSql("a score");
                }
                order.add(sorted(field(path), direction(key.direction())));
            }
            if (window.function() == SelectItem.WindowFunction.ROW_NUMBER) {
                order.add(ids());
            }
            List<String> keys = window.partitionBy().stream()
                    .map(path -> orNull(field(path)))
                    .toList();
            return window.function() + "() OVER ("
                    + (keys.isEmpty() ? "" : "PARTITION BY " + String.join(", ", keys))
                    + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order)) + ")";
        }

        // ---- ORDER BY and arithmetic

        private String key(OrderItem item) {
            String direction = direction(item.direction());
            return switch (item.key()) {
                case Aggregate aggregate -> sortedAggregate(aggregate, direction);
                case Arithmetic.Chain chain -> arithmetic(chain, lets.size()) + direction;
                case Path path -> {
                    SelectItem named = binding(path.text(), lets.size()) == null ? item(path) : null;
                    yield named instanceof SelectItem.Aggregated aggregated
                            ? sortedAggregate(aggregated.aggregate(), direction)
                            : sorted(value(path, lets.size()), direction);
                }
                case Literal literal -> "1 + 0";
                default -> throw new NotSql("a score");
            };
        }

        private String sortedAggregate(Aggregate aggregate, String direction) {
            if (aggregate.function() == Aggregate.Function.SUM || aggregate.function() == Aggregate.Function.AVG) {
                throw new NotSql("ORDER BY a sum");
            }
            return sorted(orNull(aggregate(aggregate)), direction);
        }

        private @Nullable SelectItem item(Path path) {
            SelectItem found = null;
            for (SelectItem item : select.items()) {
                Name alias = alias(item);
                if (alias != null && alias.text().equals(path.text())) {
                    found = item;
                }
            }
            return found;
        }

        private String value(Path path, int visible) {
            String bound = path.segments().size() == 1 ? binding(path.segments().get(0), visible) : null;
            if (bound != null) {
                return bound;
            }
            SelectItem item = item(path);
            if (item != null) {
                return value(item);
            }
            return grouped ? orNull(field(path)) : field(path);
        }

        private @Nullable String binding(String name, int visible) {
            for (int i = visible - 1; i >= 0; i--) {
                if (lets.get(i).name().text().equals(name)) {
                    return binding(i);
                }
            }
            return null;
        }

        private String binding(int i) {
            return switch (lets.get(i).value()) {
                case Literal literal -> literal(literal.value());
                case Path path -> value(path, i);
                case Arithmetic.Chain chain -> arithmetic(chain, i);
                default -> throw new NotSql("a score");
            };
        }

        /** A double. */
        private String arithmetic(Arithmetic arithmetic, int visible) {
            return switch (arithmetic) {
                case Literal literal -> "CAST(" + literal(literal.value()) + " AS REAL)";
                case Path path -> "coalesce(" + number(value(path, visible)) + ", 0.0)";
                case Arithmetic.Chain chain -> {
                    String result = arithmetic(chain.first(), visible);
                    for (Arithmetic.Step step : chain.steps()) {
                        String b = arithmetic(step.operand(), visible);
                        result = step.operator() == Arithmetic.Operator.DIVIDE
                                ? "CASE WHEN abs(" + b + ") < 1.1920928955078125e-07 THEN 0.0 ELSE " + result + " / "
                                        + b + " END"
                                : result + " " + step.operator().text() + " " + b;
                        result = "(" + result + ")";
                    }
                    yield result;
                }
                default -> throw new NotSql("a score");
            };
        }
    }
}
