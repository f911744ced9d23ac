package io.velesdb.query.exec.match;

import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.step.RowSet;

/**
 * Which rows a node of a pattern matches.
 *
 * @param condition what is asked
 * @param candidates visible rows that may match, to begin a walk with: those that {@link NodeCondition#selection} selects
 */
record NodeTest(NodeCondition condition, RowSet candidates) {
    /** Whether it matches a row of the target collection; {@code slot} is -1 where there is none. */
    boolean accepts(long id, int slot) {
        if (slot < 0) {
            return false;
        }
        if (!condition.elsewhere()) {
            return candidates.contains(slot);
        }
        VisibleRows target = condition.target();
        if (!target.contains(slot)) {
            return false;
        }
        RowEntity entity = entity(id, slot);
        Filter labels = condition.labels();
        Filter data = condition.data();
        boolean labelled = labels == null
                || labels.matches(id, target.state().payload(slot))
                || entity.slot() >= 0 && labels.matches(id, entity.payload());
        return labelled && (data == null || data.matches(id, entity.payload()));
    }

    /** What the node stands for when it is this row. */
    RowEntity entity(long id, int slot) {
        if (!condition.elsewhere()) {
            return new RowEntity(condition.target().state(), id, slot);
        }
        VisibleRows named = condition.other();
        return named == null
                ? new RowEntity(condition.target().state(), id, -1)
                : new RowEntity(named.state(), id, named.slotOf(id));
    }
}
