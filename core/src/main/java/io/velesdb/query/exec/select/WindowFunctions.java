package io.velesdb.query.exec.select;

import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.SortKey;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the rows of each partition; the rows go on in the order in which they came. */
final class WindowFunctions implements Operator {
    /** One window with its keys bound. */
    record Window(SelectItem.WindowFunction kind, List<Expression> partition, List<SortKey> order) {}

    private final Operator input;
    private final List<Window> windows;
    private final Execution execution;
    private @Nullable Operator output;

    WindowFunctions(Operator input, List<Window> windows, Execution execution) {
        this.input = input;
        this.windows = windows;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        Operator numbered = output;
        if (numbered == null) {
            List<Tuple> rows = Operator.drain(input, execution);
            for (Tuple row : rows) {
                row.windows = new long[windows.size()];
            }
            for (int i = 0; i < windows.size(); i++) {
                number(rows, i);
            }
            numbered = Operator.of(rows);
            output = numbered;
        }
        return numbered.next();
    }

    private void number(List<Tuple> rows, int at) {
        Window window = windows.get(at);
        Map<Value, List<Tuple>> partitions = new LinkedHashMap<>();
        for (Tuple row : rows) {
            partitions
                    .computeIfAbsent(partitionOf(window, row), key -> new ArrayList<>())
                    .add(row);
        }
        for (List<Tuple> partition : partitions.values()) {
            execution.check();
            number(partition, window, at);
        }
    }

    private static Value partitionOf(Window window, Tuple row) {
        List<Value> key = new ArrayList<>(window.partition.size());
        for (Expression path : window.partition) {
            Value value = path.key(row);
            key.add(value == null ? Value.NULL : value);
        }
        return Arr.of(key);
    }

    private void number(List<Tuple> partition, Window window, int at) {
        List<SortKey> order = window.order;
        List<@Nullable Object[]> extracted = new ArrayList<>(partition.size());
        List<Integer> places = new ArrayList<>(partition.size());
        for (int i = 0; i < partition.size(); i++) {
            @Nullable Object[] keys = new Object[order.size()];
            for (int k = 0; k < keys.length; k++) {
                keys[k] = order.get(k).extract(partition.get(i));
            }
            extracted.add(keys);
            places.add(i);
        }
        places.sort(execution.checking((a, b) -> compare(order, extracted.get(a), extracted.get(b))));
        long rank = 0;
        long dense = 0;
        for (int i = 0; i < places.size(); i++) {
            boolean tied = i > 0 && compare(order, extracted.get(places.get(i - 1)), extracted.get(places.get(i))) == 0;
            if (!tied) {
                rank = i + 1L;
                dense++;
            }
            partition.get(places.get(i)).windows[at] = switch (window.kind) {
                case ROW_NUMBER -> i + 1;
                case RANK -> rank;
                case DENSE_RANK -> dense;
            };
        }
    }

    private static int compare(List<SortKey> order, @Nullable Object[] a, @Nullable Object[] b) {
        for (int i = 0; i < a.length; i++) {
            int sign = order.get(i).compare(a[i], b[i]);
            if (sign != 0) {
                return sign;
            }
        }
        return 0;
    }
}
