package io.velesdb.query.exec;

import io.velesdb.engine.Engine;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** What each operator of a run really did: rows in, rows out, calls, time. Nothing here is an estimate. */
final class Measurements {
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

    private final Engine engine;
    private final List<Node> roots = new ArrayList<>();

    /** The inputs so far of the operator that is being opened. */
    private List<Node> opened = roots;

    Measurements(Engine engine) {
        this.engine = engine;
    }

    /** Opens an operator; what it opens meanwhile are its inputs, and their time is a part of its own. */
    Operator open(Step step, Supplier<Operator> opening) {
        Node node = new Node(step);
        List<Node> siblings = opened;
        opened = node.inputs;
        long start = engine.nanos();
        Operator operator = opening.get();
        node.nanos += engine.nanos() - start;
        // an operator may open them in another order than that of the tree
        node.inputs.sort(Comparator.comparingInt(input -> step.inputs().indexOf(input.step)));
        opened = siblings;
        opened.add(node);
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

    /** Opens a scan of a set of rows. */
    Operator openScan(Step step, Supplier<RowSet> rows, Execution execution) {
        Node node = new Node(step);
        RowSet set = selected(node, rows);
        return measured(new RowScan(set, execution), node);
    }

    /** Opens a set of rows, as an input of the operator that is being opened. */
    RowSet openRows(Step step, Supplier<RowSet> rows) {
        Node node = new Node(step);
        RowSet set = selected(node, rows);
        node.rowsOut = set.count();
        return set;
    }

    /** Selects rows of a collection: what goes in are all rows that the caller sees. */
    private RowSet selected(Node node, Supplier<RowSet> rows) {
        long start = engine.nanos();
        RowSet set = rows.get();
        node.nanos = engine.nanos() - start;
        node.rowsIn = set.visible().count();
        opened.add(node);
        return set;
    }

    /** One object per operator, in the order of the pipeline; times include those of the inputs. */
    Arr toArray() {
        List<Value> all = new ArrayList<>();
        roots.forEach(root -> add(root, all));
        return Arr.of(all);
    }

    private static void add(Node node, List<Value> all) {
        node.inputs.forEach(input -> add(input, all));
        long rowsIn = node.inputs.isEmpty()
                ? Math.max(node.rowsIn, node.rowsOut)
                : node.inputs.stream().mapToLong(input -> input.rowsOut).sum();
        all.add(Obj.of(
                "node_label",
                node.step.operation(),
                "actual_rows_in",
                rowsIn,
                "actual_rows_out",
                node.rowsOut,
                "actual_time_ms",
                node.nanos / 1e6,
                "loops",
                Math.max(1, node.calls)));
    }
}
