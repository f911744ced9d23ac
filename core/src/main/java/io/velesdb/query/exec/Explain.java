package io.velesdb.query.exec;

import io.velesdb.QueryResult;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.match.MatchRunner;
import io.velesdb.query.exec.select.CompoundRunner;
import io.velesdb.query.exec.select.SelectRunner;
import io.velesdb.query.exec.select.SelectSteps;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Measurements;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.query.plan.StatementPlan;
import io.velesdb.query.plan.Subqueries;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN (section 19), of MATCH, UPDATE and DELETE as well: the steps that would run, with estimates named as such, those of subqueries under
 * their numbers. EXPLAIN ANALYZE runs the statement and adds what was measured.
 */
final class Explain {
    private final Query query;
    private final boolean analyze;
    private final @Nullable StatementPlan kept;
    private final Execution execution;
    private final Statements statements;
    private final List<Value> steps = new ArrayList<>();
    private final StringBuilder tree = new StringBuilder();

    /**
     * @param query a SELECT, a set operation, a MATCH, an UPDATE or a DELETE
     * @param kept the plan that running it would use again; null when that would make one
     */
    Explain(Query query, boolean analyze, @Nullable StatementPlan kept, Execution execution, Statements statements) {
        this.query = query;
        this.analyze = analyze;
        this.kept = kept;
        this.execution = execution;
        this.statements = statements;
    }

    /** One row; of a change that was carried out also how many rows it affected. */
    QueryResult run() {
        List<Select> subqueries = Subqueries.of(query.statement());
        List<SelectPlan> plans = subqueries.stream()
                .map(subquery -> SelectPlan.of(subquery, List.of()))
                .toList();
        for (int i = 0; i < plans.size(); i++) {
            number(alone(plans.get(i)), i + 1);
        }
        describe();
        for (int i = 0; i < plans.size(); i++) {
            tree.append("Subquery ").append(i + 1).append(":\n");
            write(alone(plans.get(i)), 1);
        }
        Obj.Builder row = Obj.builder()
                .put("plan", Obj.of("steps", Arr.of(steps)))
                .put("tree", Value.of(tree.toString()))
                .put("cache_hit", Value.of(kept != null))
                .put("plan_reuse_count", Value.of(kept == null ? 0L : kept.reuses()));
        long affected = analyze ? analyze(subqueries, row) : 0;
        return new QueryResult(
                QueryResult.Shape.ROWS, Statements.published(List.of(ResultRow.of(row.build()))), affected);
    }

    /** Runs the statement. @return how many rows it affected */
    private long analyze(List<Select> subqueries, Obj.Builder row) {
        Measurements measurements = execution.measure();
        long start = execution.session().engine().nanos();
        QueryResult result = statements.explained(query, execution);
        double millis = (execution.session().engine().nanos() - start) / 1e6;
        row.put(
                        "actual_stats",
                        Obj.of(
                                "actual_rows",
                                Math.max(result.rows().size(), result.affected()),
                                "actual_time_ms",
                                millis,
                                "loops",
                                1,
                                "nodes_visited",
                                execution.nodesVisited(),
                                "edges_traversed",
                                execution.edgesTraversed()))
                .put("node_stats", measurements.toArray(subqueries));
        return result.affected();
    }

    // ---- the steps

    private void describe() {
        switch (query.statement()) {
            case Statement.Match match ->
                show(new MatchRunner(match, query.lets(), execution, unbound()).steps(), List.of());
            case Statement.Compound compound
            when compound.rest().isEmpty() -> {
                SelectPlan plan = SelectPlan.of(compound.first(), query.lets());
                show(alone(plan), List.of(plan));
            }
            case Statement.Compound compound -> {
                CompoundRunner runner = new CompoundRunner(compound, query.lets(), execution);
                List<SelectPlan> plans = runner.plans();
                show(
                        runner.steps(place -> {
                            String missing = missing(plans.get(place));
                            return missing != null ? absent(missing) : runner.steps(place, unbound());
                        }),
                        plans);
            }
            case Statement.Update update -> show(RowChanges.steps(update, execution, unbound()), List.of());
            case Statement.Delete delete -> show(RowChanges.steps(delete, execution, unbound()), List.of());
            default -> throw new IllegalStateException("a statement that is not explained");
        }
    }

    private void show(Step last, List<SelectPlan> plans) {
        write(last, 0);
        number(last, 0);
        for (int i = 0; i < query.lets().size(); i++) {
            tree.append("LET ").append(query.lets().get(i).name().text()).append('\n');
        }
        plans.forEach(this::options);
    }

    /** The steps of a SELECT that is no part of a set operation. */
    private Step alone(SelectPlan plan) {
        String missing = missing(plan);
        return missing != null
                ? absent(missing)
                : new SelectSteps(
                                plan,
                                SelectRunner.Bounds.of(plan, execution.limits().maxRows()),
                                execution,
                                unbound())
                        .all();
    }

    private Operands unbound() {
        return Operands.unbound(execution.parameters(), execution.nowSeconds());
    }

    private static Step absent(String collection) {
        return Step.of("FullScan", () -> "'" + collection + "', which does not exist", () -> null, List.of(), () -> {
            throw new IllegalStateException("shown and not run");
        });
    }

    private @Nullable String missing(SelectPlan plan) {
        List<String> collections = new ArrayList<>();
        collections.add(plan.select().source().collection().text());
        plan.joins().forEach(join -> collections.add(join.collection()));
        for (String collection : collections) {
            if (execution.snapshot().find(collection) == null) {
                return collection;
            }
        }
        return null;
    }

    /** The tree as text, a step above its inputs. */
    private void write(Step step, int depth) {
        tree.append("  ".repeat(depth))
                .append(step.operation())
                .append(": ")
                .append(step.description())
                .append('\n');
        for (Step input : step.inputs()) {
            write(input, depth + 1);
        }
    }

    /** The steps in the order in which they run, inputs first. */
    private void number(Step step, int subquery) {
        step.inputs().forEach(input -> number(input, subquery));
        Obj.Builder shown = Obj.builder()
                .put("step", Value.of(steps.size() + 1L))
                .put("operation", Value.of(step.operation()))
                .put("description", Value.of(step.description()));
        RowEstimate estimate = step.estimate();
        if (estimate != null) {
            shown.put("estimated_rows", Value.of(estimate.rows()))
                    .put("estimation_method", Value.of(estimate.method().text()));
        }
        if (subquery > 0) {
            shown.put("subquery", Value.of((long) subquery));
        }
        steps.add(shown.build());
    }

    private void options(SelectPlan plan) {
        if (!plan.options().inForce().isEmpty()) {
            tree.append("WITH ")
                    .append(String.join(", ", plan.options().inForce()))
                    .append('\n');
        }
        if (!plan.options().ignored().isEmpty()) {
            tree.append("WITH, ignored: ")
                    .append(String.join(", ", plan.options().ignored()))
                    .append('\n');
        }
        if (plan.searches().required().size() > 1 || plan.searches().nearFused() != null) {
            tree.append("FUSION ")
                    .append(plan.fusion().strategy().text())
                    .append(", k = ")
                    .append(plan.fusion().k());
            plan.fusion()
                    .weights()
                    .forEach((name, weight) ->
                            tree.append(", ").append(name).append(" = ").append(Json.text(weight)));
            tree.append('\n');
        }
    }
}
