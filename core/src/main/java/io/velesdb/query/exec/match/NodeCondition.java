package io.velesdb.query.exec.match;

import io.velesdb.AccessRequest;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a pattern asks of its row. With an {@code @} mark the row is one of the target collection, its data that of
 * the row with the same id in another one (section 15.5).
 *
 * @param target the collection that is walked
 * @param elsewhere whether the data is that of another collection
 * @param other that collection; null where it does not exist
 * @param labels what the labels ask; null for nothing
 * @param data what is asked of the data; null for nothing
 */
record NodeCondition(
        VisibleRows target,
        boolean elsewhere,
        @Nullable VisibleRows other,
        @Nullable Filter labels,
        @Nullable Filter data) {
    private static final String LABELS = "_labels";

    /** @param conditions what else the statement asks of the data of the node */
    static NodeCondition of(
            Pattern.NodePattern node,
            VisibleRows target,
            List<Filter> conditions,
            Operands operands,
            Execution execution) {
        List<Filter> labels = new ArrayList<>();
        for (Name label : node.labels()) {
            labels.add(new Filter.ArrayContains(FieldPath.ofNames(LABELS), Value.of(label.text())));
        }
        List<Filter> data = new ArrayList<>(conditions);
        for (Field property : node.properties()) {
            data.add(new Filter.Eq(
                    FieldPath.ofNames("payload", property.name().text()), operands.scalar(property.value())));
        }
        Name mark = node.collection();
        // the data of a row of the collection itself needs no second look
        boolean elsewhere = mark != null && !mark.text().equals(target.state().name());
        VisibleRows other = mark == null || !elsewhere || execution.snapshot().find(mark.text()) == null
                ? null
                : execution.visible(mark.text(), AccessRequest.Kind.GRAPH_TRAVERSAL);
        return new NodeCondition(
                target, elsewhere, other, Conditions.conjunction(labels), Conditions.conjunction(data));
    }

    /** What rows of the target can be told by before one is reached; null where all may match. */
    @Nullable
    Filter selection() {
        if (elsewhere) {
            return null;
        }
        return Conditions.conjunction(
                Stream.of(labels, data).filter(Objects::nonNull).toList());
    }

    /** The test of single rows. */
    NodeTest test(Execution execution) {
        return new NodeTest(this, RowSet.of(target, selection(), execution));
    }
}
