package io.velesdb;

import io.velesdb.engine.Session;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.write.BatchCommit;
import io.velesdb.write.Requirement;
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
    private final List<Requirement> requirements = new ArrayList<>();
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

    /** Sets members of the payload, and the vector, of the rows with these ids; missing ones are ignored. */
    public Batch update(String collection, long[] ids, Obj members, float @Nullable [] vector) {
        return add(new Step.UpdateRows(
                collection, Arrays.copyOf(ids, ids.length), new Step.RowPatch(members, vector, Map.of())));
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
     * Makes the batch depend on a row as it is before the batch: one that is there and meets {@code condition}. With it a
     * change that was worked out from rows read before is made only when they are still the same; see {@link #tryCommit}.
     */
    public Batch require(String collection, long id, Filter condition) {
        requirements.add(new Requirement(collection, id, condition));
        return this;
    }

    /** Makes the batch depend on there being no such row before it. */
    public Batch requireAbsent(String collection, long id) {
        requirements.add(new Requirement(collection, id, null));
        return this;
    }

    /**
     * Carries out all steps: on return they are durable as the log mode says, and visible. An empty batch writes nothing.
     *
     * @return rows and edges written or really removed
     * @throws VelesException why nothing of it happened; VELES-010 when a requirement does not hold, VELES-027 for more
     *     than 100,000 rows and edges, or 256 MiB
     */
    public long commit() {
        Outcome outcome = carryOut();
        Requirement unmet = outcome.unmet;
        if (unmet != null) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "point " + Long.toUnsignedString(unmet.id()) + " of collection '" + unmet.collection()
                            + "' is not as the batch requires it, so nothing was written: read it again");
        }
        return outcome.changed;
    }

    /**
     * As {@link #commit}, for batches with requirements.
     *
     * @return false when a requirement does not hold: then nothing was written, and the caller reads again and makes a new
     *     batch
     */
    public boolean tryCommit() {
        return carryOut().unmet == null;
    }

    private Outcome carryOut() {
        if (committed) {
            throw new VelesException(ErrorCode.QUERY, "this batch was committed before: make another one");
        }
        committed = true;
        Outcome outcome = new Outcome();
        outcome.changed = commit(session, steps, requirements, outcome);
        return outcome;
    }

    /** What came of a batch: which requirement it failed, or how much it changed. */
    private static final class Outcome {
        private long changed;
        private @Nullable Requirement unmet;
    }

    static long commit(Session session, List<? extends Step> steps) {
        return commit(session, steps, List.of(), new Outcome());
    }

    private static long commit(
            Session session, List<? extends Step> steps, List<Requirement> requirements, Outcome outcome) {
        if (steps.isEmpty() && requirements.isEmpty()) {
            return 0;
        }
        return BatchCommit.of(session, state -> {
            outcome.unmet = Requirement.firstUnmet(state, session, requirements);
            return outcome.unmet == null ? steps : List.of();
        });
    }

    private Batch add(Step step) {
        steps.add(step);
        return this;
    }
}
