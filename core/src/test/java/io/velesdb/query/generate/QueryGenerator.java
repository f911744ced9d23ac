package io.velesdb.query.generate;

import io.velesdb.query.generate.QuerySchema.Collection;
import io.velesdb.query.generate.QuerySchema.Column;
import io.velesdb.query.generate.QuerySchema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random statements that read, each valid: it parses, passes validation, and runs on data that follows the schema. The
 * same seed gives the same statements. Shapes that only differ in blanks or the case of keywords are left to the parser's
 * own tests.
 *
 * <pre>{@code
 * QueryGenerator generator = new QueryGenerator(schema, seed, QueryGenerator.Feature.all());
 * String statement = generator.next();
 * }</pre>
 */
public final class QueryGenerator {
    /** What statements may use; plain columns, comparisons, AND, OR, NOT, ORDER BY and LIMIT they always may. */
    public enum Feature {
        /** IN, BETWEEN, LIKE, IS NULL, which plain SQL has too. */
        SQL_PREDICATES,
        /** CONTAINS, CONTAINS_TEXT, ILIKE, GEO_… */
        PAYLOAD_PREDICATES,
        DISTINCT,
        GROUPS,
        WINDOWS,
        JOINS,
        SET_OPERATIONS,
        SUBQUERIES,
        BINDINGS,
        VECTOR_SEARCH,
        TEXT_SEARCH,
        /** Of collections that have sparse vectors. */
        SPARSE_SEARCH,
        /** Several query vectors at once. */
        NEAR_FUSED,
        SIMILARITY,
        FUSION,
        GRAPH_PREDICATES,
        /** MATCH … RETURN. */
        PATTERNS,
        EDGES;

        public static Set<Feature> all() {
            return Set.of(values());
        }

        /** What SQL databases answer as well. */
        public static Set<Feature> sql() {
            return Set.of(SQL_PREDICATES, DISTINCT, GROUPS, JOINS, SET_OPERATIONS);
        }
    }

    private static final int MOST_LIKE_TERMS = 8;

    private final QuerySchema schema;
    private final Random random;
    private final Set<Feature> features;
    private int likeTerms;

    public QueryGenerator(QuerySchema schema, long seed, Set<Feature> features) {
        this.schema = schema;
        this.features = Set.copyOf(features);
        random = new Random(seed);
    }

    /** What may stand after WHERE in an UPDATE or DELETE of a collection; only without features that search or walk edges. */
    public String nextCondition(Collection collection) {
        likeTerms = 0;
        return condition(new Source(collection, chance(20) ? collection.name() : ""), 3);
    }

    /** The next statement. */
    public String next() {
        likeTerms = 0;
        if (may(Feature.PATTERNS, 12)) {
            Collection graph = graph();
            if (graph != null) {
                return match(graph);
            }
        }
        if (may(Feature.EDGES, 4)) {
            Collection graph = graph();
            if (graph != null) {
                return edges(graph);
            }
        }
        if (may(Feature.SET_OPERATIONS, 12)) {
            return compound();
        }
        if (may(Feature.GROUPS, 20)) {
            return groups();
        }
        return rows();
    }

    // ---- chance

    private boolean may(Feature feature, int percent) {
        return features.contains(feature) && chance(percent);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private Collection collection() {
        return any(schema.collections());
    }

    private @Nullable Collection graph() {
        List<Collection> graphs = schema.collections().stream()
                .filter(collection -> !collection.relationships().isEmpty())
                .toList();
        return graphs.isEmpty() ? null : any(graphs);
    }

    // ---- names

    /** A source under the name by which its columns are called; an empty name: bare. */
    private record Source(Collection collection, String name) {
        String path(Column column) {
            return (name.isEmpty() ? "" : name + ".") + quoted(column.path());
        }
    }

    /** Names that only quotes make possible, else as they are. */
    private static String quoted(String path) {
        StringBuilder out = new StringBuilder();
        for (String segment : path.split("\\.")) {
            out.append(out.isEmpty() ? "" : ".");
            out.append(segment.matches("[A-Za-z_][A-Za-z0-9_]*") ? segment : "`" + segment + "`");
        }
        return out.toString();
    }

    private Column column(Source source) {
        return chance(20) ? Collection.ID : any(source.collection().columns());
    }

    /** A column whose values are scalars. */
    private Column comparable(Source source) {
        Column column = column(source);
        return column.type() == Type.PLACE ? Collection.ID : column;
    }

    private @Nullable Column column(Source source, Type... types) {
        List<Column> fitting = source.collection().columns().stream()
                .filter(column -> List.of(types).contains(column.type()))
                .toList();
        return fitting.isEmpty() ? null : any(fitting);
    }

    // ---- SELECT

    private String rows() {
        Collection collection = collection();
        if (may(Feature.JOINS, 20)) {
            return join(collection);
        }
        Source source = new Source(collection, chance(20) ? "x" : "");
        Search search = search(source);
        List<String> bindings = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        if (may(Feature.BINDINGS, 10)) {
            for (int i = between(1, 2); i > 0; i--) {
                String name = "bound" + bindings.size();
                out.append("LET ").append(name).append(" = ");
                out.append(arithmetic(source, search, bindings, 2)).append(' ');
                bindings.add(name);
            }
        }
        out.append("SELECT ");
        boolean distinct = may(Feature.DISTINCT, 12);
        out.append(distinct ? "DISTINCT " : "").append(items(source, search, bindings));
        out.append(" FROM ").append(from(source));
        where(out, source, search);
        order(out, source, search, bindings);
        page(out);
        out.append(search.fusion);
        return out.toString();
    }

    private static String from(Source source) {
        return quoted(source.collection().name()) + (source.name().isEmpty() ? "" : " AS " + source.name());
    }

    private String items(Source source, Search search, List<String> bindings) {
        if (chance(25)) {
            return "*";
        }
        List<String> items = new ArrayList<>();
        for (int i = between(1, 4); i > 0; i--) {
            String path = source.path(column(source));
            items.add(chance(20) ? path + " AS " + any("p", "q", "r") : path);
        }
        if (search.scored && chance(40)) {
            items.add("similarity() AS s");
        }
        if (!bindings.isEmpty()) {
            items.add(any(bindings));
        }
        if (may(Feature.WINDOWS, 12)) {
            items.add(window(source, search));
        }
        return String.join(", ", items);
    }

    private String window(Source source, Search search) {
        StringBuilder out = new StringBuilder(any("ROW_NUMBER", "RANK", "DENSE_RANK")).append("() OVER (");
        String separator = "";
        if (chance(50)) {
            out.append("PARTITION BY ").append(source.path(column(source)));
            separator = " ";
        }
        if (chance(70)) {
            String key = search.scored && chance(30) ? "similarity()" : source.path(column(source));
            out.append(separator).append("ORDER BY ").append(key).append(any("", " ASC", " DESC"));
        }
        return out.append(") AS w").toString();
    }

    private void where(StringBuilder out, Source source, Search search) {
        List<String> terms = new ArrayList<>(search.terms);
        if (terms.isEmpty() ? chance(75) : chance(50)) {
            String condition = condition(source, 3);
            terms.add(terms.isEmpty() ? condition : "(" + condition + ")");
        }
        if (!terms.isEmpty()) {
            out.append(" WHERE ").append(String.join(" AND ", terms));
        }
    }

    private void order(StringBuilder out, Source source, Search search, List<String> bindings) {
        if (!chance(45)) {
            return;
        }
        List<String> keys = new ArrayList<>();
        for (int i = between(1, 2); i > 0; i--) {
            String key;
            if (!bindings.isEmpty() && chance(40)) {
                key = any(bindings);
            } else if (search.scored && chance(30)) {
                key = "similarity()";
            } else if (search.scored && chance(15)) {
                key = any(search.variables);
            } else if (chance(15)) {
                key = arithmetic(source, search, bindings, 2);
            } else {
                key = source.path(column(source));
            }
            keys.add(key + any("", " ASC", " DESC"));
        }
        out.append(" ORDER BY ").append(String.join(", ", keys));
    }

    private void page(StringBuilder out) {
        if (chance(60)) {
            out.append(" LIMIT ").append(any("0", "1", "2", "3", "5", "20", "1000"));
        }
        if (chance(15)) {
            out.append(" OFFSET ").append(any("0", "1", "2", "7"));
        }
    }

    private String arithmetic(Source source, Search search, List<String> bindings, int depth) {
        if (depth == 0 || chance(30)) {
            Column number = column(source, Type.INTEGER, Type.FLOAT);
            List<String> atoms = new ArrayList<>(bindings);
            atoms.add(any("2", "0.5", "-3", "1e2", "0"));
            atoms.add(source.path(number == null ? Collection.ID : number));
            if (search.scored) {
                atoms.add("similarity()");
                atoms.add(any(search.variables));
            }
            if (may(Feature.SIMILARITY, 20) && source.collection().dimension() > 0) {
                atoms.add(similarity(source));
            }
            return any(atoms);
        }
        String left = arithmetic(source, search, bindings, depth - 1);
        String right = arithmetic(source, search, bindings, depth - 1);
        String sum = left + any(" + ", " - ", " * ", " / ") + right;
        return chance(40) ? "(" + sum + ")" : sum;
    }

    private String join(Collection left) {
        Source x = new Source(left, "x");
        Source y = new Source(collection(), "y");
        Search search = chance(50) ? search(x) : new Search();
        String kind = any("JOIN", "INNER JOIN", "LEFT JOIN", "RIGHT OUTER JOIN", "FULL JOIN");
        List<String> equations = new ArrayList<>();
        for (int i = chance(20) ? 2 : 1; i > 0; i--) {
            Column a = column(x);
            Column b = column(y, a.type());
            String equation = x.path(a) + " = " + y.path(b == null || chance(30) ? Collection.ID : b);
            equations.add(equation);
        }
        StringBuilder out = new StringBuilder("SELECT ");
        if (chance(20)) {
            out.append("COUNT(*) AS n, MIN(").append(y.path(column(y))).append(") AS least");
        } else {
            out.append(x.path(column(x)))
                    .append(" AS a, ")
                    .append(y.path(column(y)))
                    .append(" AS b");
            if (search.scored && chance(50)) {
                out.append(", similarity() AS s");
            }
        }
        boolean groups = out.indexOf("COUNT(") >= 0;
        out.append(" FROM ")
                .append(from(x))
                .append(' ')
                .append(kind)
                .append(' ')
                .append(from(y));
        out.append(" ON ").append(String.join(" AND ", equations));
        List<String> terms = new ArrayList<>(search.terms);
        if (chance(50)) {
            String condition = condition(chance(50) ? x : y, 2);
            terms.add(terms.isEmpty() ? condition : "(" + condition + ")");
        }
        if (!terms.isEmpty()) {
            out.append(" WHERE ").append(String.join(" AND ", terms));
        }
        if (!groups) {
            order(out, chance(50) ? x : y, search, List.of());
            page(out);
        }
        return out.append(search.fusion).toString();
    }

    private String compound() {
        int columns = between(1, 3);
        boolean all = chance(15);
        StringBuilder out = new StringBuilder(operand(columns, all));
        for (int i = between(1, 3); i > 0; i--) {
            out.append(any(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ")).append(operand(columns, all));
        }
        if (chance(40)) {
            out.append(" LIMIT ").append(between(0, 9));
        }
        return out.toString();
    }

    private String operand(int columns, boolean all) {
        Source source = new Source(collection(), "");
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            items.add(source.path(column(source)) + " AS c" + i);
        }
        StringBuilder out = new StringBuilder("SELECT ");
        out.append(all ? "*" : String.join(", ", items)).append(" FROM ").append(from(source));
        // USING FUSION could follow in the last operand only
        Search search = chance(40) ? search(source) : new Search();
        where(out, source, search.fusion.isEmpty() ? search : new Search());
        return out.toString();
    }

    private String groups() {
        Source source = new Source(collection(), "");
        Search search = chance(30) ? search(source) : new Search();
        List<String> keys = new ArrayList<>();
        for (int i = between(0, 2); i > 0; i--) {
            String key = source.path(column(source));
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        List<String> items = new ArrayList<>(keys);
        for (int i = between(1, 3); i > 0; i--) {
            items.add(aggregate(source, !keys.isEmpty(), search) + " AS n" + i);
        }
        StringBuilder out = new StringBuilder("SELECT ").append(String.join(", ", items));
        out.append(" FROM ").append(from(source));
        where(out, source, search);
        if (!keys.isEmpty()) {
            out.append(" GROUP BY ").append(String.join(", ", keys));
            if (chance(30)) {
                out.append(" HAVING COUNT(*) ").append(comparison()).append(' ').append(between(0, 4));
                if (chance(30)) {
                    out.append(any(" AND ", " OR "))
                            .append("COUNT(*) ")
                            .append(comparison())
                            .append(" 2");
                }
            }
            if (chance(50)) {
                out.append(" ORDER BY ").append(any("n1", any(keys))).append(any("", " DESC"));
            }
        }
        page(out);
        return out.append(search.fusion).toString();
    }

    private String aggregate(Source source, boolean grouped, Search search) {
        if (search.ranked && chance(30)) {
            return any("MIN", "MAX") + "(score)";
        }
        Column number = column(source, Type.INTEGER, Type.FLOAT);
        if (number == null || chance(25)) {
            return "COUNT(*)";
        }
        // of rows that only a threshold scored, which one is the first is open
        boolean first = grouped && (search.ranked || !search.scored) && !features.equals(Feature.sql());
        return switch (random.nextInt(first ? 5 : 4)) {
            case 0 -> "SUM(" + source.path(number) + ")";
            case 1 -> "AVG(" + source.path(number) + ")";
            case 2 -> any("MIN", "MAX") + "(" + source.path(column(source)) + ")";
            case 3 -> "COUNT(" + source.path(column(source)) + ")";
            default -> "FIRST(" + source.path(column(source)) + ")";
        };
    }

    // ---- conditions

    private String condition(Source source, int depth) {
        if (depth == 0 || chance(45)) {
            return predicate(source, depth);
        }
        return switch (random.nextInt(4)) {
            case 0 -> "NOT " + (chance(50) ? predicate(source, 0) : "(" + condition(source, depth - 1) + ")");
            case 1 -> condition(source, depth - 1) + " OR " + condition(source, depth - 1);
            case 2 -> condition(source, depth - 1) + " AND " + condition(source, depth - 1);
            default -> "(" + condition(source, depth - 1) + any(" OR ", " AND ") + condition(source, depth - 1) + ")";
        };
    }

    private String comparison() {
        return any("=", "<>", "<", "<=", ">", ">=");
    }

    private String predicate(Source source, int depth) {
        if (depth > 0 && may(Feature.SUBQUERIES, 6)) {
            Source inner = new Source(collection(), "");
            return source.path(column(source)) + " " + comparison() + " " + subquery(inner);
        }
        if (may(Feature.GRAPH_PREDICATES, 8)
                && !source.collection().relationships().isEmpty()) {
            String anchor = source.name().isEmpty() ? "g" : source.name();
            return "MATCH " + pattern(source.collection(), anchor, between(1, 2));
        }
        if (may(Feature.PAYLOAD_PREDICATES, 25)) {
            String predicate = payloadPredicate(source);
            if (predicate != null) {
                return predicate;
            }
        }
        Column column = comparable(source);
        String path = source.path(column);
        if (may(Feature.SQL_PREDICATES, 45)) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    return path + any(" IS NULL", " IS NOT NULL");
                }
                case 1 -> {
                    return path + any(" IN ", " NOT IN ") + list(column);
                }
                case 2 -> {
                    return path + " BETWEEN " + any(column.values()) + " AND " + any(column.values());
                }
                default -> {
                    if (column.type() == Type.TEXT && likeTerms < MOST_LIKE_TERMS) {
                        likeTerms++;
                        return path + " LIKE " + patternOf(text(column));
                    }
                }
            }
        }
        return path + " " + comparison() + " " + any(column.values());
    }

    private String list(Column column) {
        List<String> values = new ArrayList<>();
        for (int i = between(1, 4); i > 0; i--) {
            values.add(any(column.values()));
        }
        return "(" + String.join(", ", values) + ")";
    }

    /** A string among the values of a column, some of which may be NULL or of another type. */
    private String text(Column column) {
        List<String> strings =
                column.values().stream().filter(value -> value.startsWith("'")).toList();
        return strings.isEmpty() ? "'a'" : any(strings);
    }

    /** A pattern that has a chance: some characters of a string become wildcards. */
    private String patternOf(String literal) {
        String text = literal.substring(1, literal.length() - 1).replace("''", "");
        if (text.isEmpty()) {
            return "'%'";
        }
        int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
        int after = text.offsetByCodePoints(at, 1);
        return switch (random.nextInt(4)) {
            case 0 -> "'" + text.substring(0, at) + "_" + text.substring(after) + "'";
            case 1 -> "'" + text.substring(0, at) + "%'";
            case 2 -> "'%" + text.substring(at) + "'";
            default -> "'%" + text.substring(at, after) + "%'";
        };
    }

    private @Nullable String payloadPredicate(Source source) {
        Column list = column(source, Type.LIST);
        Column text = column(source, Type.TEXT);
        Column place = column(source, Type.PLACE);
        return switch (random.nextInt(3)) {
            case 0 ->
                list == null
                        ? null
                        : source.path(list)
                                + (chance(40)
                                        ? " CONTAINS " + any(list.values())
                                        : any(" CONTAINS ANY ", " CONTAINS ALL ") + list(list));
            case 1 -> {
                if (text == null) {
                    yield null;
                }
                String value = text(text);
                if (likeTerms < MOST_LIKE_TERMS && chance(50)) {
                    likeTerms++;
                    yield source.path(text) + " ILIKE " + patternOf(value.toUpperCase(java.util.Locale.ROOT));
                }
                yield source.path(text) + " CONTAINS_TEXT " + value;
            }
            default ->
                place == null
                        ? null
                        : chance(50)
                                ? "GEO_DISTANCE(" + source.path(place) + ", " + any(place.values()) + ") "
                                        + any("<", "<=", ">", ">=") + " " + any("1000", "60000", "5e6")
                                : "GEO_BBOX(" + source.path(place) + ", -10, -20.5, " + any("45", "80") + ", "
                                        + any("0", "170.25") + ")";
        };
    }

    private String subquery(Source source) {
        StringBuilder out = new StringBuilder("(SELECT ");
        boolean aggregate = chance(60);
        out.append(
                aggregate ? any("MIN", "MAX") + "(" + source.path(column(source)) + ")" : source.path(Collection.ID));
        out.append(" FROM ").append(from(source)).append(" WHERE ");
        if (aggregate) {
            out.append(plainComparison(source));
        } else {
            out.append("id = ").append(any(Collection.ID.values()));
        }
        return out.append(')').toString();
    }

    private String plainComparison(Source source) {
        Column column = comparable(source);
        return source.path(column) + " " + comparison() + " " + any(column.values());
    }

    // ---- searches

    /** The searches of a WHERE, which stand under AND. */
    private static final class Search {
        final List<String> terms = new ArrayList<>();

        /** Names that stand for a part of the score. */
        final List<String> variables = new ArrayList<>(List.of("fused_score", "graph_score"));

        boolean scored;

        /** Whether a search ranks that is no text MATCH. */
        boolean ranked;

        String fusion = "";
    }

    private Search search(Source source) {
        Search search = new Search();
        int dimension = source.collection().dimension();
        if (dimension > 0 && may(Feature.NEAR_FUSED, 6)) {
            nearFused(search, dimension);
            return search;
        }
        if (dimension > 0 && may(Feature.SIMILARITY, 12)) {
            for (int i = chance(30) ? 2 : 1; i > 0; i--) {
                search.terms.add(thresholds(source));
            }
            search.scored = true;
        }
        branches(search, source);
        return search;
    }

    private void nearFused(Search search, int dimension) {
        List<String> vectors = new ArrayList<>();
        for (int i = between(1, 3); i > 0; i--) {
            vectors.add(vector(dimension));
        }
        String inline = chance(50) ? " USING FUSION " + any("'rrf'", "'RRF' (k = 3)", "'average'", "'maximum'") : "";
        search.terms.add("vector NEAR_FUSED [" + String.join(", ", vectors) + "]" + inline);
        search.scored = true;
        search.ranked = true;
        if (may(Feature.FUSION, 40)) {
            search.fusion = " USING FUSION (strategy = " + any("'rrf', k = 2", "'average'", "'maximum'") + ")";
        }
    }

    private void branches(Search search, Source source) {
        int dimension = source.collection().dimension();
        Column text = column(source, Type.TEXT);
        List<String> kinds = new ArrayList<>();
        if (dimension > 0 && may(Feature.VECTOR_SEARCH, 30)) {
            String near = "vector NEAR " + vector(dimension);
            if (chance(15)) {
                // a branch that need not hold
                search.terms.add("(" + near + " OR " + scalar(source, 1) + ")");
                search.scored = true;
                search.ranked = true;
                search.variables.add("vector_score");
                return;
            }
            search.terms.add(near);
            search.variables.add("vector_score");
            kinds.add("vector");
        }
        if (source.collection().sparse() && may(Feature.SPARSE_SEARCH, 20)) {
            search.terms.add("vector SPARSE_NEAR {" + between(0, 3) + ": " + any("1", "0.5", "-2") + ", 4: 0.25}");
            search.variables.add("sparse_score");
            kinds.add("sparse");
        }
        search.ranked = !kinds.isEmpty();
        if (text != null && may(Feature.TEXT_SEARCH, kinds.isEmpty() ? 12 : 30)) {
            String match = source.path(text) + " MATCH " + words(text(text));
            // beside a threshold, rows would be ranked by one of two scores that cannot be compared
            if (kinds.isEmpty() && !search.scored && chance(30)) {
                search.terms.add(chance(50) ? "NOT " + match : "(" + match + " OR " + scalar(source, 1) + ")");
            } else {
                search.terms.add(match);
                kinds.add("text");
            }
            search.variables.add("bm25_score");
            search.scored = true;
        }
        search.scored |= !kinds.isEmpty();
        if (kinds.size() > 1 && may(Feature.FUSION, 60)) {
            search.fusion = " USING FUSION (strategy = " + any(strategies(kinds)) + ")";
        }
    }

    private static List<String> strategies(List<String> kinds) {
        List<String> strategies = new ArrayList<>(List.of("'rrf'", "'rrf', k = 5", "'maximum'", "'average'"));
        if (kinds.equals(List.of("vector", "text"))) {
            strategies.add("'rrf', vector_weight = 0.75");
        }
        strategies.add(
                kinds.size() == 3 || kinds.equals(List.of("vector", "text"))
                        ? "'weighted', vector_weight = 0.75, graph_weight = 0.5"
                        : "'weighted', dense_weight = 0.75, sparse_weight = 0.5");
        if (kinds.size() == 2) {
            strategies.add("'rsf', dense_weight = 0.75, sparse_weight = 0.25");
            strategies.add("'relative_score', dense_weight = 0.25");
        }
        return strategies;
    }

    private String similarity(Source source) {
        String field = source.name().isEmpty() ? "vector" : source.name() + ".vector";
        return "similarity(" + field + ", " + vector(source.collection().dimension()) + ")";
    }

    private String thresholds(Source source) {
        String threshold = threshold(source);
        return switch (random.nextInt(5)) {
            case 0 -> "NOT " + threshold;
            case 1 -> "(" + threshold + " OR " + threshold(source) + ")";
            case 2 -> "(" + scalar(source, 1) + " OR " + threshold + ")";
            default -> threshold;
        };
    }

    private String threshold(Source source) {
        return similarity(source) + " " + any(">", ">=", "<", "<=", "=", "<>") + " "
                + any("0.1", "0.5", "0.9", "-0.25", "1");
    }

    private String words(String literal) {
        String text = literal.substring(1, literal.length() - 1);
        return text.isBlank() ? "'word'" : "'" + text + "'";
    }

    private String vector(int dimension) {
        List<String> components = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            components.add(any("0", "1", "-1", "0.5", "0.25", "-0.75", "0.125"));
        }
        components.set(random.nextInt(dimension), "1");
        return "[" + String.join(", ", components) + "]";
    }

    // ---- graph

    private String pattern(Collection graph, String anchor, int hops) {
        StringBuilder out = new StringBuilder(node(graph, anchor));
        for (int i = 1; i <= hops; i++) {
            out.append(relationship(graph, "")).append(node(graph, chance(60) ? "n" + i : ""));
        }
        return out.toString();
    }

    private String node(Collection graph, String alias) {
        String label = graph.labels().isEmpty() || chance(50) ? "" : ":" + any(graph.labels());
        return "(" + alias + label + ")";
    }

    private String relationship(Collection graph, String alias) {
        StringBuilder inner = new StringBuilder(alias);
        if (chance(60)) {
            inner.append(':').append(any(graph.relationships()));
            if (chance(20)) {
                inner.append('|').append(any(graph.relationships()));
            }
        }
        if (chance(25)) {
            inner.append(any("*1..2", "*0..1", "*2", "*..2", "*2..1"));
        }
        return any("-[" + inner + "]->", "<-[" + inner + "]-", "-[" + inner + "]-");
    }

    private String match(Collection graph) {
        int hops = between(0, 3);
        StringBuilder out = new StringBuilder("MATCH ").append(node(graph, "a0"));
        List<String> relationships = new ArrayList<>();
        for (int i = 1; i <= hops; i++) {
            String alias = chance(30) ? "r" + i : "";
            if (!alias.isEmpty()) {
                relationships.add(alias);
            }
            out.append(relationship(graph, alias)).append(node(graph, "a" + i));
        }
        if (chance(50)) {
            Source node = new Source(graph, "a" + between(0, hops));
            List<String> terms = new ArrayList<>(List.of(scalar(node, 2)));
            if (graph.dimension() > 0 && may(Feature.SIMILARITY, 20)) {
                terms = new ArrayList<>(List.of("(" + terms.get(0) + ")", threshold(node)));
            }
            if (graph.dimension() > 0 && may(Feature.VECTOR_SEARCH, 20)) {
                terms = new ArrayList<>(List.of("(" + terms.get(0) + ")"));
                terms.add("vector NEAR " + vector(graph.dimension()));
            }
            out.append(" WHERE ").append(String.join(" AND ", terms));
        }
        List<String> items = new ArrayList<>();
        for (int i = between(1, 3); i > 0; i--) {
            Source node = new Source(graph, "a" + between(0, hops));
            items.add(chance(20) ? node.name() : node.path(column(node)));
        }
        if (!relationships.isEmpty()) {
            items.add(any(relationships));
        }
        if (chance(20)) {
            items.add(any("similarity()", "similarity() AS s"));
        }
        out.append(" RETURN ").append(String.join(", ", items));
        if (chance(40)) {
            Source node = new Source(graph, "a" + between(0, hops));
            out.append(" ORDER BY ")
                    .append(chance(40) ? any("depth", "similarity()") : node.path(column(node)))
                    .append(any("", " DESC"));
        }
        if (chance(40)) {
            out.append(" LIMIT ").append(between(0, 9));
        }
        return out.toString();
    }

    /** A condition without graph predicates and subqueries, which MATCH does not take or which would need another scope. */
    private String scalar(Source source, int depth) {
        if (depth == 0 || chance(60)) {
            return plainComparison(source);
        }
        String both = scalar(source, depth - 1) + any(" AND ", " OR ") + scalar(source, depth - 1);
        return chance(50) ? "(" + both + ")" : "NOT (" + both + ")";
    }

    private String edges(Collection graph) {
        StringBuilder out = new StringBuilder("SELECT EDGES FROM ").append(quoted(graph.name()));
        List<String> terms = new ArrayList<>();
        for (int i = between(0, 2); i > 0; i--) {
            terms.add(any(
                    "source " + comparison() + " " + any(Collection.ID.values()),
                    "target IN (1, 2, 3)",
                    "label = '" + any(graph.relationships()) + "'",
                    "NOT label = '" + any(graph.relationships()) + "'",
                    "edge_id > 2"));
        }
        out.append(terms.isEmpty() ? "" : " WHERE " + String.join(any(" AND ", " OR "), terms));
        return out.append(chance(40) ? " LIMIT " + between(0, 9) : "").toString();
    }
}
