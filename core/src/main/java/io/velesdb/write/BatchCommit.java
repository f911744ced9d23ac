package io.velesdb.write;

import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Session;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of a batch, all or nothing, and tells the observer of the rows that they wrote. */
public final class BatchCommit {
    private final Session session;
    private @Nullable BatchPlanner planned;

    private BatchCommit(Session session) {
        this.session = session;
    }

    /**
     * Carries out what {@code steps} makes of the state that the change will be applied to.
     *
     * @param steps called once; may refuse with a {@link io.velesdb.VelesException}, which the caller gets
     * @return rows and edges written or really removed
     * @throws io.velesdb.VelesException why nothing of it happened
     */
    public static long of(Session session, Function<DatabaseSnapshot, List<? extends Step>> steps) {
        return new BatchCommit(session).carryOut(steps);
    }

    private long carryOut(Function<DatabaseSnapshot, List<? extends Step>> steps) {
        long changed = session.engine().commitPlanned(state -> {
            BatchPlanner planner = BatchPlanner.plan(state, session, steps.apply(state));
            planned = planner;
            return planner.operations();
        });
        if (planned != null) {
            planned.rowsWritten()
                    .forEach((collection, rows) -> session.tell(observer -> observer.upserted(collection, rows)));
        }
        return changed;
    }
}
