package io.velesdb.query.exec;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.plan.JoinPlan;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;

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
        describe(SelectPlan.of(query.first(), List.of()), tree, query.rest().isEmpty());
        for (Statement.SetOperand operand : query.rest()) {
            tree.append(operand.operator().text()).append('\n');
            describe(SelectPlan.of(operand.select(), List.of()), tree, false);
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

    // ---- the steps of one SELECT, as SelectRunner builds them

    private void describe(SelectPlan plan, StringBuilder tree, boolean alone) {
        Select select = plan.select();
        int first = steps.size();
        Conditions conditions = new Conditions(plan.scope(), Operands.unbound(), condition -> {
            throw new IllegalStateException("searches are not bound to be explained");
        });
        List<Filter> filters = new ArrayList<>();
        int rest = 0;
        for (Condition term : Conditions.conjuncts(plan.searches().rest())) {
            Filter filter = plan.joins().isEmpty() ? conditions.filter(term, 0) : null;
            if (filter == null) {
                rest++;
            } else {
                filters.add(filter);
            }
        }
        String collection = select.source().collection().text();
        long estimate = scan(collection, filters);
        for (JoinPlan join : plan.joins()) {
            step(
                    SelectRunner.label(join.kind()),
                    "'" + join.collection() + "' on " + join.left().size() + " column(s), hashed",
                    -1,
                    "");
        }
        boolean graph = select.where() != null && mentionsPattern(select.where());
        if (graph) {
            step("MatchTraversal", "rows that begin a path", -1, "");
        }
        if (rest > 0) {
            step("Filter", rest + " condition(s) tested row by row", -1, "");
        }
        if (!plan.searches().required().isEmpty()) {
            step(
                    "VectorSearch",
                    plan.searches().required().size() + " ranked branch(es) within the filtered rows, effort "
                            + plan.options().effort().kind(),
                    plan.ordersByScoreAlone() && estimate >= 0
                            ? Math.min(
                                    estimate,
                                    SelectRunner.Bounds.of(
                                                    plan, execution.limits().maxRows())
                                            .depth())
                            : estimate,
                    "row count");
        }
        if (plan.aggregating()) {
            step(
                    plan.groupBy().isEmpty() ? "Aggregate" : "GroupBy",
                    plan.aggregates().size() + " aggregate(s) over "
                            + plan.groupBy().size() + " key(s)",
                    plan.groupBy().isEmpty() ? 1 : -1,
                    "cardinality");
            if (select.having() != null) {
                step("Filter", "HAVING", -1, "");
            }
        }
        if (!select.orderBy().isEmpty()) {
            step("Sort", select.orderBy().size() + " key(s)", -1, "");
        }
        if (select.offset() != null) {
            step("Offset", String.valueOf(select.offset().rows()), -1, "");
        }
        limit(plan, alone);
        write(plan, first, tree);
    }

    private long scan(String collection, List<Filter> filters) {
        CollectionSnapshot state = execution.snapshot().find(collection);
        if (state == null) {
            step(filters.isEmpty() ? "FullScan" : "IndexLookup", "'" + collection + "', which does not exist", -1, "");
            return -1;
        }
        if (filters.isEmpty()) {
            step("FullScan", "'" + collection + "'", state.rows(), "row count");
            return state.rows();
        }
        step(
                "IndexLookup",
                "'" + collection + "', " + filters.size() + " condition(s) on columns",
                state.rows(),
                "no histogram");
        return state.rows();
    }

    private void limit(SelectPlan plan, boolean alone) {
        Select select = plan.select();
        SelectRunner.Bounds bounds =
                SelectRunner.Bounds.of(plan, execution.limits().maxRows());
        if (select.limit() != null) {
            step("Limit", String.valueOf(bounds.limit()), bounds.limit(), "row count");
        } else if (alone && (!plan.aggregating() || plan.searches().ranks())) {
            step("Limit", bounds.limit() + " (default)", bounds.limit(), "row count");
        }
    }

    private void write(SelectPlan plan, int first, StringBuilder tree) {
        for (int i = steps.size() - 1; i >= first; i--) {
            Obj step = (Obj) steps.get(i);
            for (int depth = steps.size() - 1; depth > i; depth--) {
                tree.append("  ");
            }
            tree.append(step.text("operation"))
                    .append(": ")
                    .append(step.text("description"))
                    .append('\n');
        }
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
                    .append(plan.fusion().k())
                    .append(", dense_weight = ")
                    .append(Json.text(plan.fusion().dense()))
                    .append(", sparse_weight = ")
                    .append(Json.text(plan.fusion().sparse()))
                    .append('\n');
        }
    }

    private void step(String operation, String description, long estimate, String method) {
        Obj.Builder step = Obj.builder()
                .put("step", Value.of(steps.size() + 1L))
                .put("operation", Value.of(operation))
                .put("description", Value.of(description));
        if (estimate >= 0) {
            step.put("estimated_rows", Value.of(estimate)).put("estimation_method", Value.of(method));
        }
        steps.add(step.build());
    }

    private static boolean mentionsPattern(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(Explain::mentionsPattern);
            case Condition.Or or -> or.terms().stream().anyMatch(Explain::mentionsPattern);
            case Condition.Not not -> mentionsPattern(not.term());
            case Condition.GraphMatch match -> true;
            default -> false;
        };
    }
}
