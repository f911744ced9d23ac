package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.engine.Session;
import io.velesdb.host.Cancellation;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.match.MatchRunner;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.select.CompoundRunner;
import io.velesdb.query.exec.select.SelectRunner;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Measurements;
import io.velesdb.query.exec.step.QueryLimits;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.plan.PlanCache;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.SearchOptions;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.query.plan.StatementPlan;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs statements that were parsed and validated. Thread-safe. */
public final class Statements {
    private final Session session;
    private final QueryLimits limits;
    private final PlanCache plans;
    private final Administration administration;

    /**
     * @param flushing makes writes durable, with a checkpoint if asked
     * @param plans what EXPLAIN tells about plans that are kept
     */
    public Statements(Session session, QueryLimits limits, Flushing flushing, PlanCache plans) {
        this.session = session;
        this.limits = limits;
        this.plans = plans;
        administration = new Administration(session, flushing);
    }

    /** What a host does for FLUSH. */
    @FunctionalInterface
    public interface Flushing {
        /** @param full whether indexes are saved as well */
        void flush(boolean full);
    }

    /**
     * Runs a statement.
     *
     * @param parameters by name, without the dollar sign
     * @param signal asked now and then whether to give up; null for never
     * @throws io.velesdb.VelesException why it could not be run; then nothing was changed
     */
    public QueryResult run(StatementPlan plan, Obj parameters, @Nullable Cancellation signal) {
        SelectPlan select = plan.select();
        Query query = plan.query();
        Long timeout = select != null ? select.options().timeoutMillis() : timeoutOf(query.statement());
        try (Execution execution = Execution.begin(session, parameters, limits, timeout, signal)) {
            if (select != null) {
                String from = select.select().source().collection().text();
                return metered(from, SelectRunner.accessKind(select), execution, () -> select(select, execution));
            }
            return run(plan, execution);
        }
    }

    /** Runs a read within what the caller's client may do, and tells the observer of it. */
    private QueryResult metered(
            String collection, AccessRequest.Kind kind, Execution execution, Supplier<QueryResult> read) {
        return session.metered(collection, () -> {
            // asked before anything is worked out, also by statements that would look at no row
            execution.visible(collection, kind);
            return read.get();
        });
    }

    private @Nullable Long timeoutOf(Statement statement) {
        return switch (statement) {
            case Statement.Compound compound -> timeoutOf(compound);
            case Statement.Explain explain -> timeoutOf(explain.query());
            default -> null;
        };
    }

    /**
     * A set operation may take as long as any of its operands may, and no less than the default; {@link CompoundRunner} holds
     * each operand to its own timeout.
     */
    private @Nullable Long timeoutOf(Statement.Compound compound) {
        Long first = SearchOptions.of(compound.first().with()).timeoutMillis();
        if (compound.rest().isEmpty()) {
            return first;
        }
        long usual = session.engine().settings().guardRails().timeoutMillis();
        long longest = first == null ? 0 : first;
        for (Statement.SetOperand operand : compound.rest()) {
            Long asked = SearchOptions.of(operand.select().with()).timeoutMillis();
            longest = Math.max(longest, asked == null ? 0 : asked);
        }
        return usual > 0 && longest > usual ? Long.valueOf(longest) : null;
    }

    private QueryResult run(StatementPlan plan, Execution execution) {
        Query query = plan.query();
        return switch (query.statement()) {
            case Statement.Compound compound ->
                metered(
                        compound.first().source().collection().text(),
                        AccessRequest.Kind.SELECT,
                        execution,
                        () -> compound(compound, query.lets(), execution));
            case Statement.ShowCollections show -> rows(administration.show());
            case Statement.Describe describe ->
                rows(List.of(administration.describe(describe.collection().text())));
            case Statement.Flush flush -> rows(List.of(administration.flush(flush)));
            case Statement.CreateCollection create -> rows(administration.create(create));
            case Statement.DropCollection drop -> rows(administration.drop(drop));
            case Statement.Match match -> {
                MatchRunner runner = new MatchRunner(match, query.lets(), execution, operands(execution, 0));
                yield metered(
                        runner.collection(), AccessRequest.Kind.GRAPH_TRAVERSAL, execution, () -> read(runner.run()));
            }
            case Statement.SelectEdges edges ->
                metered(
                        edges.collection().text(),
                        AccessRequest.Kind.GRAPH_TRAVERSAL,
                        execution,
                        () -> read(new EdgeScan(edges, execution, this).run()));
            case Statement.Explain explain -> explain(query, explain.analyze(), kept(plan), execution);
            case Statement.Insert insert -> changed(new RowInserts(execution, this).insert(insert));
            case Statement.Update update -> changed(new RowChanges(execution, this).update(update));
            case Statement.Delete delete -> changed(new RowChanges(execution, this).delete(delete));
            case Statement.InsertNode insert -> changed(new GraphChanges(execution, this).insertNode(insert));
            case Statement.InsertEdge insert -> changed(new GraphChanges(execution, this).insertEdge(insert));
            case Statement.DeleteEdge delete -> changed(new GraphChanges(execution, this).deleteEdge(delete));
            case Statement.Truncate truncate -> changed(new GraphChanges(execution, this).truncate(truncate));
            case Statement.CreateIndex create -> rows(administration.createIndex(create));
            case Statement.DropIndex drop -> rows(administration.dropIndex(drop));
            case Statement.AlterCollection alter -> rows(administration.alter(alter));
            case Statement.Analyze analyze -> rows(List.of(administration.analyze(analyze)));
            case Statement.Train train -> rows(List.of(new Training(train, execution).run()));
        };
    }

    /**
     * Explains a statement that was not written as EXPLAIN.
     *
     * @param analyze whether it is run and measured
     * @throws io.velesdb.VelesException VELES-010 when it is none of SELECT, MATCH, UPDATE and DELETE, and why it could not be run
     */
    public QueryResult explain(StatementPlan plan, boolean analyze, Obj parameters, @Nullable Cancellation signal) {
        Query query = plan.query();
        try (Execution execution = Execution.begin(session, parameters, limits, timeoutOf(query.statement()), signal)) {
            return explain(query, analyze, kept(plan), execution);
        }
    }

    /** The plan that running the explained statement would use again; null for none. */
    private @Nullable StatementPlan kept(StatementPlan plan) {
        return plans.peek(plan.explainedText(), plan.generation());
    }

    /** Passes the gate of the statement that is explained: a plan tells of rows, and ANALYZE reads them. */
    private QueryResult explain(Query query, boolean analyze, @Nullable StatementPlan kept, Execution execution) {
        Explain explain = new Explain(query, analyze, kept, execution, this);
        return switch (query.statement()) {
            case Statement.Compound compound -> {
                Select first = compound.first();
                yield metered(
                        first.source().collection().text(),
                        SelectRunner.accessKind(SelectPlan.of(first, query.lets())),
                        execution,
                        explain::run);
            }
            case Statement.Match match ->
                metered(
                        MatchRunner.targetOf(match.pattern(), execution.parameters()),
                        AccessRequest.Kind.GRAPH_TRAVERSAL,
                        execution,
                        explain::run);
            case Statement.Update update ->
                metered(update.collection().text(), AccessRequest.Kind.DML, execution, explain::run);
            case Statement.Delete delete ->
                metered(delete.collection().text(), AccessRequest.Kind.DML, execution, explain::run);
            case Statement.Explain written ->
                explain(
                        new Query(written.position(), query.lets(), written.query()),
                        analyze || written.analyze(),
                        kept,
                        execution);
            default ->
                throw Refusal.unrunnable(
                        query.statement().position(),
                        "only SELECT, set operations, MATCH, UPDATE and DELETE are explained");
        };
    }

    // ---- SELECT

    /** The result of a statement that is explained. */
    QueryResult explained(Query query, Execution execution) {
        return switch (query.statement()) {
            case Statement.Compound compound -> compound(compound, query.lets(), execution);
            case Statement.Match match ->
                read(new MatchRunner(match, query.lets(), execution, operands(execution, 0)).run());
            case Statement.Update update -> changed(new RowChanges(execution, this).update(update));
            case Statement.Delete delete -> changed(new RowChanges(execution, this).delete(delete));
            default -> throw new IllegalStateException("a statement that is not explained");
        };
    }

    private QueryResult compound(Statement.Compound compound, List<Query.Let> lets, Execution execution) {
        if (compound.rest().isEmpty()) {
            return select(SelectPlan.of(compound.first(), lets), execution);
        }
        return new QueryResult(
                QueryResult.Shape.ROWS,
                published(new CompoundRunner(compound, lets, execution).run(() -> operands(execution, 0))),
                0);
    }

    private QueryResult select(SelectPlan plan, Execution execution) {
        SelectRunner runner = new SelectRunner(
                plan, SelectRunner.Bounds.of(plan, limits.maxRows()), execution, operands(execution, 0));
        QueryResult.Shape shape = !plan.aggregating() || plan.searches().ranks()
                ? QueryResult.Shape.ROWS
                : plan.groupBy().isEmpty() ? QueryResult.Shape.AGGREGATE : QueryResult.Shape.GROUPS;
        return new QueryResult(shape, published(runner.run()), 0);
    }

    static List<QueryRow> published(List<ResultRow> rows) {
        List<QueryRow> published = new ArrayList<>(rows.size());
        for (ResultRow row : rows) {
            Score score = row.score();
            ResultRow.Match match = row.match();
            published.add(new QueryRow(
                    row.values(),
                    row.id(),
                    score == null ? null : score.value(),
                    match == null
                            ? null
                            : new QueryRow.Match(match.bindings(), match.edges(), match.paths(), match.depth())));
        }
        return published;
    }

    private static QueryResult read(List<ResultRow> rows) {
        return new QueryResult(QueryResult.Shape.ROWS, published(rows), 0);
    }

    private static QueryResult changed(Changed changed) {
        return new QueryResult(QueryResult.Shape.ROWS, published(changed.rows()), changed.affected());
    }

    private static QueryResult rows(List<Obj> rows) {
        return new QueryResult(
                QueryResult.Shape.ROWS,
                published(rows.stream().map(ResultRow::of).toList()),
                0);
    }

    // ---- subqueries

    /** The operands of a statement that stands {@code depth} subqueries deep. */
    Operands operands(Execution execution, int depth) {
        return new Operands(
                execution.parameters(), execution.nowSeconds(), subquery -> subquery(subquery, execution, depth + 1));
    }

    /** The value of a subquery: that of its one row and column, null for no row. */
    private Value subquery(Select select, Execution execution, int depth) {
        if (depth > limits.maxSubqueryDepth()) {
            throw Refusal.tooDeep(select.position(), depth, limits.maxSubqueryDepth());
        }
        SelectPlan plan = SelectPlan.of(select, List.of());
        SelectRunner runner = new SelectRunner(
                plan, SelectRunner.Bounds.of(plan, limits.maxRows()), execution, operands(execution, depth));
        Measurements measuring = execution.measurements();
        List<ResultRow> rows = measuring == null ? runner.run() : measuring.ofSubquery(select, runner::run);
        if (plan.outputs().size() != 1) {
            throw notScalar(select, plan.outputs().size() + " columns");
        }
        if (rows.size() > 1) {
            throw notScalar(select, "more than one row");
        }
        if (rows.isEmpty()) {
            return Value.NULL;
        }
        Obj values = rows.get(0).values();
        if (values.size() != 1) {
            throw notScalar(select, values.size() + " columns");
        }
        return values.value(0);
    }

    private static RuntimeException notScalar(Select select, String what) {
        return Refusal.unrunnable(
                select.position(), "the subquery has " + what + ": it stands for one value, of one row and one column");
    }
}
