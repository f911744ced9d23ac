package io.velesdb.query.exec;

import io.velesdb.engine.Engine;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What each operator of a run really did: rows in, rows out, calls, time. Nothing here is an estimate. */
final class Measurements {
    private static final class Node {
        final String label;
        final List<Node> inputs = new ArrayList<>();
        long rowsOut;
        long nanos;
        long calls;

        Node(String label) {
            this.label = label;
        }
    }

    private final Engine engine;
    private final List<Node> nodes = new ArrayList<>();
    /** The inputs so far of the operator that is being opened. */
    private List<Node> opened = new ArrayList<>();

    Measurements(Engine engine) {
        this.engine = engine;
    }

    /** Opens an operator; what it opens meanwhile are its inputs, and their time is a part of its own. */
    Operator open(String label, Supplier<Operator> opening) {
        Node node = new Node(label);
        List<Node> siblings = opened;
        opened = node.inputs;
        long start = engine.nanos();
        Operator operator = opening.get();
        node.nanos += engine.nanos() - start;
        opened = siblings;
        opened.add(node);
        nodes.add(node);
        return () -> {
            long began = engine.nanos();
            List<Tuple> batch = operator.next();
            node.nanos += engine.nanos() - began;
            node.calls++;
            node.rowsOut += batch == null ? 0 : batch.size();
            return batch;
        };
    }

    /** Opens a set of rows, as an input of the operator that is being opened. */
    RowSet openRows(String label, Supplier<RowSet> rows) {
        Node node = new Node(label);
        long start = engine.nanos();
        RowSet set = rows.get();
        node.nanos = engine.nanos() - start;
        node.rowsOut = set.count();
        nodes.add(node);
        opened.add(node);
        return set;
    }

    /** One object per operator, in the order of the pipeline; times include those of the inputs. */
    Arr toArray() {
        List<Value> all = new ArrayList<>();
        for (Node node : nodes) {
            long rowsIn = node.inputs.isEmpty()
                    ? node.rowsOut
                    : node.inputs.stream().mapToLong(input -> input.rowsOut).sum();
            all.add(Obj.of(
                    "node_label",
                    node.label,
                    "actual_rows_in",
                    rowsIn,
                    "actual_rows_out",
                    node.rowsOut,
                    "actual_time_ms",
                    node.nanos / 1e6,
                    "loops",
                    Math.max(1, node.calls)));
        }
        return Arr.of(all);
    }
}
