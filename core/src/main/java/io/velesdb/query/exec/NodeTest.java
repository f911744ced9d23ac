package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a node of a pattern matches. With an {@code @} mark the row is one of the target collection, its data that of
 * the row with the same id in another one (section 15.5).
 */
final class NodeTest {
    private static final String LABELS = "_labels";

    private final VisibleRows target;
    private final @Nullable VisibleRows other;
    private final @Nullable RowSet rows;
    private final @Nullable Filter labels;
    private final @Nullable Filter data;

    private NodeTest(
            VisibleRows target,
            @Nullable VisibleRows other,
            @Nullable RowSet rows,
            @Nullable Filter labels,
            @Nullable Filter data) {
        this.target = target;
        this.other = other;
        this.rows = rows;
        this.labels = labels;
        this.data = data;
    }

    /** @param conditions what else the statement asks of the data of the node */
    static NodeTest of(
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
        if (mark != null && !mark.text().equals(target.state().name())) {
            VisibleRows other = execution.snapshot().find(mark.text()) == null
                    ? null
                    : execution.visible(mark.text(), AccessRequest.Kind.GRAPH_TRAVERSAL);
            return new NodeTest(target, other, null, conjunction(labels), conjunction(data));
        }
        List<Filter> all = new ArrayList<>(labels);
        all.addAll(data);
        return new NodeTest(target, null, RowSet.of(target, conjunction(all), execution), null, null);
    }

    private static @Nullable Filter conjunction(List<Filter> filters) {
        return filters.isEmpty() ? null : filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
    }

    /** Visible rows that may match, to begin a walk with. */
    RowSet candidates(Execution execution) {
        RowSet known = rows;
        return known == null ? RowSet.of(target, null, execution) : known;
    }

    /** Whether it matches a row of the target collection; {@code slot} is -1 where there is none. */
    boolean accepts(long id, int slot) {
        RowSet known = rows;
        if (known != null) {
            return slot >= 0 && known.contains(slot);
        }
        if (slot < 0 || !target.contains(slot)) {
            return false;
        }
        RowEntity entity = entity(id, slot);
        boolean labelled = labels == null
                || labels.matches(id, target.state().payload(slot))
                || entity.slot() >= 0 && labels.matches(id, entity.payload());
        return labelled && (data == null || data.matches(id, entity.payload()));
    }

    /** What the node stands for when it is this row. */
    RowEntity entity(long id, int slot) {
        if (rows != null) {
            return new RowEntity(target.state(), id, slot);
        }
        VisibleRows named = other;
        return named == null
                ? new RowEntity(target.state(), id, -1)
                : new RowEntity(named.state(), id, named.slotOf(id));
    }
}
