package io.velesdb.query.exec.step;

import io.velesdb.engine.Engine;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each operator of a run really did: rows in, rows out, calls, time. Nothing here is an estimate. */
public final class Measurements {
    private static final class Node {
        final Step step;
        final List<Node> inputs = new ArrayList<>();
        long rowsIn;
        long rowsOut;
        long nanos;
        long calls;

        Node(Step step) {
            this.step = step;
        }
    }

    /**
     * A tree of steps that ran.
     *
     * @param subquery the one that it is of; null for the statement itself
     */
    private record Root(Node node, @Nullable Select subquery) {}

    private final Engine engine;
    private final Map<Step, Node> nodes = new HashMap<>();
    private final List<Root> roots = new ArrayList<>();
    private @Nullable Select subquery;

    Measurements(Engine engine) {
        this.engine = engine;
    }

    /** Runs a subquery: the steps that are opened meanwhile are its own. */
    public <T> T ofSubquery(Select select, Supplier<T> run) {
        Select around = subquery;
        subquery = select;
        try {
            return run.get();
        } finally {
            subquery = around;
        }
    }

    /** The node of a step; the first step that is opened of a tree makes those of all that stand below it. */
    private Node nodeOf(Step step) {
        Node known = nodes.get(step);
        if (known == null) {
            known = add(step);
            roots.add(new Root(known, subquery));
        }
        return known;
    }

    private Node add(Step step) {
        Node node = new Node(step);
        nodes.put(step, node);
        step.inputs().forEach(input -> node.inputs.add(add(input)));
        return node;
    }

    /** Opens an operator; the time of the inputs that it opens meanwhile is a part of its own. */
    Operator open(Step step, Supplier<Operator> opening) {
        Node node = nodeOf(step);
        long start = engine.nanos();
        Operator operator = opening.get();
        node.nanos += engine.nanos() - start;
        return measured(operator, node);
    }

    private Operator measured(Operator operator, Node node) {
        return () -> {
            long began = engine.nanos();
            List<Tuple> batch = operator.next();
            node.nanos += engine.nanos() - began;
            node.calls++;
            node.rowsOut += batch == null ? 0 : batch.size();
            return batch;
        };
    }

    /** Adds what a step went on to do when it had handed on its last row. */
    public void wentOn(Step step, long nanos) {
        nodeOf(step).nanos += nanos;
    }

    /** Opens a scan of a set of rows. */
    Operator openScan(Step step, Supplier<RowSet> rows, Execution execution) {
        Node node = nodeOf(step);
        return measured(new RowScan(selected(node, rows), execution), node);
    }

    /** Opens a set of rows. */
    RowSet openRows(Step step, Supplier<RowSet> rows) {
        Node node = nodeOf(step);
        RowSet set = selected(node, rows);
        node.rowsOut += set.count();
        node.calls++;
        return set;
    }

    /** Selects rows of a collection: what goes in are all rows that the caller sees. */
    private RowSet selected(Node node, Supplier<RowSet> rows) {
        long start = engine.nanos();
        RowSet set = rows.get();
        node.nanos += engine.nanos() - start;
        node.rowsIn += set.visible().count();
        return set;
    }

    /**
     * One object per operator, inputs before what reads them; times include those of the inputs. What was never asked for
     * a row has no loops.
     *
     * @param subqueries those of the statement: the operators of one carry its number, from 1, and stand before those of the
     *     statement itself
     */
    public Arr toArray(List<Select> subqueries) {
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < subqueries.size(); i++) {
            addTrees(subqueries.get(i), i + 1, all);
        }
        addTrees(null, 0, all);
        return Arr.of(all);
    }

    @SuppressWarnings("ReferenceEquality") // the same place in the statement, not an equal subquery
    private void addTrees(@Nullable Select of, int number, List<Value> all) {
        for (Root root : roots) {
            if (root.subquery == of) {
                add(root.node, number, all);
            }
        }
    }

    private static void add(Node node, int subquery, List<Value> all) {
        node.inputs.forEach(input -> add(input, subquery, all));
        long rowsIn = node.inputs.isEmpty()
                ? Math.max(node.rowsIn, node.rowsOut)
                : node.inputs.stream().mapToLong(input -> input.rowsOut).sum();
        Obj measured = Obj.of(
                "node_label",
                node.step.operation(),
                "actual_rows_in",
                rowsIn,
                "actual_rows_out",
                node.rowsOut,
                "actual_time_ms",
                node.nanos / 1e6,
                "loops",
                node.calls);
        all.add(subquery == 0 ? measured : measured.with("subquery", Value.of((long) subquery)));
    }
}
