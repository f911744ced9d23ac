package io.velesdb.write;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one row before a batch, or nothing of the batch happens. Immutable.
 *
 * @param condition what the row's payload must meet; null when there must be no such row
 */
public record Requirement(
        String collection, long id, @Nullable Filter condition) {
    /** The first of {@code requirements} that does not hold for the rows that the caller may see; null when all do. */
    public static @Nullable Requirement firstUnmet(
            DatabaseSnapshot database, Session session, List<Requirement> requirements) {
        Map<String, VisibleRows> visible = new HashMap<>();
        for (Requirement requirement : requirements) {
            VisibleRows rows =
                    visible.computeIfAbsent(requirement.collection(), name -> session.writable(database.get(name)));
            if (!requirement.holds(rows)) {
                return requirement;
            }
        }
        return null;
    }

    private boolean holds(VisibleRows rows) {
        int slot = rows.slotOf(id);
        if (condition == null) {
            return slot < 0;
        }
        CollectionSnapshot state = rows.state();
        return slot >= 0 && condition.matches(id, state.payload(slot));
    }
}
