package io.velesdb.query.exec;

import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.search.Memory;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import io.velesdb.vector.PairScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs MATCH … RETURN (section 15.4). Source 2i of a row is node i, source 2i + 1 relationship i. */
final class MatchRunner {
    private static final String TARGET = "_collection";

    /** About the bytes of a match without path and sources: its objects, its key, its places in a table and a list. */
    private static final int MATCH_BYTES = 200;

    /** An edge is an object, and stands in the path and perhaps in the list of a range. */
    private static final int EDGE_BYTES = 32;

    private static final int ROW_BYTES = 40;
    private static final int LIST_BYTES = 64;
    private static final int REFERENCE_BYTES = 4;

    private final Statement.Match match;
    private final List<Query.Let> lets;
    private final Execution execution;
    private final Scope scope;
    private final Operands operands;
    private final Conditions conditions;
    private final ReturnColumns columns;
    private final VisibleRows target;
    private final int[] aliased;
    private final List<Condition> tested = new ArrayList<>();
    private final Map<Integer, List<Filter>> nodeFilters = new HashMap<>();
    private Condition.@Nullable Near near;
    private boolean searches;

    MatchRunner(Statement.Match match, List<Query.Let> lets, Execution execution, Statements statements) {
        this.match = match;
        this.lets = lets;
        this.execution = execution;
        scope = Scope.of(match.pattern());
        operands = statements.operands(execution, 0);
        conditions = new Conditions(scope, operands, this::bindSearch);
        target = PatternWalk.target(targetOf(match.pattern(), execution.parameters()), execution);
        columns = new ReturnColumns(match, scope, lets);
        aliased = IntStream.range(0, scope.size())
                .filter(source -> scope.source(source).name() != null)
                .toArray();
        splitWhere();
    }

    private static String targetOf(Pattern pattern, Obj parameters) {
        Value given = parameters.get(TARGET);
        if (given != null) {
            if (given instanceof Value.Str name) {
                return name.text();
            }
            throw Refusal.unrunnable(pattern.position(), "the parameter $_collection is " + given + ": use a name");
        }
        Name only = null;
        for (Pattern.NodePattern node : pattern.nodes()) {
            Name mark = node.collection();
            if (mark == null || only != null && !only.equals(mark)) {
                throw withoutTarget(pattern);
            }
            only = mark;
        }
        if (only == null) {
            throw withoutTarget(pattern);
        }
        return only.text();
    }

    private static RuntimeException withoutTarget(Pattern pattern) {
        return Refusal.unrunnable(
                pattern.position(),
                "MATCH names no collection: pass one with the request, or mark all nodes with one, as in (n@films)");
    }

    /** The name of the target collection. */
    String collection() {
        return target.state().name();
    }

    // ---- WHERE

    private void splitWhere() {
        for (Condition term : Conditions.conjuncts(match.where())) {
            if (term instanceof Condition.Near nearest) {
                if (near != null) {
                    throw Refusal.unrunnable(nearest.position(), "a second NEAR: MATCH is ranked by one");
                }
                near = nearest;
                searches = true;
            } else if (!pushed(term)) {
                tested.add(term);
            }
        }
    }

    /** Hands a condition on the data of one node to the walk. */
    private boolean pushed(Condition term) {
        for (int node = 0; node < match.pattern().nodes().size(); node++) {
            Filter filter = conditions.filter(term, 2 * node);
            if (filter != null) {
                nodeFilters.computeIfAbsent(node, n -> new ArrayList<>()).add(filter);
                return true;
            }
        }
        return false;
    }

    private RowCondition bindSearch(Condition condition) {
        if (condition instanceof Condition.TextMatch text) {
            return textTest(text);
        }
        throw Refusal.unrunnable(
                condition.position(),
                "this search cannot stand here: MATCH … WHERE takes similarity(alias.field, v), and vector NEAR v"
                        + " that is not under OR and NOT");
    }

    /** Text MATCH only filters here: the rows of the node's collection that have one of the words. */
    private RowCondition textTest(Condition.TextMatch text) {
        FieldRef field = scope.resolve(text.path());
        int source = field.source();
        if (field.kind() == FieldRef.Kind.VECTOR || source % 2 != 0) {
            throw Refusal.unrunnable(text.position(), "MATCH searches text fields of nodes: name one");
        }
        Name mark = match.pattern().nodes().get(source / 2).collection();
        if (mark != null && execution.snapshot().find(mark.text()) == null) {
            return (row, finding) -> false;
        }
        VisibleRows rows = mark == null ? target : PatternWalk.target(mark.text(), execution);
        RowSet all = RowSet.of(rows, null, execution);
        Set<Long> found = new HashSet<>();
        for (long id : new TextBranch(source, field.requirePath(), text.text(), execution)
                .retrieve(all, all.count(), true)
                .ids()) {
            found.add(id);
        }
        return (row, finding) -> {
            Entity entity = row.entity(source);
            return entity != null && found.contains(entity.id());
        };
    }

    // ---- running

    List<ResultRow> run() {
        long limit = match.limit() == null
                ? execution.limits().maxRows()
                : Math.min(execution.limits().maxRows(), match.limit().rows());
        List<Tuple> rows = matches(limit);
        rank(rows);
        Operator ordered = Operator.of(rows);
        Expressions expressions = new Expressions(new MatchNames(), conditions::similarity);
        if (!lets.isEmpty()) {
            List<Expression> bindings = new ArrayList<>();
            for (int i = 0; i < lets.size(); i++) {
                bindings.add(expressions.bind(lets.get(i).value(), i));
            }
            ordered = new LetBindings(ordered, bindings);
        }
        refuseOrder();
        List<SortKey> keys = expressions.keys(match.orderBy(), lets.size());
        Comparator<Tuple> last = !keys.isEmpty() ? BY_END : searches ? BEST_FIRST : BY_PATH;
        ordered = new Sort(ordered, keys, last.thenComparing(this::byKey), (int) limit, execution);
        List<ResultRow> results = new ArrayList<>();
        for (List<Tuple> batch = ordered.next(); batch != null; batch = ordered.next()) {
            for (Tuple row : batch) {
                ResultRow result = columns.row(row);
                execution.addResult(result.values());
                results.add(result);
            }
        }
        return results;
    }

    /**
     * Matches that agree on everything with an alias are one row: the one with the fewest edges, then the smaller ids. Of the
     * rows that are not among the first {@code limit}, those are left out that the walk need not come to.
     */
    private List<Tuple> matches(long limit) {
        searches |= tested.stream().anyMatch(MatchRunner::hasSimilarity);
        RowCondition condition = conditions.all(tested);
        BoundPattern pattern = BoundPattern.of(
                        match.pattern(), target, node -> nodeFilters.getOrDefault(node, List.of()), operands, execution)
                .fromCheaperEnd(target, execution);
        PatternWalk walk = new PatternWalk(pattern, target, execution);
        Map<Key, Tuple> distinct = new HashMap<>();
        Finding finding = new Finding();
        long[] held = {0};
        boolean byPath = match.orderBy().isEmpty() && !searches && !pattern.backwards();
        boolean asFound = byPath && findsInOrder();
        PatternWalk.Sink sink = found -> {
            Tuple row = tuple(found);
            finding.clear();
            if (condition == null || condition.test(row, finding)) {
                row.score = finding.score;
                row.graphScore = (float) (1.0 / (1.0 + found.depth()));
                held[0] += keep(row, distinct);
                execution.checkHeld(distinct.size(), held[0]);
            }
            return !asFound || distinct.size() < limit;
        };
        if (byPath && scope.source(0).name() != null) {
            // the first node is part of what tells rows apart: later ones neither replace a row nor come before it
            walk.byFirstNode(sink, () -> distinct.size() < limit);
        } else {
            walk.all(sink);
        }
        return new ArrayList<>(distinct.values());
    }

    /** Whether matches of one first node are all rows of their own, and found in the order of their paths. */
    private boolean findsInOrder() {
        List<Pattern.RelationshipPattern> relationships = match.pattern().relationships();
        if (scope.source(0).name() == null) {
            return false;
        }
        for (int i = 0; i < relationships.size(); i++) {
            Pattern.RelationshipPattern relationship = relationships.get(i);
            // a range before others is ended before it is made longer, and what follows it may have greater edges
            if (relationship.alias() == null || relationship.range() != null && i < relationships.size() - 1) {
                return false;
            }
        }
        return true;
    }

    /** Keeps a row unless a better one stands for it; the bytes that are held more. */
    private long keep(Tuple row, Map<Key, Tuple> distinct) {
        Key key = key(row);
        Tuple known = distinct.putIfAbsent(key, row);
        if (known == null) {
            return bytes(row, key);
        }
        if (byPathLength(known, row) <= 0) {
            return 0;
        }
        distinct.put(key, row);
        return bytes(row, key) - bytes(known, key);
    }

    /** About what a match takes on the heap, with what was read of its rows so far. */
    private static long bytes(Tuple row, Key key) {
        long bytes = MATCH_BYTES
                + 8L * key.ids.length
                + (long) EDGE_BYTES * edges(row).size();
        for (int i = 0; i < row.sources(); i++) {
            bytes += REFERENCE_BYTES;
            if (row.entity(i) instanceof RowEntity entity) {
                bytes += ROW_BYTES + (entity.isRead() ? Memory.bytes(entity.payload()) : 0);
            } else if (row.entity(i) instanceof EdgeListEntity) {
                bytes += LIST_BYTES;
            }
        }
        return bytes;
    }

    private static boolean hasSimilarity(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(MatchRunner::hasSimilarity);
            case Condition.Or or -> or.terms().stream().anyMatch(MatchRunner::hasSimilarity);
            case Condition.Not not -> hasSimilarity(not.term());
            case Condition.SimilarityThreshold threshold -> true;
            default -> false;
        };
    }

    private Tuple tuple(PatternWalk found) {
        int nodes = match.pattern().nodes().size();
        @Nullable Entity[] entities = new Entity[2 * nodes - 1];
        List<EdgeEntity> path = found.path();
        for (int i = 0; i < nodes; i++) {
            entities[2 * i] = found.node(i);
            if (i < nodes - 1) {
                entities[2 * i + 1] = found.relationship(i, path);
            }
        }
        Tuple row = new Tuple(entities);
        row.path = path;
        return row;
    }

    /** What tells matches apart. */
    private record Key(long[] ids) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && Arrays.equals(ids, that.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }

    /** The ids of what has an alias; a list of edges counts with its length, so that lists do not run together. */
    private Key key(Tuple row) {
        long[] ids = new long[aliased.length];
        int size = 0;
        for (int source : aliased) {
            if (row.entity(source) instanceof EdgeListEntity list) {
                int edges = list.edges().size();
                ids = Arrays.copyOf(ids, ids.length + edges);
                ids[size++] = edges;
                for (EdgeEntity edge : list.edges()) {
                    ids[size++] = edge.id();
                }
            } else {
                Entity entity = row.entity(source);
                ids[size++] = entity == null ? -1 : entity.id();
            }
        }
        return new Key(ids);
    }

    /** The score of each row: by the first node under NEAR, else what WHERE gave, else that of the length. */
    private void rank(List<Tuple> rows) {
        Condition.Near nearest = near;
        if (nearest == null) {
            if (!searches) {
                rows.forEach(row -> row.score = new Score(row.graphScore, true, Score.Parts.NONE));
            }
            return;
        }
        float[] query = operands.vector(nearest.vector());
        Metric metric = target.state().schema().metric();
        Similarity.checkDense(target.state(), nearest.position(), query.length);
        if (metric == null) {
            return;
        }
        PairScorer scorer = new PairScorer(metric);
        for (Tuple row : rows) {
            float[] vector = row.entity(0) instanceof RowEntity first ? first.vector() : null;
            if (vector != null && vector.length == query.length) {
                float score = scorer.score(query, vector);
                row.score = new Score(score, metric.higherIsBetter(), new Score.Parts(score, 0, 0));
            }
        }
    }

    // ---- order

    /** By the id of the first node, then the edges of the path. */
    private static final Comparator<Tuple> BY_PATH = (a, b) -> {
        int order = RowOrder.compareIds(a.entity(0), b.entity(0));
        return order != 0 ? order : compareEdges(a, b);
    };

    private static final Comparator<Tuple> BEST_FIRST = (a, b) -> {
        int order = RowOrder.compareScores(a, b);
        return order != 0 ? order : BY_PATH.compare(a, b);
    };

    /** By the id of the last node, the depth, then the edges of the path. */
    private static final Comparator<Tuple> BY_END = (a, b) -> {
        int order = RowOrder.compareIds(a.entity(a.sources() - 1), b.entity(b.sources() - 1));
        return order != 0 ? order : byPathLength(a, b);
    };

    /** By the ids of what has an alias, from left to right: one path may be taken apart into ranges in several ways. */
    private int byKey(Tuple a, Tuple b) {
        long[] x = key(a).ids;
        long[] y = key(b).ids;
        // not Arrays.compareUnsigned, which the browser's class library lacks
        for (int i = 0; i < x.length && i < y.length; i++) {
            int order = Long.compareUnsigned(x[i], y[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.length, y.length);
    }

    private static int byPathLength(Tuple a, Tuple b) {
        int order = Integer.compare(edges(a).size(), edges(b).size());
        return order != 0 ? order : compareEdges(a, b);
    }

    private static int compareEdges(Tuple a, Tuple b) {
        List<EdgeEntity> x = edges(a);
        List<EdgeEntity> y = edges(b);
        for (int i = 0; i < x.size() && i < y.size(); i++) {
            int order = Long.compareUnsigned(x.get(i).id(), y.get(i).id());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.size(), y.size());
    }

    private static List<EdgeEntity> edges(Tuple row) {
        List<EdgeEntity> path = row.path;
        return path == null ? List.of() : path;
    }

    private void refuseOrder() {
        for (OrderItem item : match.orderBy()) {
            if (item.key() instanceof Aggregate aggregate) {
                throw Refusal.notOfGraphs(
                        aggregate.position(), "ORDER BY of MATCH takes no aggregate: order by a property");
            }
            if (item.key() instanceof Path path && path.segments().size() == 1) {
                String name = path.segments().get(0);
                int source = scope.find(name);
                boolean known = columns.expression(path) != null
                        || SelectPlan.binding(lets, name, lets.size()) >= 0
                        || name.equals("depth");
                if (!known && source >= 0 && source % 2 == 0) {
                    throw Refusal.notOfGraphs(
                            path.position(),
                            "ORDER BY " + name + " orders by a whole node: order by a property, as in " + name + ".id");
                }
            }
        }
    }

    /** The names of a MATCH. */
    private final class MatchNames implements Expressions.Names {
        @Override
        public int binding(String name, int before) {
            return SelectPlan.binding(lets, name, before);
        }

        @Override
        public @Nullable Expression item(Path path) {
            if (path.segments().size() == 1 && path.segments().get(0).equals("depth")) {
                return row -> Value.of((long) edges(row).size());
            }
            return columns.expression(path);
        }

        @Override
        public Expression path(Path path) {
            FieldRef field = scope.resolve(path);
            return row -> row.get(field);
        }

        @Override
        public @Nullable Expression aggregate(Aggregate aggregate) {
            return null;
        }
    }
}
