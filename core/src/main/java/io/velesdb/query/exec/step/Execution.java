package io.velesdb.query.exec.step;

import io.velesdb.AccessRequest;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Engine;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.host.Cancellation;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.search.Budget;
import io.velesdb.search.Deadline;
import io.velesdb.search.Memory;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of one statement: the state that it sees, the moment at which it happens, its parameters and its bounds. Asked
 * as a {@link Cancellation} by everything that takes long. Belongs to one thread.
 */
public final class Execution implements Cancellation, AutoCloseable {
    private static final int COMPARED_BETWEEN_CHECKS = 4_096;

    /** A bound on rows that is none. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** What the observer was asked about: a right to one kind of access is none to another. */
    private record Access(String collection, AccessRequest.Kind kind) {}

    /** What the run did so far, on whatever state. */
    private static final class Work {
        long nodesVisited;
        long edgesTraversed;

        @Nullable
        Measurements measurements;
    }

    private final Session session;
    private final DatabaseSnapshot snapshot;
    private final long nowSeconds;
    private final Obj parameters;
    private final QueryLimits limits;
    private Cancellation deadline;
    private final Budget budget;
    private final Work work;
    private final Map<Access, VisibleRows> visible = new HashMap<>();
    private final List<Runnable> closing = new ArrayList<>();

    private Execution(
            Session session,
            DatabaseSnapshot snapshot,
            long nowSeconds,
            Obj parameters,
            QueryLimits limits,
            Cancellation deadline,
            Budget budget,
            Work work) {
        this.session = session;
        this.snapshot = snapshot;
        this.nowSeconds = nowSeconds;
        this.parameters = parameters;
        this.limits = limits;
        this.deadline = deadline;
        this.budget = budget;
        this.work = work;
    }

    /**
     * A run that begins now.
     *
     * @param timeoutMillis null for the default
     * @param signal asked as well; null for none
     */
    public static Execution begin(
            Session session,
            Obj parameters,
            QueryLimits limits,
            @Nullable Long timeoutMillis,
            @Nullable Cancellation signal) {
        Engine engine = session.engine();
        return new Execution(
                session,
                engine.snapshot(),
                engine.nowSeconds(),
                parameters,
                limits,
                Deadline.of(timeoutMillis, signal, session),
                Budget.untimed(session),
                new Work());
    }

    /** The same run on another state: what a write does between planning and applying. */
    public Execution on(DatabaseSnapshot state) {
        return new Execution(session, state, nowSeconds, parameters, limits, deadline, budget, work);
    }

    /** Whose statement it is. */
    public Session session() {
        return session;
    }

    /** The state that the statement sees. */
    public DatabaseSnapshot snapshot() {
        return snapshot;
    }

    /** The moment at which the statement happens. */
    public long nowSeconds() {
        return nowSeconds;
    }

    /** The parameters of the statement, by name. */
    public Obj parameters() {
        return parameters;
    }

    /** What a statement may take. */
    public QueryLimits limits() {
        return limits;
    }

    /**
     * The rows of a collection that the statement sees.
     *
     * @throws VelesException VELES-002 when there is no such collection, VELES-027 when the observer refuses
     */
    public VisibleRows visible(String collection, AccessRequest.Kind kind) {
        Access access = new Access(collection, kind);
        VisibleRows known = visible.get(access);
        if (known == null) {
            CollectionSnapshot state = snapshot.get(collection);
            known = VisibleRows.of(state, nowSeconds, session.authorise(kind, collection));
            visible.put(access, known);
        }
        return known;
    }

    @Override
    public void check() {
        deadline.check();
    }

    /**
     * The end of a part of the statement that begins now: its own timeout, within that of the whole.
     *
     * @param timeoutMillis null for that of the whole
     */
    public Cancellation within(@Nullable Long timeoutMillis) {
        return timeoutMillis == null ? deadline : Deadline.of(timeoutMillis, deadline, session);
    }

    /**
     * Goes on with a part of the statement.
     *
     * @param end when it is given up
     */
    public <T> T until(Cancellation end, Supplier<T> part) {
        Cancellation whole = deadline;
        deadline = end;
        try {
            return part.get();
        } finally {
            deadline = whole;
        }
    }

    /** The same order, asking now and then whether to give up: for sorting many rows. */
    public <T> Comparator<T> checking(Comparator<T> order) {
        int[] compared = {0};
        return (a, b) -> {
            if (++compared[0] % COMPARED_BETWEEN_CHECKS == 0) {
                check();
            }
            return order.compare(a, b);
        };
    }

    /** @throws VelesException VELES-027 when one operator holds more rows, or with them more memory, than it may */
    public void checkHeld(long rows) {
        checkHeld(rows, rows * Tuple.ROW_BYTES);
    }

    /**
     * For rows whose size is known.
     *
     * @param bytes about what all of them take
     * @throws VelesException VELES-027 when one operator holds more rows, or with them more memory, than it may
     */
    public void checkHeld(long rows, long bytes) {
        budget.holds(rows, bytes);
    }

    @Override
    public void holds(long rows, long bytes) {
        budget.holds(rows, bytes);
    }

    /** Counts a row of the result. @throws VelesException VELES-027 when the result takes more memory than it may */
    public void addResult(Value columns) {
        budget.keeps(Tuple.ROW_BYTES + Memory.bytes(columns));
    }

    /** Counts rows that were read. */
    public void visited(long rows) {
        work.nodesVisited += rows;
    }

    /** Counts edges that were walked. */
    public void traversed(long edges) {
        work.edgesTraversed += edges;
    }

    /** The rows that were read so far. */
    public long nodesVisited() {
        return work.nodesVisited;
    }

    /** The edges that were walked so far. */
    public long edgesTraversed() {
        return work.edgesTraversed;
    }

    /** From now on every operator is measured. */
    public Measurements measure() {
        Measurements started = new Measurements(session.engine());
        work.measurements = started;
        return started;
    }

    /** What is measured; null where nothing is. */
    @Nullable
    public Measurements measurements() {
        return work.measurements;
    }

    /** Runs when the statement ends, however it ends. */
    void onClose(Runnable action) {
        closing.add(action);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        closing.clear();
    }
}
