package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.Fusion;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.plan.AggregatePlan;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.JoinPlan;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.search.RankedBranch;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one SELECT: builds the operators of its plan on the rows that are there, and pulls. */
final class SelectRunner {
    /**
     * What of a SELECT is governed by the statement around it.
     *
     * @param orderBy the order of the result
     * @param limit rows of the result
     */
    record Bounds(List<OrderItem> orderBy, long offset, long limit) {
        /** The clauses of a SELECT that stands alone. */
        static Bounds of(SelectPlan plan, int maxRows) {
            Select select = plan.select();
            long offset = select.offset() == null ? 0 : select.offset().rows();
            boolean bounded = !plan.aggregating() || plan.searches().ranks();
            long limit = select.limit() != null
                    ? Math.min(maxRows, select.limit().rows())
                    : bounded ? DEFAULT_LIMIT : maxRows;
            return new Bounds(select.orderBy(), offset, limit);
        }

        /** Rows that must be found before OFFSET and LIMIT act. */
        int depth() {
            return (int) Math.min(Execution.UNBOUNDED, offset + limit < 0 ? Long.MAX_VALUE : offset + limit);
        }
    }

    static final int DEFAULT_LIMIT = 10;

    private final SelectPlan plan;
    private final Execution execution;
    private final Bounds bounds;
    private final Operands operands;
    private final Conditions conditions;
    private final Expressions expressions;
    private final Searching searching;
    private final Projection projection;

    /** @param statements runs subqueries */
    SelectRunner(SelectPlan plan, Bounds bounds, Execution execution, Statements statements, int depth) {
        this.plan = plan;
        this.bounds = bounds;
        this.execution = execution;
        operands = statements.operands(execution, depth);
        searching = new Searching(plan, operands, execution, this::visible);
        conditions = new Conditions(plan.scope(), operands, searching::bind);
        expressions = new Expressions(new SelectNames(plan), conditions::similarity);
        projection = new Projection(plan, plan.outputs());
    }

    Projection projection() {
        return projection;
    }

    /** The rows of the result. */
    List<ResultRow> run() {
        List<ResultRow> rows = new ArrayList<>();
        Operator output = output();
        for (List<Tuple> batch = output.next(); batch != null; batch = output.next()) {
            for (Tuple row : batch) {
                Entity first = firstEntity(row);
                Obj columns = projection.columns(row);
                execution.addResult(columns);
                rows.add(new ResultRow(columns, first == null ? 0 : first.id(), row.score, null));
            }
            execution.check();
        }
        return rows;
    }

    /** Rows with the values of their items side by side, for set operations. */
    List<SetOperation.Row> runForSet() {
        List<SetOperation.Row> rows = new ArrayList<>();
        Operator output = output();
        for (List<Tuple> batch = output.next(); batch != null; batch = output.next()) {
            for (Tuple row : batch) {
                Entity first = firstEntity(row);
                Value compared = projection.isFixed() ? Arr.of(projection.values(row)) : projection.columns(row);
                execution.addResult(compared);
                rows.add(new SetOperation.Row(compared, first == null ? 0 : first.id(), row.score));
            }
            execution.checkHeld(rows.size());
        }
        return rows;
    }

    private static @Nullable Entity firstEntity(Tuple row) {
        for (int i = 0; i < row.sources(); i++) {
            if (row.entity(i) != null) {
                return row.entity(i);
            }
        }
        return null;
    }

    private VisibleRows visible(int source) {
        String collection = source == 0
                ? plan.select().source().collection().text()
                : plan.joins().get(source - 1).collection();
        return execution.visible(collection, accessKind(plan));
    }

    /** What kind of access the statement is. */
    static AccessRequest.Kind accessKind(SelectPlan plan) {
        boolean vector = false;
        boolean text = false;
        for (Condition branch : plan.searches().all()) {
            if (branch instanceof Condition.Near || branch instanceof Condition.NearFused) {
                vector = true;
            } else {
                text = true;
            }
        }
        vector |= !plan.searches().similarities().isEmpty();
        return vector && text
                ? AccessRequest.Kind.HYBRID_SEARCH
                : vector
                        ? AccessRequest.Kind.VECTOR_SEARCH
                        : text ? AccessRequest.Kind.TEXT_SEARCH : AccessRequest.Kind.SELECT;
    }

    // ---- the pipeline of section 5

    private Operator output() {
        Operator columnar = plan.aggregating() ? columnGroups() : null;
        Operator rows = columnar != null ? columnar : plan.aggregating() ? groups(rows()) : rows();
        if (!plan.lets().isEmpty()) {
            List<Expression> bindings = new ArrayList<>();
            for (int i = 0; i < plan.lets().size(); i++) {
                bindings.add(expressions.bind(plan.lets().get(i).value(), i));
            }
            rows = execution.measured("Let", new LetBindings(rows, bindings), rows);
        }
        if (plan.select().distinct()) {
            rows = execution.measured("Distinct", distinct(rows), rows);
        }
        if (!plan.windows().isEmpty()) {
            rows = execution.measured("Window", windows(rows), rows);
        }
        List<SortKey> keys = expressions.keys(bounds.orderBy, plan.lets().size());
        if (!keys.isEmpty() && !arrivesInOrder()) {
            Comparator<Tuple> last = plan.aggregating() ? RowOrder.TIED : RowOrder.BY_IDS;
            rows = execution.measured("Sort", new Sort(rows, keys, last, bounds.depth(), execution), rows);
        }
        if (bounds.offset > 0) {
            rows = execution.measured("Offset", new Slice(rows, bounds.offset, Long.MAX_VALUE), rows);
        }
        return execution.measured("Limit", new Slice(rows, 0, bounds.limit), rows);
    }

    /** Whether ORDER BY asks for the order in which ranked rows come anyway. */
    private boolean arrivesInOrder() {
        return plan.ordersByScoreAlone()
                && plan.searches().required().size() > 0
                && plan.searches().rest() == null;
    }

    /** Groups that columns alone can tell: no row is looked at. Null for any other plan. */
    private @Nullable Operator columnGroups() {
        List<Condition> rest = Conditions.conjuncts(plan.searches().rest());
        boolean counts = plan.groupBy().isEmpty()
                && plan.aggregates().values().stream()
                        .allMatch(aggregate -> aggregate.function() == Aggregate.Function.COUNT
                                && aggregate.field() == null
                                && !aggregate.ofScore());
        if (!plan.searches().required().isEmpty()) {
            return null;
        }
        if (!plan.joins().isEmpty()) {
            boolean joined = counts
                    && plan.joins().size() == 1
                    && JoinCount.canCount(plan.joins().get(0))
                    && rest.stream().allMatch(term -> pushable(term) >= 0);
            return joined ? countOf(joinCount(rest)) : null;
        }
        List<Filter> filters = new ArrayList<>();
        for (Condition term : rest) {
            Filter filter = conditions.filter(term, 0);
            if (filter == null) {
                return null;
            }
            filters.add(filter);
        }
        RowSet rows = RowSet.of(visible(0), conjunction(filters), execution);
        if (counts) {
            return countOf(rows.count());
        }
        Operator groups = ColumnGroups.of(
                rows, plan.groupBy(), List.copyOf(plan.aggregates().values()), maxGroups(), execution);
        return groups == null ? null : having(execution.measured(groupLabel(), groups, null));
    }

    private long joinCount(List<Condition> rest) {
        List<List<Filter>> pushed = List.of(new ArrayList<>(), new ArrayList<>());
        for (Condition term : rest) {
            int source = pushable(term);
            Filter filter = conditions.filter(term, source);
            if (filter != null) {
                pushed.get(source).add(filter);
            }
        }
        return new JoinCount(
                        RowSet.of(visible(0), conjunction(pushed.get(0)), execution),
                        RowSet.of(visible(1), conjunction(pushed.get(1)), execution),
                        plan.joins().get(0),
                        execution)
                .run();
    }

    /** One group in which every aggregate is this count. */
    private Operator countOf(long count) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < plan.aggregates().size(); i++) {
            values.add(Value.of(count));
        }
        return execution.measured(
                "Aggregate", Operator.of(List.of(Tuple.of(new GroupEntity(List.of(), values)))), null);
    }

    private String groupLabel() {
        return plan.groupBy().isEmpty() ? "Aggregate" : "GroupBy";
    }

    private int maxGroups() {
        Integer asked = plan.options().maxGroups();
        return asked == null ? execution.limits().maxGroups() : asked;
    }

    private Operator having(Operator grouped) {
        Select.Having having = plan.select().having();
        return having == null ? grouped : execution.measured("Filter", new Having(grouped, terms(having)), grouped);
    }

    private Operator groups(Operator input) {
        boolean ranked = plan.searches().ranks();
        Operator rows = input;
        if (plan.searches().scores()) {
            rows = execution.measured(
                    "Sort", new Sort(rows, List.of(), RowOrder.BY_IDS, Execution.UNBOUNDED, execution), rows);
        }
        GroupBy groupBy =
                new GroupBy(rows, plan.groupBy(), List.copyOf(plan.aggregates().values()), ranked, maxGroups());
        return having(execution.measured(groupLabel(), groupBy, rows));
    }

    private List<Having.Term> terms(Select.Having having) {
        List<Having.Term> terms = new ArrayList<>();
        terms.add(term(false, having.first()));
        for (Select.HavingStep step : having.steps()) {
            terms.add(term(Having.isOr(step), step.term()));
        }
        return terms;
    }

    private Having.Term term(boolean or, Select.HavingTerm term) {
        int aggregate = List.copyOf(plan.aggregates().keySet()).indexOf(term.aggregate());
        return new Having.Term(or, aggregate, term.operator(), operands.scalar(term.value()));
    }

    private Operator distinct(Operator input) {
        List<Output> compared = new ArrayList<>();
        for (Output output : plan.outputs()) {
            if (!(output instanceof Output.Window)) {
                compared.add(output);
            }
        }
        Projection compare = new Projection(plan, compared);
        return new Distinct(
                input, row -> compare.isFixed() ? Arr.of(compare.values(row)) : compare.columns(row), execution);
    }

    private Operator windows(Operator input) {
        int bindings = plan.lets().size();
        List<WindowFunctions.Window> windows = new ArrayList<>();
        for (SelectItem.Window window : plan.windows()) {
            windows.add(new WindowFunctions.Window(
                    window.function(),
                    window.partitionBy().stream()
                            .map(path -> expressions.windowPath(path, bindings))
                            .toList(),
                    window.orderBy().stream()
                            .map(key -> expressions.key(key, bindings))
                            .toList()));
        }
        return new WindowFunctions(input, windows, execution);
    }

    // ---- FROM, JOIN, WHERE

    private Operator rows() {
        List<Condition> rest = Conditions.conjuncts(plan.searches().rest());
        return plan.joins().isEmpty() ? single(rest) : joined(rest);
    }

    private Operator single(List<Condition> rest) {
        List<Filter> filters = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        List<Condition> after = new ArrayList<>();
        boolean ranks = !plan.searches().required().isEmpty();
        for (Condition term : rest) {
            Filter filter = conditions.filter(term, 0);
            if (filter != null) {
                filters.add(filter);
            } else {
                (ranks && conditions.readsScore(term) ? after : before).add(term);
            }
        }
        RowSet base = RowSet.of(visible(0), conjunction(filters), execution);
        RowCondition residual = conditions.all(before);
        if (!ranks) {
            Operator scan = execution.measured(
                    filters.isEmpty() ? "FullScan" : "IndexLookup", new RowScan(base, execution), null);
            if (residual == null) {
                return scan;
            }
            Operator kept = execution.measured("Filter", new Restrict(scan, residual, false, execution), scan);
            return plan.searches().scores() ? bestFirst(kept) : kept;
        }
        Map<Long, Float> graphScores = new HashMap<>();
        RowSet among = residual == null ? base : narrow(base, residual, graphScores);
        int depth = after.isEmpty() && plan.ordersByScoreAlone() ? bounds.depth() : Execution.UNBOUNDED;
        Operator ranked = execution.measured(
                "VectorSearch", new RankedRows(base.collection(), rank(List.of(among), depth), graphScores), null);
        RowCondition last = conditions.all(after);
        return last == null
                ? ranked
                : execution.measured("Filter", new Restrict(ranked, last, true, execution), ranked);
    }

    private static @Nullable Filter conjunction(List<Filter> filters) {
        return filters.isEmpty() ? null : filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
    }

    private Operator bestFirst(Operator input) {
        int bound = plan.ordersByScoreAlone() ? bounds.depth() : Execution.UNBOUNDED;
        return execution.measured("Sort", new Sort(input, List.of(), RowOrder.BEST_FIRST, bound, execution), input);
    }

    /** The rows of a set that meet a condition which columns cannot answer. */
    private RowSet narrow(RowSet base, RowCondition condition, Map<Long, Float> graphScores) {
        RowSet.Builder kept = new RowSet.Builder(base.visible());
        Operator rows = new Restrict(new RowScan(base, execution), condition, false, execution);
        for (List<Tuple> batch = rows.next(); batch != null; batch = rows.next()) {
            for (Tuple row : batch) {
                if (row.entity(0) instanceof RowEntity entity) {
                    kept.add(entity.slot());
                    if (row.graphScore > 0) {
                        graphScores.put(entity.id(), row.graphScore);
                    }
                }
            }
        }
        return kept.build();
    }

    /**
     * The ranking of the required branches.
     *
     * @param among the rows to consider, by source; one set serves all sources of a single collection
     * @param depth rows wanted
     */
    private List<Ranking.Ranked> rank(List<RowSet> among, int depth) {
        List<Branch> branches = searching.required();
        if (depth == 0) {
            return List.of();
        }
        boolean all = depth == Execution.UNBOUNDED;
        // NEAR_FUSED fuses even the list of one vector
        if (branches.size() == 1 && plan.searches().nearFused() == null) {
            Branch branch = branches.get(0);
            RowSet rows = among.get(branch.source());
            return Ranking.of(branch, branch.retrieve(rows, Math.min(depth, rows.count()), all));
        }
        int cut = all ? execution.limits().maxRows() : Fusion.depth(depth);
        List<RankedBranch> lists = new ArrayList<>();
        for (Branch branch : branches) {
            lists.add(branch.retrieve(among.get(branch.source()), cut, all));
        }
        return Ranking.fused(branches, lists, plan.fusion(), depth);
    }

    private Operator joined(List<Condition> rest) {
        int sources = plan.scope().size();
        List<List<Filter>> pushed = new ArrayList<>();
        for (int i = 0; i < sources; i++) {
            pushed.add(new ArrayList<>());
        }
        List<Condition> before = new ArrayList<>();
        List<Condition> after = new ArrayList<>();
        boolean ranks = !plan.searches().required().isEmpty();
        for (Condition term : rest) {
            int source = pushable(term);
            Filter filter = source < 0 ? null : conditions.filter(term, source);
            if (filter != null) {
                pushed.get(source).add(filter);
            } else {
                (ranks && conditions.readsScore(term) ? after : before).add(term);
            }
        }
        Operator rows = scan(0, pushed.get(0));
        for (int i = 0; i < plan.joins().size(); i++) {
            JoinPlan join = plan.joins().get(i);
            Operator right = scan(i + 1, pushed.get(i + 1));
            List<FieldRef> rightKeys =
                    join.right().stream().map(field -> field.of(0)).toList();
            rows = execution.measured(
                    label(join.kind()),
                    new Join(rows, right, i + 1, join.kind(), join.left(), rightKeys, execution),
                    rows);
        }
        RowCondition residual = conditions.all(before);
        if (residual != null) {
            rows = execution.measured("Filter", new Restrict(rows, residual, false, execution), rows);
        }
        if (ranks) {
            rows = execution.measured("VectorSearch", Operator.of(rankJoined(rows)), rows);
            RowCondition last = conditions.all(after);
            if (last != null) {
                rows = execution.measured("Filter", new Restrict(rows, last, true, execution), rows);
            }
            return bestFirst(rows);
        }
        return plan.searches().scores() ? bestFirst(rows) : rows;
    }

    static String label(Select.JoinKind kind) {
        return switch (kind) {
            case INNER -> "InnerJoin";
            case LEFT -> "LeftJoin";
            case RIGHT -> "RightJoin";
            case FULL -> "FullJoin";
        };
    }

    private Operator scan(int source, List<Filter> filters) {
        RowSet rows = RowSet.of(visible(source), conjunction(filters), execution);
        return execution.measured(filters.isEmpty() ? "FullScan" : "IndexLookup", new RowScan(rows, execution), null);
    }

    /** The one source that a condition reads and that may be filtered before the joins with the same result; else -1. */
    private int pushable(Condition term) {
        for (int source = 0; source < plan.scope().size(); source++) {
            if (staysSame(source) && conditions.filter(term, source) != null) {
                return source;
            }
        }
        return -1;
    }

    private boolean staysSame(int source) {
        for (int i = Math.max(0, source - 1); i < plan.joins().size(); i++) {
            Select.JoinKind kind = plan.joins().get(i).kind();
            boolean own = i == source - 1;
            if (own
                    ? kind != Select.JoinKind.INNER && kind != Select.JoinKind.RIGHT
                    : kind != Select.JoinKind.INNER && kind != Select.JoinKind.LEFT) {
                return false;
            }
        }
        return true;
    }

    /** The joined rows with the scores of the rows that were searched; those that were not retrieved are left out. */
    private List<Tuple> rankJoined(Operator input) {
        List<Tuple> rows = Operator.drain(input, execution);
        List<RowSet> among = new ArrayList<>();
        for (int source = 0; source < plan.scope().size(); source++) {
            RowSet.Builder present = new RowSet.Builder(visible(source));
            for (Tuple row : rows) {
                if (row.entity(source) instanceof RowEntity entity) {
                    present.add(entity.slot());
                }
            }
            among.add(present.build());
        }
        int source = searching.required().get(0).source();
        for (Branch branch : searching.required()) {
            if (branch.source() != source) {
                throw Refusal.unrunnable(
                        plan.select().position(),
                        "the searches of the statement are over different collections and cannot be fused:"
                                + " search one of them, or use UNION");
            }
        }
        Map<Long, Score> scores = new HashMap<>();
        for (Ranking.Ranked ranked : rank(among, Execution.UNBOUNDED)) {
            scores.put(ranked.id(), ranked.score());
        }
        List<Tuple> kept = new ArrayList<>(rows.size());
        for (Tuple row : rows) {
            Entity entity = row.entity(source);
            Score score = entity == null ? null : scores.get(entity.id());
            if (score != null) {
                row.score = score;
                kept.add(row);
            }
        }
        return kept;
    }

    /** The names of a SELECT. */
    private record SelectNames(SelectPlan plan) implements Expressions.Names {
        @Override
        public int binding(String name, int before) {
            return SelectPlan.binding(plan.lets(), name, before);
        }

        @Override
        public @Nullable Expression item(Path path) {
            String text = path.text();
            Output output = plan.aggregating() ? plan.output(text) : plan.aliased(text);
            return output == null ? null : Projection.expression(output);
        }

        @Override
        public Expression path(Path path) {
            if (!plan.aggregating()) {
                return new FieldKey(plan.scope().resolve(path));
            }
            int key = plan.groupKey(path);
            if (key >= 0) {
                return row -> Projection.group(row).keys().get(key);
            }
            int aggregate = unaliased(path.text());
            if (aggregate >= 0) {
                return row -> Projection.group(row).aggregates().get(aggregate);
            }
            Output output = plan.output(path.text());
            return output == null ? row -> null : Projection.expression(output);
        }

        private int unaliased(String key) {
            int i = 0;
            for (AggregatePlan aggregate : plan.aggregates().values()) {
                if (aggregate.key().equals(key)) {
                    return i;
                }
                i++;
            }
            return -1;
        }

        @Override
        public @Nullable Expression aggregate(Aggregate aggregate) {
            int place = List.copyOf(plan.aggregates().keySet()).indexOf(aggregate);
            return place < 0 ? null : row -> Projection.group(row).aggregates().get(place);
        }
    }
}
