package io.velesdb.write;

import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.host.Cancellation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of a batch, all or nothing, and tells the observer of the rows that they wrote. */
public final class BatchCommit {
    private final Session session;
    private final Cancellation signal;
    private @Nullable BatchPlanner planned;

    private BatchCommit(Session session, Cancellation signal) {
        this.session = session;
        this.signal = signal;
    }

    /**
     * Carries out what {@code steps} makes of the state that the change will be applied to.
     *
     * @param steps called once; may refuse with a {@link io.velesdb.VelesException}, which the caller gets
     * @return rows and edges written or really removed
     * @throws io.velesdb.VelesException why nothing of it happened
     */
    public static long of(Session session, Function<DatabaseSnapshot, List<? extends Step>> steps) {
        return of(session, Cancellation.NONE, steps);
    }

    /**
     * The same, given up before anything is recorded.
     *
     * @param signal asked now and then whether to give up
     */
    public static long of(
            Session session, Cancellation signal, Function<DatabaseSnapshot, List<? extends Step>> steps) {
        return new BatchCommit(session, signal).carryOut(steps);
    }

    private long carryOut(Function<DatabaseSnapshot, List<? extends Step>> steps) {
        long changed = session.engine().commitPlanned(state -> {
            BatchPlanner planner = BatchPlanner.plan(state, session, steps.apply(state), signal);
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
