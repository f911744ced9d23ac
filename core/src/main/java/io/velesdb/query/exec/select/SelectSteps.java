package io.velesdb.query.exec.select;

import io.velesdb.Fusion;
import io.velesdb.engine.OrderedScan;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Expressions;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.SortKey;
import io.velesdb.query.exec.group.ColumnGroups;
import io.velesdb.query.exec.group.GroupBy;
import io.velesdb.query.exec.group.Having;
import io.velesdb.query.exec.join.Join;
import io.velesdb.query.exec.join.JoinCount;
import io.velesdb.query.exec.join.JoinSteps;
import io.velesdb.query.exec.join.Narrowing;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.search.Branch;
import io.velesdb.query.exec.search.RankedRows;
import io.velesdb.query.exec.search.Ranking;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.LetBindings;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Restrict;
import io.velesdb.query.exec.step.RowScan;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.Slice;
import io.velesdb.query.exec.step.Sort;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.JoinPlan;
import io.velesdb.query.plan.Output;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.search.RankedBranch;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses the steps of one SELECT on the rows that are there: the pipeline of section 5. */
public final class SelectSteps {
    private static final Step.Estimate UNKNOWN = () -> null;

    /** An index is walked in its order where it leads to so many times the rows that are wanted. */
    private static final int ORDERED_SHARE = 16;

    private final SelectPlan plan;
    private final Execution execution;
    private final SelectRunner.Bounds bounds;
    private final Operands operands;
    private final Conditions conditions;
    private final Expressions expressions;
    private final Searching searching;

    /** @param operands bound, or not where the steps are only shown */
    public SelectSteps(SelectPlan plan, SelectRunner.Bounds bounds, Execution execution, Operands operands) {
        this.plan = plan;
        this.bounds = bounds;
        this.execution = execution;
        this.operands = operands;
        searching = new Searching(plan, operands, execution, this::visible);
        conditions = new Conditions(plan.scope(), operands, searching::bind);
        expressions = new Expressions(new SelectNames(plan), conditions::similarity);
    }

    private VisibleRows visible(int source) {
        return execution.visible(collection(source), SelectRunner.accessKind(plan));
    }

    private String collection(int source) {
        return source == 0
                ? plan.select().source().collection().text()
                : plan.joins().get(source - 1).collection();
    }

    /** The last step, which yields the rows of the result. */
    public Step all() {
        Step columnar = plan.aggregating() ? columnGroups() : null;
        Step ordered = plan.aggregating() ? null : inOrderOfIndex();
        Step rows =
                columnar != null ? columnar : ordered != null ? ordered : plan.aggregating() ? groups(rows()) : rows();
        rows = computed(rows);
        if (ordered == null && !bounds.orderBy().isEmpty() && !arrivesInOrder()) {
            rows = sorted(rows);
        }
        if (bounds.offset() > 0) {
            Step input = rows;
            rows = over(
                    "Offset",
                    () -> String.valueOf(bounds.offset()),
                    input,
                    () -> Estimates.skipped(input.estimate(), bounds.offset()),
                    all -> new Slice(all, bounds.offset(), Long.MAX_VALUE));
        }
        Step input = rows;
        return over(
                "Limit",
                this::limitText,
                input,
                () -> Estimates.limited(input.estimate(), bounds.limit()),
                all -> new Slice(all, 0, bounds.limit()));
    }

    private String limitText() {
        boolean most = bounds.limit() >= execution.limits().maxRows();
        boolean written = plan.select().limit() != null;
        return bounds.limit() + (most ? " (most rows)" : written ? "" : " (default)");
    }

    /** LET, DISTINCT and window functions. */
    private Step computed(Step input) {
        Step rows = input;
        if (!plan.lets().isEmpty()) {
            rows = over(
                    "Let",
                    () -> plan.lets().size() + " binding(s)",
                    rows,
                    rows::estimate,
                    all -> new LetBindings(all, expressions.bindings(plan.lets())));
        }
        if (plan.select().distinct()) {
            rows = over("Distinct", () -> "by the select list", rows, UNKNOWN, this::distinct);
        }
        if (!plan.windows().isEmpty()) {
            rows = over("Window", () -> plan.windows().size() + " function(s)", rows, rows::estimate, this::windows);
        }
        return rows;
    }

    private Step over(
            String operation, Supplier<String> description, Step input, Step.Estimate estimate, Step.Over opening) {
        return Step.over(operation, description, input, estimate, opening, execution);
    }

    private Step sorted(Step input) {
        boolean all = bounds.depth() == Execution.UNBOUNDED;
        return over(
                "Sort",
                () -> bounds.orderBy().size() + " key(s)" + (all ? "" : ", the first " + bounds.depth()),
                input,
                () -> all ? input.estimate() : Estimates.limited(input.estimate(), bounds.depth()),
                rows -> {
                    List<SortKey> keys =
                            expressions.keys(bounds.orderBy(), plan.lets().size());
                    Comparator<Tuple> last = plan.aggregating() ? RowOrder.TIED : RowOrder.BY_IDS;
                    return keys.isEmpty() ? rows : new Sort(rows, keys, last, bounds.depth(), execution);
                });
    }

    /** Whether ORDER BY asks for the order in which ranked rows come anyway. */
    private boolean arrivesInOrder() {
        return plan.ordersByScoreAlone()
                && plan.searches().required().size() > 0
                && plan.searches().rest() == null;
    }

    // ---- ORDER BY … LIMIT by an index

    /** The first rows in the order of an index on the one key of ORDER BY; null where that cannot be had or does not pay. */
    private @Nullable Step inOrderOfIndex() {
        if (bounds.orderBy().size() != 1
                || bounds.depth() == Execution.UNBOUNDED
                || !plan.joins().isEmpty()
                || plan.searches().scores()
                || plan.select().distinct()
                || !plan.windows().isEmpty()
                || !plan.lets().isEmpty()) {
            return null;
        }
        OrderItem item = bounds.orderBy().get(0);
        if (!(item.key() instanceof Path path)
                || !(expressions.bind(path, 0) instanceof FieldKey key)
                || key.field().source() != 0
                || key.field().kind() != FieldRef.Kind.MEMBER) {
            return null;
        }
        List<Filter> filters = new ArrayList<>();
        for (Condition term : Conditions.conjuncts(plan.searches().rest())) {
            Filter filter = conditions.filter(term, 0);
            if (filter == null) {
                return null;
            }
            filters.add(filter);
        }
        VisibleRows visible = visible(0);
        // the index is walked past rows that the filter leaves out: with few left, sorting them is quicker
        RowEstimate estimate = operands.guessed() ? null : Estimates.scan(visible, Conditions.conjunction(filters));
        long left = estimate == null ? visible.state().rows() : estimate.rows();
        if (!visible.state().isOrdered(key.field().requirePath()) || left < (long) ORDERED_SHARE * bounds.depth()) {
            return null;
        }
        boolean ascending = item.direction() != OrderItem.Direction.DESC;
        Step.Estimate yielded = () -> Estimates.limited(estimate, bounds.depth());
        return Step.of(
                "IndexLookup",
                () -> scanned(0, filters.size()) + ", in the order of the index on "
                        + key.field().text() + (ascending ? "" : ", descending") + ", the first " + bounds.depth(),
                yielded,
                List.of(),
                () -> {
                    RowSet rows = RowSet.of(visible, Conditions.conjunction(filters), execution);
                    OrderedScan scan =
                            visible.state().orderedScan(key.field().requirePath(), ascending, rows.words(), execution);
                    return scan == null
                            ? new Sort(
                                    new RowScan(rows, execution),
                                    expressions.keys(bounds.orderBy(), 0),
                                    RowOrder.BY_IDS,
                                    bounds.depth(),
                                    execution)
                            : new OrderedRows(visible.state(), scan, bounds.depth(), execution);
                });
    }

    // ---- groups

    /** Groups that columns alone can tell: no row is looked at. Null for any other plan. */
    private @Nullable Step columnGroups() {
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
            return counts
                            && plan.joins().size() == 1
                            && JoinCount.canCount(plan.joins().get(0))
                    ? joinCount(rest)
                    : null;
        }
        List<Filter> filters = new ArrayList<>();
        for (Condition term : rest) {
            Filter filter = conditions.filter(term, 0);
            if (filter == null) {
                return null;
            }
            filters.add(filter);
        }
        if (!counts && !ColumnGroups.canGroup(plan.groupBy(), plan.aggregates().values())) {
            return null;
        }
        Step scan = scan(0, filters);
        if (counts) {
            return Step.of(
                    "Aggregate",
                    () -> "counted by columns",
                    SelectSteps::one,
                    List.of(scan),
                    () -> countOf(scan.openRows(execution).count()));
        }
        return having(Step.of(
                groupLabel(),
                () -> groupText() + ", read from columns",
                () -> groupEstimate(scan),
                List.of(scan),
                () -> new ColumnGroups(
                        scan.openRows(execution),
                        plan.groupBy(),
                        List.copyOf(plan.aggregates().values()),
                        maxGroups(),
                        execution)));
    }

    private static RowEstimate one() {
        return new RowEstimate(1, RowEstimate.Method.CARDINALITY);
    }

    private @Nullable RowEstimate groupEstimate(Step input) {
        if (plan.groupBy().isEmpty()) {
            return one();
        }
        return plan.joins().isEmpty() ? Estimates.groups(visible(0), plan.groupBy(), input.estimate()) : null;
    }

    /** The rows of a join, counted; null where a condition has to look at them. */
    private @Nullable Step joinCount(List<Condition> rest) {
        List<List<Filter>> pushed = List.of(new ArrayList<>(), new ArrayList<>());
        for (Condition term : rest) {
            int source = pushable(term);
            Filter filter = source < 0 ? null : conditions.filter(term, source);
            if (filter == null) {
                return null;
            }
            pushed.get(source).add(filter);
        }
        JoinPlan join = plan.joins().get(0);
        Step left = scan(0, pushed.get(0));
        Step right = scan(1, pushed.get(1));
        return Step.of(
                "Aggregate",
                () -> JoinSteps.label(join.kind()) + " counted by the keys of columns",
                SelectSteps::one,
                List.of(left, right),
                () -> countOf(
                        new JoinCount(left.openRows(execution), right.openRows(execution), join, execution).run()));
    }

    /** One group in which every aggregate is this count. */
    private Operator countOf(long count) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < plan.aggregates().size(); i++) {
            values.add(Value.of(count));
        }
        return Operator.of(List.of(Tuple.of(new GroupEntity(List.of(), values))));
    }

    private String groupLabel() {
        return plan.groupBy().isEmpty() ? "Aggregate" : "GroupBy";
    }

    private String groupText() {
        return plan.aggregates().size() + " aggregate(s) over " + plan.groupBy().size() + " key(s)";
    }

    private int maxGroups() {
        Integer asked = plan.options().maxGroups();
        return asked == null ? execution.limits().maxGroups() : asked;
    }

    private Step having(Step grouped) {
        Select.Having having = plan.select().having();
        return having == null
                ? grouped
                : over("Filter", () -> "HAVING", grouped, UNKNOWN, groups -> new Having(groups, terms(having)));
    }

    private Step groups(Step input) {
        boolean ranked = plan.searches().ranks();
        Step rows = !plan.searches().scores()
                ? input
                : over(
                        "Sort",
                        () -> "by id",
                        input,
                        input::estimate,
                        unsorted -> new Sort(unsorted, List.of(), RowOrder.BY_IDS, Execution.UNBOUNDED, execution));
        return having(over(
                groupLabel(),
                this::groupText,
                rows,
                () -> groupEstimate(rows),
                ordered -> new GroupBy(
                        ordered, plan.groupBy(), List.copyOf(plan.aggregates().values()), ranked, maxGroups())));
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

    private Step rows() {
        List<Condition> rest = Conditions.conjuncts(plan.searches().rest());
        return plan.joins().isEmpty() ? single(rest) : joined(rest);
    }

    private Step single(List<Condition> rest) {
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
        Step kept = filtered(scan(0, filters), before, false);
        if (!ranks) {
            return !before.isEmpty() && plan.searches().scores() ? bestFirst(kept) : kept;
        }
        int depth = after.isEmpty() && plan.ordersByScoreAlone() ? bounds.depth() : Execution.UNBOUNDED;
        Step ranked = Step.of(
                "VectorSearch",
                this::searchText,
                () -> depth == Execution.UNBOUNDED ? kept.estimate() : Estimates.limited(kept.estimate(), depth),
                List.of(kept),
                () -> nearest(kept, depth));
        return filtered(ranked, after, true);
    }

    private String searchText() {
        return plan.searches().required().size() + " ranked branch(es) within the rows of its input, effort "
                + plan.options().effort().kind();
    }

    /** The best rows of a step. */
    private Operator nearest(Step input, int depth) {
        Map<Long, Float> graphScores = new HashMap<>();
        RowSet among = input.isSet() ? input.openRows(execution) : collected(input, graphScores);
        return new RankedRows(among.collection(), rank(List.of(among), depth), graphScores);
    }

    private RowSet collected(Step input, Map<Long, Float> graphScores) {
        RowSet.Builder kept = new RowSet.Builder(visible(0));
        Operator rows = input.open(execution);
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

    /** The rows of a step that meet conditions which are tested row by row. */
    private Step filtered(Step input, List<Condition> terms, boolean keepsScore) {
        if (terms.isEmpty()) {
            return input;
        }
        boolean pattern = terms.stream().anyMatch(SelectSteps::mentionsPattern);
        return over(
                pattern ? "MatchTraversal" : "Filter",
                () -> terms.size() + " condition(s) tested row by row"
                        + (pattern ? ", some of them by walking edges" : ""),
                input,
                UNKNOWN,
                rows -> new Restrict(rows, conditions.require(terms), keepsScore, execution));
    }

    private static boolean mentionsPattern(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(SelectSteps::mentionsPattern);
            case Condition.Or or -> or.terms().stream().anyMatch(SelectSteps::mentionsPattern);
            case Condition.Not not -> mentionsPattern(not.term());
            case Condition.GraphMatch match -> true;
            default -> false;
        };
    }

    private Step bestFirst(Step input) {
        int bound = plan.ordersByScoreAlone() ? bounds.depth() : Execution.UNBOUNDED;
        return over(
                "Sort",
                () -> "best first" + (bound == Execution.UNBOUNDED ? "" : ", the first " + bound),
                input,
                () -> bound == Execution.UNBOUNDED ? input.estimate() : Estimates.limited(input.estimate(), bound),
                rows -> new Sort(rows, List.of(), RowOrder.BEST_FIRST, bound, execution));
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

    private Step joined(List<Condition> rest) {
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
        List<@Nullable Filter> filters = new ArrayList<>();
        pushed.forEach(terms -> filters.add(Conditions.conjunction(terms)));
        JoinSteps joins = new JoinSteps(plan.joins(), filters, operands.guessed(), this::visible, execution);
        JoinSteps.Scans scans = (source, narrowing) -> scan(source, pushed.get(source), narrowing);
        if (ranks && ranksFirst(before, after)) {
            boolean keepsAll = before.isEmpty() && plan.joins().stream().allMatch(join -> Join.keepsLeft(join.kind()));
            Step among = keepsAll ? scan(0, pushed.get(0)) : filtered(joins.over(scans), before, false);
            Step ranked = Step.of(
                    "VectorSearch",
                    this::searchText,
                    () -> Estimates.limited(among.estimate(), bounds.depth()),
                    List.of(among),
                    () -> nearest(among, bounds.depth()));
            return filtered(joins.over(ranked, scans), before, true);
        }
        Step rows = filtered(joins.over(scans), before, false);
        if (ranks) {
            Step found = over(
                    "VectorSearch", this::searchText, rows, rows::estimate, joined -> Operator.of(rankJoined(joined)));
            return bestFirst(filtered(found, after, true));
        }
        return plan.searches().scores() ? bestFirst(rows) : rows;
    }

    /**
     * Whether the best rows of FROM are found first, among those that join something, and only they are joined: the result
     * is the same where every row of it has the score of a row of FROM, and no more than the best are wanted.
     */
    private boolean ranksFirst(List<Condition> before, List<Condition> after) {
        List<Condition> required = plan.searches().required();
        return bounds.depth() != Execution.UNBOUNDED
                && plan.ordersByScoreAlone()
                && after.isEmpty()
                && required.size() == 1
                && plan.searches().nearFused() == null
                && (!(required.get(0) instanceof Condition.TextMatch match)
                        || plan.scope().resolve(match.path()).source() <= 0)
                && before.stream().noneMatch(term -> mentionsPattern(term) || conditions.readsScore(term))
                && plan.joins().stream().noneMatch(join -> Join.keepsRight(join.kind()));
    }

    private Step scan(int source, List<Filter> filters) {
        return scan(source, filters, Narrowing.NONE);
    }

    /** @param narrowing asked when the scan is opened */
    private Step scan(int source, List<Filter> filters, Narrowing narrowing) {
        Filter filter = Conditions.conjunction(filters);
        boolean guessed = operands.guessed();
        return Step.ofRows(
                filters.isEmpty() ? "FullScan" : "IndexLookup",
                () -> scanned(source, filters.size()),
                () -> filter != null && guessed ? null : Estimates.scan(visible(source), filter),
                () -> RowSet.of(visible(source), narrowing.of(source, filter), execution),
                execution);
    }

    private String scanned(int source, int conditions) {
        String collection = "'" + collection(source) + "'";
        return conditions == 0 ? collection : collection + ", " + conditions + " condition(s) on columns";
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
}
