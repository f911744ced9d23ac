package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.IndexDefinition;
import io.velesdb.ReindexAdvice;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.journal.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What keeps collections lean and quick, and changes no answer: expired rows are deleted, dead row versions dropped,
 * indexes filled. Hosts ask what is due and do it in the background; whatever touches the state is a change in the journal.
 * Thread-safe.
 */
public final class Upkeep {
    private static final int SLOTS_PER_REPAIR = 2_000;
    private static final int ROWS_PER_SWEEP = 5_000;

    /** A vacuum is due when there are this many dead versions and they are one in so many. */
    private static final int LEAST_DEAD = 1_000;

    private static final int DEAD_SHARE = 5;

    /** An index is due when it has so many rows to take in. */
    private static final int LEAST_BEHIND = 1_000;

    private final Engine engine;
    private final AtomicLong expiredRows = new AtomicLong();
    private volatile @Nullable Runnable background;

    /** By the number of a collection, what rebuild of its vector index was taken back. */
    private final Map<Integer, TakenBack> takenBack = new ConcurrentHashMap<>();

    /**
     * A rebuild that made searches worse.
     *
     * @param shape the one that was tried
     * @param vectors how many there were; twice as many deserve another trial
     * @param why in a sentence
     */
    private record TakenBack(HnswParameters shape, int vectors, String why) {}

    Upkeep(Engine engine) {
        this.engine = engine;
    }

    /**
     * From now on the host does in the background what is due.
     *
     * @param wake lets it look for that at once; called by any thread
     */
    public void doneInBackground(Runnable wake) {
        background = wake;
    }

    /**
     * Has the indexes of a collection take in the rows that are there: in the background where the host works there, else on
     * this thread.
     */
    void fillIndexes(String name) {
        Runnable wake = background;
        if (wake == null) {
            refreshIndexes(name);
        } else {
            wake.run();
        }
    }

    /**
     * Drops dead row versions: links around them are repaired slice by slice, so that writers wait for one slice at
     * most, then the live rows move together.
     *
     * @return row versions dropped
     * @throws VelesException VELES-002 when there is no such collection, VELES-006 when a document or vector is damaged:
     *     then nothing is recorded of it
     */
    public long vacuum(String name) {
        engine.exclusively(engine::requireWhole);
        sweepExpired(name);
        CollectionSnapshot state = engine.snapshot().get(name);
        if (!state.hasDeadSlots()) {
            return 0;
        }
        // while writers go on; rows that come meanwhile have just been written
        state.verifyDocuments();
        if (state.index() != null) {
            for (int from = 0; from < state.slots(); from += SLOTS_PER_REPAIR) {
                commit(new Operation.Repair(state.number(), from, from + SLOTS_PER_REPAIR));
            }
        }
        long dropped = commit(new Operation.Compact(state.number()));
        refreshIndexes(name);
        return dropped;
    }

    /** The collections in which dead row versions cost more than dropping them does. */
    public List<String> vacuumDue() {
        return due(Upkeep::vacuumDue);
    }

    /** Whether dead row versions of a collection cost more than dropping them does. */
    public static boolean vacuumDue(CollectionSnapshot state) {
        int dead = state.slots() - state.rows();
        return dead >= LEAST_DEAD && dead >= state.slots() / DEAD_SHARE;
    }

    /** The collections with indexes that have many rows to take in. */
    public List<String> indexesDue() {
        return due(state -> {
            for (IndexDefinition definition : state.settings().indexes()) {
                if (state.columns().behind(definition) >= LEAST_BEHIND) {
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * Lets the indexes of a collection take in the rows that are there now, on this thread, while others read and write.
     * Never needed for an answer: a query that finds rows missing in an index takes them in or goes without.
     */
    public void refreshIndexes(String name) {
        CollectionSnapshot state = engine.snapshot().find(name);
        if (state != null) {
            for (IndexDefinition definition : state.settings().indexes()) {
                state.columns().refresh(definition, state, Cancellation.NONE);
            }
        }
    }

    /** The collections whose vectors wait to be linked, and should not any longer: see {@link io.velesdb.IndexBuilding}. */
    public List<String> linkingDue() {
        long now = engine.nowMillis();
        return due(state -> {
            int waiting = state.waitingVectors();
            return waiting > 0 && state.schema().building().isDue(waiting, Math.max(0, now - state.waitingSince()));
        });
    }

    /**
     * The collections whose writes link vectors and have left a few waiting for company. To be linked when nobody writes: every
     * search scores them one by one, and the next writer would have to link some.
     */
    public List<String> linkingLeft() {
        return due(state ->
                state.waitingVectors() > 0 && state.schema().building().buffer().prompt());
    }

    /**
     * Links the vectors that wait now into the vector index, in pieces between which others write.
     *
     * @return vectors linked
     * @throws VelesException VELES-002 when there is no such collection
     */
    public long linkWaiting(String name) {
        CollectionSnapshot state = engine.snapshot().get(name);
        int waiting = state.waitingVectors();
        int piece = state.schema().building().piece(waiting);
        for (int done = 0; done < waiting; done += piece) {
            commit(new Operation.LinkVectors(state.number(), Math.min(piece, waiting - done)));
        }
        return waiting;
    }

    /** The collections that may rebuild their vector index by themselves, and should: see {@link ReindexAdvice}. */
    public List<String> reindexDue() {
        long now = engine.nowMillis();
        return due(state -> {
            ReindexAdvice advice = state.settings().autoReindex() ? reindexAdvice(state, now) : null;
            return advice != null && advice.shouldReindex();
        });
    }

    /** Whether the vector index of a collection should be rebuilt; null where there is none. */
    public @Nullable ReindexAdvice reindexAdvice(CollectionSnapshot state) {
        return reindexAdvice(state, engine.nowMillis());
    }

    private @Nullable ReindexAdvice reindexAdvice(CollectionSnapshot state, long nowMillis) {
        ReindexAdvice advice = state.reindexAdvice(nowMillis);
        TakenBack tried = takenBack.get(state.number());
        if (advice == null
                || !advice.shouldReindex()
                || tried == null
                || tried.shape.m() != advice.optimalM()
                || state.vectors() >= 2L * tried.vectors) {
            return advice;
        }
        return advice.against("it was tried and taken back: " + tried.why);
    }

    /**
     * Makes the vector index of a collection anew in another shape. Others read meanwhile, writers wait: about as long as it
     * took to insert the vectors.
     *
     * @throws VelesException VELES-002 when there is no such collection, VELES-015 when it holds no vectors
     */
    public void reindex(String name, HnswParameters shape) {
        rebuild(name, shape);
    }

    /** Returns the state before. */
    private CollectionSnapshot rebuild(String name, HnswParameters shape) {
        AtomicReference<@Nullable CollectionSnapshot> before = new AtomicReference<>();
        engine.commitPlanned(state -> {
            CollectionSnapshot collection = state.get(name);
            before.set(collection);
            if (collection.index() == null) {
                throw new VelesException(
                        ErrorCode.SEARCH_NOT_SUPPORTED,
                        "collection '" + collection.name() + "' holds no vectors: there is no vector index to rebuild");
            }
            return List.of(new Operation.Reindex(collection.number(), shape));
        });
        return Objects.requireNonNull(before.get());
    }

    /** {@link #reindexUnlessWorse} in the shape that is advised. */
    public boolean reindexAsAdvised(String name) {
        return reindexUnlessWorse(
                name,
                HnswParameters.forDimension(engine.snapshot().get(name).schema().dimension()));
    }

    /**
     * Rebuilds the vector index of a collection in another shape, and once more as it was when searches find less than before,
     * or cost more, beyond the limits of {@link ReindexAdvice}. Until there are twice as many vectors, or the database is opened
     * again, that shape is not advised any more.
     *
     * @return whether the index has the shape now
     */
    public boolean reindexUnlessWorse(String name, HnswParameters shape) {
        CollectionSnapshot before = rebuild(name, shape);
        HnswParameters old = before.schema().hnsw();
        CollectionSnapshot after = engine.snapshot().find(before.number());
        if (old == null || after == null || !shape.equals(after.schema().hnsw())) {
            return true;
        }
        String regression = IndexTrial.regression(before, after);
        if (regression == null) {
            takenBack.remove(before.number());
            return true;
        }
        takenBack.put(before.number(), new TakenBack(shape, after.vectors(), regression));
        reindex(name, old);
        return false;
    }

    /** The collections that hold expired rows. */
    public List<String> expiryDue() {
        long now = engine.nowSeconds();
        return due(state -> VisibleRows.of(state, now, null).count() < state.rows());
    }

    /**
     * Deletes rows that are expired, in changes of a few thousand.
     *
     * @return rows deleted
     * @throws VelesException VELES-002 when there is no such collection
     */
    public long sweepExpired(String name) {
        long swept = 0;
        while (true) {
            long now = engine.nowSeconds();
            int number = engine.snapshot().get(name).number();
            // not what the change affects: nobody could see these rows
            AtomicInteger found = new AtomicInteger();
            engine.commitPlanned(state -> {
                CollectionSnapshot collection = state.find(number);
                long[] ids = collection == null ? new long[0] : expired(collection, now);
                found.set(ids.length);
                return ids.length == 0 ? List.of() : List.of(new Operation.Delete(number, ids));
            });
            int deleted = found.get();
            expiredRows.addAndGet(deleted);
            swept += deleted;
            if (deleted < ROWS_PER_SWEEP) {
                return swept;
            }
        }
    }

    /** Rows that {@link #sweepExpired} deleted since the database was opened. */
    public long expiredRows() {
        return expiredRows.get();
    }

    private static long[] expired(CollectionSnapshot collection, long nowSeconds) {
        long[] visible = VisibleRows.of(collection, nowSeconds, null).words();
        long[] live = collection.liveWords();
        long[] ids = new long[ROWS_PER_SWEEP];
        int found = 0;
        for (int slot = 0; slot < collection.slots() && found < ROWS_PER_SWEEP; slot++) {
            long bit = 1L << slot;
            if ((live[slot >>> 6] & ~visible[slot >>> 6] & bit) != 0) {
                ids[found++] = collection.id(slot);
            }
        }
        return Arrays.copyOf(ids, found);
    }

    private List<String> due(Predicate<CollectionSnapshot> needed) {
        List<String> due = new ArrayList<>();
        for (CollectionSnapshot state : engine.snapshot().collections()) {
            if (needed.test(state)) {
                due.add(state.name());
            }
        }
        return due;
    }

    /** Nothing when the collection is gone by now. */
    private long commit(Operation operation) {
        return engine.commitPlanned(
                state -> state.find(operation.collection()) == null ? List.of() : List.of(operation));
    }
}
