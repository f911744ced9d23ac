package io.velesdb.query.exec;

import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN (section 19): the steps that would run, with estimates named as such. EXPLAIN ANALYZE runs the statement and adds
 * what was measured.
 */
final class Explain {
    private final Statement.Explain explain;
    private final Execution execution;
    private final Statements statements;
    private final List<Value> steps = new ArrayList<>();

    Explain(Statement.Explain explain, Execution execution, Statements statements) {
        this.explain = explain;
        this.execution = execution;
        this.statements = statements;
    }

    Obj run() {
        Statement.Compound query = explain.query();
        StringBuilder tree = new StringBuilder();
        if (query.rest().isEmpty()) {
            SelectPlan plan = SelectPlan.of(query.first(), List.of());
            describe(plan, SelectRunner.Bounds.of(plan, execution.limits().maxRows()), tree);
        } else {
            CompoundRunner compound = new CompoundRunner(query, List.of(), execution, statements);
            for (int i = 0; i <= query.rest().size(); i++) {
                if (i > 0) {
                    tree.append(query.rest().get(i - 1).operator().text()).append('\n');
                }
                describe(compound.plan(i), compound.bounds(i), tree);
            }
        }
        Obj.Builder row =
                Obj.builder().put("plan", Obj.of("steps", Arr.of(steps))).put("tree", Value.of(tree.toString()));
        if (explain.analyze()) {
            analyze(query, row);
        }
        return row.build();
    }

    private void analyze(Statement.Compound query, Obj.Builder row) {
        Measurements measurements = execution.measure();
        long start = execution.session().engine().nanos();
        int rows = statements.compound(query, List.of(), execution).rows().size();
        double millis = (execution.session().engine().nanos() - start) / 1e6;
        row.put(
                        "actual_stats",
                        Obj.of(
                                "actual_rows",
                                rows,
                                "actual_time_ms",
                                millis,
                                "loops",
                                1,
                                "nodes_visited",
                                execution.nodesVisited(),
                                "edges_traversed",
                                execution.edgesTraversed()))
                .put("node_stats", measurements.toArray());
    }

    // ---- the steps of one SELECT

    private void describe(SelectPlan plan, SelectRunner.Bounds bounds, StringBuilder tree) {
        String missing = missing(plan);
        if (missing != null) {
            add("FullScan", "'" + missing + "', which does not exist", null);
            tree.append("FullScan: '").append(missing).append("', which does not exist\n");
        } else {
            Operands operands = Operands.unbound(execution.parameters(), execution.nowSeconds());
            Step last = new SelectSteps(plan, bounds, execution, operands).all();
            write(last, 0, tree);
            number(last);
        }
        options(plan, tree);
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
    private static void write(Step step, int depth, StringBuilder tree) {
        tree.append("  ".repeat(depth))
                .append(step.operation())
                .append(": ")
                .append(step.description())
                .append('\n');
        for (Step input : step.inputs()) {
            write(input, depth + 1, tree);
        }
    }

    /** The steps in the order in which they run, inputs first. */
    private void number(Step step) {
        step.inputs().forEach(this::number);
        add(step.operation(), step.description(), step.estimate());
    }

    private void add(String operation, String description, @Nullable RowEstimate estimate) {
        Obj.Builder step = Obj.builder()
                .put("step", Value.of(steps.size() + 1L))
                .put("operation", Value.of(operation))
                .put("description", Value.of(description));
        if (estimate != null) {
            step.put("estimated_rows", Value.of(estimate.rows()))
                    .put("estimation_method", Value.of(estimate.method().text()));
        }
        steps.add(step.build());
    }

    private static void options(SelectPlan plan, StringBuilder tree) {
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
