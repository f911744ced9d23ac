package io.velesdb.query.exec;

import io.velesdb.engine.Engine;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each operator of a run really did: rows in, rows out, calls, time. Nothing here is an estimate. */
final class Measurements {
    private static final class Node {
        final String label;
        final @Nullable Node input;
        long rowsOut;
        long nanos;
        long calls;

        Node(String label, @Nullable Node input) {
            this.label = label;
            this.input = input;
        }
    }

    private final Engine engine;
    private final List<Node> nodes = new ArrayList<>();
    private final IdentityHashMap<Operator, Node> byOperator = new IdentityHashMap<>();

    Measurements(Engine engine) {
        this.engine = engine;
    }

    Operator around(String label, Operator operator, @Nullable Operator input) {
        Node node = new Node(label, input == null ? null : byOperator.get(input));
        nodes.add(node);
        Operator measured = () -> {
            long start = engine.nanos();
            List<Tuple> batch = operator.next();
            node.nanos += engine.nanos() - start;
            node.calls++;
            node.rowsOut += batch == null ? 0 : batch.size();
            return batch;
        };
        byOperator.put(measured, node);
        return measured;
    }

    /** One object per operator, in the order of the pipeline; times include those of the inputs. */
    Arr toArray() {
        List<Value> all = new ArrayList<>();
        for (Node node : nodes) {
            long rowsIn = node.input == null ? node.rowsOut : node.input.rowsOut;
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
