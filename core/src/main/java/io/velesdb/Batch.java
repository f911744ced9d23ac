package io.velesdb;

import io.velesdb.engine.Engine;
import io.velesdb.engine.Session;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.write.BatchPlanner;
import io.velesdb.write.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes to any collections of one database that happen together or not at all. Steps act in the order given, each sees
 * what those before it did, and readers see all of it or nothing.
 *
 * <pre>{@code
 * database.batch()
 *         .upsert("people", List.of(Point.of(1, Obj.of("name", "Ada")), Point.of(2, Obj.of("name", "Charles"))))
 *         .addEdges("people", List.of(Edge.of(1, 2, "WRITES_TO")))
 *         .delete("inbox", 17)
 *         .commit();
 * }</pre>
 *
 * <p>Not thread-safe; {@link #commit} may be called once.
 */
public final class Batch {
    private final Session session;
    private final List<Step> steps = new ArrayList<>();
    private boolean committed;

    Batch(Session session) {
        this.session = session;
    }

    /** Replaces or adds whole rows. */
    public Batch upsert(String collection, List<Point> points) {
        return add(new Step.Upsert(collection, List.copyOf(points)));
    }

    /**
     * Sets members of the payload, and the vector, of the rows for which {@code condition} holds; the rest of each row
     * stays.
     *
     * @param members top-level payload members to set
     * @param vector null to keep each row's own
     */
    public Batch update(String collection, Filter condition, Obj members, float @Nullable [] vector) {
        return add(new Step.UpdateWhere(collection, condition, new Step.RowPatch(members, vector, Map.of())));
    }

    /** Removes rows, and with them their edges; missing ids are ignored. */
    public Batch delete(String collection, long... ids) {
        return add(new Step.Delete(collection, Arrays.copyOf(ids, ids.length)));
    }

    /** Adds edges; VELES-019 for an id in use, VELES-022 for a row that does not exist. */
    public Batch addEdges(String collection, List<Edge> edges) {
        return add(new Step.AddEdges(collection, List.copyOf(edges), Step.IfPresent.REFUSE));
    }

    /** Removes edges; missing ids are ignored. */
    public Batch removeEdges(String collection, long... ids) {
        return add(new Step.RemoveEdges(collection, Arrays.copyOf(ids, ids.length)));
    }

    /**
     * Carries out all steps: on return they are durable as the log mode says, and visible. An empty batch writes nothing.
     *
     * @return rows and edges written or really removed
     * @throws VelesException why nothing of it happened; VELES-027 for more than 100,000 rows and edges, or 256 MiB
     */
    public long commit() {
        if (committed) {
            throw new VelesException(ErrorCode.QUERY, "this batch was committed before: make another one");
        }
        committed = true;
        return commit(session, steps);
    }

    static long commit(Session session, List<? extends Step> steps) {
        if (steps.isEmpty()) {
            return 0;
        }
        Engine engine = session.engine();
        long changed = engine.commitPlanned(state -> BatchPlanner.plan(state, session, steps));
        for (Step step : steps) {
            if (step instanceof Step.Upsert upsert) {
                session.tell(observer ->
                        observer.upserted(upsert.collection(), upsert.points().size()));
            }
        }
        return changed;
    }

    private Batch add(Step step) {
        steps.add(step);
        return this;
    }
}
