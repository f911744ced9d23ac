package io.velesdb.query.exec.match;

import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Expressions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.Similarity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.LetBindings;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Restrict;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.Slice;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.SortRuns;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.Scope;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the steps of a MATCH on the graph that is there (section 15.4). Source 2i of a row is node i, source 2i + 1
 * relationship i.
 */
final class MatchSteps {
    private static final Step.Estimate UNKNOWN = () -> null;

    private final Statement.Match match;
    private final List<Query.Let> lets;
    private final VisibleRows target;
    private final Operands operands;
    private final Execution execution;
    private final MatchConditions conditions;
    private final MatchKeys keys;
    private final MatchNames names;
    private final Expressions expressions;
    private final int limit;

    /** Whether the walk began with the last node; known once it is open, which it is before what stands above it. */
    private boolean backwards;

    /** @param operands bound, or not where the steps are only shown */
    MatchSteps(
            Statement.Match match,
            List<Query.Let> lets,
            Scope scope,
            ReturnColumns columns,
            VisibleRows target,
            Operands operands,
            Execution execution) {
        this.match = match;
        this.lets = lets;
        this.target = target;
        this.operands = operands;
        this.execution = execution;
        conditions = new MatchConditions(match, scope, target, operands, execution);
        keys = new MatchKeys(match.pattern(), scope);
        names = new MatchNames(scope, lets, columns);
        names.checkOrder(match);
        expressions = new Expressions(names, conditions::similarity);
        int most = execution.limits().maxRows();
        limit = match.limit() == null
                ? most
                : (int) Math.min(most, match.limit().rows());
    }

    /** The last step, which yields the rows of the result. */
    Step all() {
        Step rows = traversal();
        if (!conditions.tested().isEmpty()) {
            rows = over(
                    "Filter",
                    conditions.tested().size() + " condition(s) tested match by match",
                    rows,
                    UNKNOWN,
                    all -> new Restrict(all, conditions.test(), !conditions.search(), execution));
        }
        if (!keys.tellAll()) {
            rows = over("Distinct", "by what has an alias", rows, UNKNOWN, this::distinct);
        }
        Condition.Near near = conditions.near();
        if (near != null) {
            rows = over("VectorSearch", "scores by the first node", rows, rows::estimate, all -> ranked(all, near));
        }
        if (!lets.isEmpty()) {
            rows = over(
                    "Let",
                    lets.size() + " binding(s)",
                    rows,
                    rows::estimate,
                    all -> new LetBindings(all, expressions.bindings(lets)));
        }
        Step unordered = rows;
        rows = over(
                "Sort",
                sortText(),
                rows,
                () -> match.limit() == null ? unordered.estimate() : Estimates.limited(unordered.estimate(), limit),
                this::ordered);
        Step sorted = rows;
        return over(
                "Limit",
                limit + (match.limit() == null ? " (most rows)" : ""),
                rows,
                () -> Estimates.limited(sorted.estimate(), limit),
                all -> new Slice(all, 0, limit));
    }

    private Step over(String operation, String description, Step input, Step.Estimate estimate, Step.Over opening) {
        return Step.over(operation, () -> description, input, estimate, opening, execution);
    }

    // ---- walking

    private Step traversal() {
        List<NodeCondition> nodes = new ArrayList<>();
        List<Step> candidates = new ArrayList<>();
        for (int i = 0; i < match.pattern().nodes().size(); i++) {
            NodeCondition node =
                    NodeCondition.of(match.pattern().nodes().get(i), target, conditions.ofNode(i), operands, execution);
            nodes.add(node);
            candidates.add(candidates(i, node.selection()));
        }
        return Step.of(
                "MatchTraversal",
                () -> match.pattern().relationships().size()
                        + " relationship(s), from the end that looks at fewer edges",
                UNKNOWN,
                candidates,
                () -> {
                    NodeTest[] tests = new NodeTest[nodes.size()];
                    for (int i = 0; i < tests.length; i++) {
                        tests[i] = new NodeTest(nodes.get(i), candidates.get(i).openRows(execution));
                    }
                    return walk(tests);
                });
    }

    private Step candidates(int node, @Nullable Filter filter) {
        Name alias = match.pattern().nodes().get(node).alias();
        String text = "node " + (alias == null ? node + 1 : "'" + alias.text() + "'") + " among '"
                + target.state().name() + "'" + (filter == null ? "" : ", by columns");
        return Step.ofRows(
                filter == null ? "FullScan" : "IndexLookup",
                () -> text,
                () -> filter != null && operands.guessed() ? null : Estimates.scan(target, filter),
                () -> RowSet.of(target, filter, execution),
                execution);
    }

    private Operator walk(NodeTest[] nodes) {
        long wanted = isByPath() && conditions.tested().isEmpty() && (keys.tellAll() || keys.tellNode(0))
                ? limit
                : Long.MAX_VALUE;
        BoundPattern pattern =
                BoundPattern.of(match.pattern(), nodes, target, operands).fromCheaperEnd(target, wanted);
        backwards = pattern.backwards();
        RowSet starts = pattern.nodes()[0].candidates();
        return new MatchScan(
                new PatternWalk(pattern, target, execution),
                nodes.length,
                starts,
                isByPath() && !backwards ? starts.byId() : starts.bySlot(),
                !conditions.search(),
                execution);
    }

    /** Whether matches are in the order of their paths, as they are where nothing else is asked for. */
    private boolean isByPath() {
        return match.orderBy().isEmpty() && !conditions.search();
    }

    /** The source that the walk began with, where its row tells matches apart; null where it does not. */
    private @Nullable Integer start() {
        int node = backwards ? match.pattern().nodes().size() - 1 : 0;
        return keys.tellNode(node) ? Integer.valueOf(2 * node) : null;
    }

    private Operator distinct(Operator matches) {
        Integer start = start();
        return new DistinctMatches(
                matches,
                keys,
                !backwards && start != null && keys.haveOneLength()
                        ? DistinctMatches.Holding.KEYS
                        : DistinctMatches.Holding.MATCHES,
                start,
                execution);
    }

    private Operator ranked(Operator matches, Condition.Near near) {
        float[] query = operands.vector(near.vector());
        Metric metric = target.state().schema().metric();
        Similarity.checkDense(target.state(), near.position(), query.length);
        return metric == null ? matches : new NearestMatches(matches, query, metric);
    }

    // ---- order

    private String sortText() {
        String order = isByPath()
                ? "by first node and edges, as far as they are not found so"
                : match.orderBy().isEmpty() ? "best first" : match.orderBy().size() + " key(s)";
        return order + (match.limit() == null ? "" : ", the first " + limit);
    }

    private Operator ordered(Operator matches) {
        Comparator<Tuple> byPath = MatchOrder.BY_PATH.thenComparing(keys::compare);
        if (isByPath() && !backwards && (keys.tellAll() || keys.tellNode(0))) {
            // the walk began with smaller ids, and no match of a later first node comes before or replaces one of these
            boolean found = keys.areFoundInOrder() && (keys.tellAll() || keys.haveOneLength());
            return found ? matches : new SortRuns(matches, 0, byPath, limit, execution);
        }
        Comparator<Tuple> last = !match.orderBy().isEmpty()
                ? MatchOrder.BY_END.thenComparing(keys::compare)
                : conditions.search() ? MatchOrder.BEST_FIRST.thenComparing(keys::compare) : byPath;
        return new Sort(matches, expressions.keys(match.orderBy(), lets.size()), last, limit, execution);
    }
}
