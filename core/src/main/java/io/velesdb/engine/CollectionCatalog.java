package io.velesdb.engine;

import io.velesdb.AccessRequest;
import io.velesdb.Collection;
import io.velesdb.CollectionStatistics;
import io.velesdb.ErrorCode;
import io.velesdb.IndexDefinition;
import io.velesdb.VelesException;
import io.velesdb.journal.Operation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is declared for one collection, changed on behalf of a caller who may. Thread-safe. */
public final class CollectionCatalog {
    private final Session session;
    private final String name;

    /** @param name the collection; each call is VELES-002 when there is none of that name */
    public CollectionCatalog(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    /**
     * Declares an index and has it filled: in the background, or on this thread where the host has none. False when it was
     * there already.
     *
     * @throws VelesException VELES-027 when there are too many
     */
    public boolean createIndex(IndexDefinition definition) {
        boolean created = change(state -> {
            List<IndexDefinition> known = state.settings().indexes();
            if (known.contains(definition)) {
                return null;
            }
            if (known.size() >= Collection.MAX_INDEXES) {
                throw new VelesException(
                        ErrorCode.GUARD_RAIL,
                        "collection '" + name + "' has " + known.size()
                                + " indexes, which is the most: drop one first");
            }
            return new Operation.CreateIndex(state.number(), definition);
        });
        session.engine().upkeep().fillIndexes(name);
        return created;
    }

    /** Drops an index; false when it was not there. */
    public boolean dropIndex(IndexDefinition definition) {
        return change(state -> state.settings().indexes().contains(definition)
                ? new Operation.DropIndex(state.number(), definition)
                : null);
    }

    /** Sets whether the vector index may be rebuilt when that is advised. */
    public void setAutoReindex(boolean enabled) {
        change(state -> state.settings().autoReindex() == enabled
                ? null
                : new Operation.SetAutoReindex(state.number(), enabled));
    }

    /** Computes the statistics of the rows that are there now, while others read and write, and keeps them. */
    public CollectionStatistics analyze() {
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        CollectionSnapshot state = session.engine().snapshot().get(name);
        CollectionStatistics found = VisibleRows.of(state, session.engine().nowSeconds(), null)
                .statistics(session.engine().nowMillis());
        session.engine().commit(new Operation.Analyze(state.number(), found), name);
        return found;
    }

    /** Carries out what {@code plan} makes of the state; null for nothing. Returns whether anything changed. */
    private boolean change(Function<CollectionSnapshot, @Nullable Operation> plan) {
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        long changed = session.engine().commitPlanned(database -> {
            Operation operation = plan.apply(database.get(name));
            return operation == null ? List.of() : List.of(operation);
        });
        return changed > 0;
    }
}
