package io.velesdb.engine;

import io.velesdb.AccessRequest;
import io.velesdb.Caller;
import io.velesdb.Decision;
import io.velesdb.ErrorCode;
import io.velesdb.GuardRail;
import io.velesdb.Observer;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller's way into the engine. Asks the observer before every access, counts the caller's requests, and hands out
 * only what the caller may see. Thread-safe.
 */
public final class Session {
    private final Engine engine;
    private final Observer observer;
    private final boolean watched;
    private final Caller caller;

    public Session(Engine engine, Observer observer, Caller caller) {
        this.engine = engine;
        this.observer = observer;
        watched = !observer.equals(Observer.NONE);
        this.caller = caller;
    }

    /** The same engine and observer for another caller. */
    public Session as(Caller other) {
        return new Session(engine, observer, other);
    }

    public Engine engine() {
        return engine;
    }

    public Caller caller() {
        return caller;
    }

    /**
     * What the observer confines the caller to.
     *
     * @return null for no confinement
     * @throws VelesException VELES-027 when it refuses
     */
    public @Nullable Filter authorise(AccessRequest.Kind kind, String collection) {
        if (!watched) {
            return null;
        }
        return switch (observer.decide(new AccessRequest(kind, collection, caller))) {
            case Decision.Allow allow -> null;
            case Decision.Deny deny ->
                throw VelesException.guardRail(
                        GuardRail.ACCESS,
                        kind.canonicalName() + " on '" + collection + "' was refused: " + deny.reason());
            case Decision.Within within -> within.scope();
        };
    }

    /**
     * For what concerns a collection as a whole and cannot be confined to rows: refused under a scope.
     *
     * @throws VelesException VELES-027 when the observer refuses or confines the caller
     */
    public void authoriseWhole(AccessRequest.Kind kind, String collection) {
        if (authorise(kind, collection) != null) {
            throw VelesException.guardRail(
                    GuardRail.ACCESS,
                    kind.canonicalName() + " on '" + collection
                            + "' concerns all of its rows, and this caller is confined to some of them");
        }
    }

    /**
     * For what shows the content of every collection: refused unless the caller may read each of them whole.
     *
     * @throws VelesException VELES-027 when the observer refuses or confines the caller
     */
    public void authoriseAll() {
        if (!watched) {
            return;
        }
        authoriseWhole(AccessRequest.Kind.SELECT, "");
        for (CollectionSnapshot collection : engine.snapshot().collections()) {
            authoriseWhole(AccessRequest.Kind.SELECT, collection.name());
        }
    }

    /** The rows of a state that the caller may change now. */
    public VisibleRows writable(CollectionSnapshot state) {
        return VisibleRows.of(state, engine.nowSeconds(), authorise(AccessRequest.Kind.DML, state.name()));
    }

    /**
     * The one gate for reads of a collection: the rate limit and the circuit breaker of the caller's client, if it has one;
     * the observer, who may refuse or confine; and once the read is answered, the observer's notification.
     *
     * @param read gets what the caller may see, and nothing else of the collection
     */
    public <R extends @Nullable Object> R read(
            CollectionSnapshot state, AccessRequest.Kind kind, Function<VisibleRows, R> read) {
        return metered(
                state.name(),
                () -> read.apply(VisibleRows.of(state, engine.nowSeconds(), authorise(kind, state.name()))));
    }

    /** The same for what concerns a collection as a whole and cannot be confined to rows: refused under a scope. */
    public <R extends @Nullable Object> R readWhole(
            CollectionSnapshot state, AccessRequest.Kind kind, Function<CollectionSnapshot, R> read) {
        return metered(state.name(), () -> {
            authoriseWhole(kind, state.name());
            return read.apply(state);
        });
    }

    /**
     * The gate for a read that asks the observer itself, as statements do that concern several collections.
     *
     * @param collection what the caller's requests are counted by; empty for the database as a whole
     */
    public <R extends @Nullable Object> R metered(String collection, Supplier<R> read) {
        String client = caller.clientId();
        if (client == null && !watched) {
            return read.get();
        }
        LiveSettings settings = engine.settings();
        if (client != null) {
            settings.clientLimits().enter(client, collection, engine.nowMillis(), settings.guardRails());
        }
        long start = engine.nanos();
        boolean failed = true;
        R result;
        try {
            result = read.get();
            failed = false;
        } catch (VelesException refusal) {
            failed = countsAsFailure(refusal);
            throw refusal;
        } finally {
            if (client != null) {
                settings.clientLimits().left(client, collection, failed, engine.nowMillis(), settings.guardRails());
            }
        }
        long micros = (engine.nanos() - start) / 1000;
        tell(told -> told.queried(collection, micros));
        return result;
    }

    /** Tells the observer of something that has happened; what it throws is for the host to hear, not for the caller. */
    public void tell(Consumer<Observer> notification) {
        if (!watched) {
            return;
        }
        try {
            notification.accept(observer);
        } catch (RuntimeException failure) {
            engine.platform().diagnostics().observerFailed(failure);
        }
    }

    /** A mistake of the caller says nothing about the health of what he calls. */
    private static boolean countsAsFailure(VelesException refusal) {
        GuardRail rail = refusal.guardRail();
        if (rail != null) {
            return rail == GuardRail.TIMEOUT || rail == GuardRail.CARDINALITY || rail == GuardRail.MEMORY;
        }
        return switch (refusal.code()) {
            case STORAGE, IO, INTERNAL, INDEX, INDEX_CORRUPTED, ALLOCATION_FAILED -> true;
            default -> refusal.code() == ErrorCode.COLUMN_STORE;
        };
    }
}
