package io.velesdb.engine;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.journal.Change;
import io.velesdb.journal.ChangeCodec;
import io.velesdb.journal.ChangeCursor;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.journal.Journal;
import io.velesdb.journal.Operation;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.VectorSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fold: takes changes in journal order, applies them, publishes the state after each.
 *
 * <p>One writer at a time (the {@link Committer} sees to that) plans, journals and applies; readers take
 * {@link #snapshot} and never wait. A change is applied only after the journal holds it, so a state that was seen can
 * be told again from the journal.
 */
public final class Engine {
    private static final String CATALOG = "catalog";
    private static final int CATALOG_FORMAT = 1;
    private static final int LARGEST_KEPT_RECORD = 16 << 20;

    private final Platform platform;
    private final Limits limits;
    private final int mostSlots;
    private final Journal journal;
    private final Committer committer;
    private final TreeMap<Integer, CollectionState> collections = new TreeMap<>();
    private final NameHistory names = new NameHistory();
    private final InsertStreams streams = new InsertStreams();
    private BinaryWriter record = new BinaryWriter();
    private int nextCollection = 1;
    private long lsn;
    private long definitionsLsn;
    private @Nullable VelesException broken;

    /** A collection that is made and not yet recorded. */
    private @Nullable CollectionState prepared;

    private final LiveSettings settings;
    private final Upkeep upkeep = new Upkeep(this);
    private volatile DatabaseSnapshot published = DatabaseSnapshot.EMPTY;

    /** An empty database. */
    public Engine(Platform platform, Limits limits, Journal journal, Committer committer) {
        this(platform, limits, SlotTable.MOST_SLOTS, journal, committer);
    }

    /** @param mostSlots row versions that a collection may number, dead ones included; what tests make small */
    Engine(Platform platform, Limits limits, int mostSlots, Journal journal, Committer committer) {
        this.platform = platform;
        this.limits = limits;
        this.mostSlots = mostSlots;
        this.journal = journal;
        this.committer = committer;
        settings = new LiveSettings(limits);
    }

    /** The state that {@link #save} wrote. */
    public static Engine load(
            Platform platform, Limits limits, Journal journal, Committer committer, CheckpointReader in) {
        Engine engine = new Engine(platform, limits, journal, committer);
        BinaryReader catalog = new BinaryReader(in.section(CATALOG), ErrorCode.STORAGE, CATALOG);
        int format = catalog.readUnsignedByte();
        if (format != CATALOG_FORMAT) {
            throw new VelesException(
                    ErrorCode.INCOMPATIBLE_SCHEMA_VERSION,
                    "checkpoint catalog has format " + format + ", this version reads up to " + CATALOG_FORMAT
                            + ": open it with a newer version");
        }
        engine.lsn = catalog.readLong();
        engine.definitionsLsn = engine.lsn;
        engine.nextCollection = catalog.readVarInt();
        int count = catalog.readCount(4);
        for (int i = 0; i < count; i++) {
            CollectionState collection = new CollectionState(platform, CollectionImage.load(catalog, in, platform));
            if (collection.number() >= engine.nextCollection
                    || engine.collections.put(collection.number(), collection) != null) {
                throw catalog.damaged("collection number " + collection.number());
            }
        }
        catalog.expectEnd();
        engine.collections.forEach(
                (number, collection) -> engine.names.add(number, collection.name(), engine.collections::containsKey));
        engine.publish();
        return engine;
    }

    public Limits limits() {
        return limits;
    }

    public Platform platform() {
        return platform;
    }

    /** What may change while the database is open. */
    public LiveSettings settings() {
        return settings;
    }

    /** What keeps the collections lean. */
    public Upkeep upkeep() {
        return upkeep;
    }

    /** The host's time, in milliseconds since the Unix epoch. */
    public long nowMillis() {
        return platform.clock().millis();
    }

    /** The time of a statement or call that begins now, in whole seconds since the Unix epoch. */
    public long nowSeconds() {
        return Math.floorDiv(platform.clock().millis(), 1000L);
    }

    /** The host's clock for durations. */
    public long nanos() {
        return platform.clock().nanos();
    }

    /** The state to read from: one sequence number for as long as it is held. */
    public DatabaseSnapshot snapshot() {
        return published;
    }

    /**
     * Reads the journal from a change on; {@link ChangeReader} says what it means.
     *
     * @throws VelesException VELES-026 when it is not there any more
     */
    ChangeCursor readJournal(long fromLsn) {
        return journal.read(fromLsn);
    }

    /** Points that were accepted and are not written yet. */
    public InsertStreams streams() {
        return streams;
    }

    /** The name of a collection that is, or was since the database was opened; null when it is not known. */
    @Nullable
    String nameOf(int collection) {
        return names.find(collection);
    }

    /** The sequence number of the last change that was applied. Writer only. */
    public long lsn() {
        return lsn;
    }

    /**
     * Carries out {@code write}: on return it is durable as the host's log mode says, and visible.
     *
     * @return rows written or really deleted
     * @throws VelesException why nothing of it happened
     */
    public long commit(Write write) {
        committer.commit(this, write);
        return write.result();
    }

    /**
     * Carries out one operation on the collection that the caller knows as {@code name}.
     *
     * @throws VelesException VELES-002 when it is gone, and as {@link #commit(Write)}
     */
    public long commit(Operation operation, String name) {
        List<Operation> operations = List.of(operation);
        Write.Plan plan = state -> {
            CollectionSnapshot collection = state.get(name);
            if (collection.number() != operation.collection()) {
                throw new VelesException(
                        ErrorCode.COLLECTION_NOT_FOUND,
                        "collection '" + name + "' was deleted, and another one has its name now: ask for it again");
            }
            return operations;
        };
        // whether labels fit the edges depends on the labels that writes of the same group give
        return commit(EdgeTypes.concern(operation, published) ? Write.exclusive(plan) : Write.shared(plan));
    }

    /**
     * Does nothing for rows that fit the edges of the present state, as far as that has types.
     *
     * @throws VelesException VELES-017 for a row whose labels do not fit its edges
     */
    public void requireFittingEdges(Operation.Upsert rows) {
        EdgeTypes.check(List.of(rows), published, nowSeconds());
    }

    /**
     * Carries out what {@code plan} makes of the state that the change will be applied to, all or nothing.
     *
     * @param plan may refuse with a {@link VelesException}, which the caller gets; called once
     * @return rows and edges written or really removed
     */
    public long commitPlanned(Function<DatabaseSnapshot, List<Operation>> plan) {
        return commit(Write.exclusive(plan::apply));
    }

    /**
     * Adds a collection.
     *
     * @return its number: by its name, another caller may have deleted or replaced it already
     * @throws VelesException VELES-034 when the name is not allowed, VELES-001 when it is taken, VELES-027 when there are too
     *     many or the dimension is over the limit
     */
    public int createCollection(String name, CollectionSchema schema) {
        CollectionNames.check(name);
        int most = limits.maxDimensions();
        if (schema.dimension() > most) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "dimension " + schema.dimension() + " is over limits.max_dimensions, which is " + most
                            + ": use shorter vectors or raise the limit");
        }
        int[] number = new int[1];
        commit(Write.exclusive(state -> {
            if (state.find(name) != null) {
                throw new VelesException(
                        ErrorCode.COLLECTION_EXISTS,
                        "collection '" + name + "' exists already: choose another name or delete it first");
            }
            if (state.collectionCount() >= limits.maxCollections()) {
                throw new VelesException(
                        ErrorCode.GUARD_RAIL,
                        "the database has " + state.collectionCount() + " collections, limits.max_collections is "
                                + limits.maxCollections() + ": delete one or raise the limit");
            }
            // an exclusive write is planned when all before it are applied, so nobody else takes this number
            number[0] = nextCollection;
            return List.of(new Operation.CreateCollection(nextCollection, name, schema));
        }));
        return number[0];
    }

    /**
     * Removes a collection with everything in it.
     *
     * @throws VelesException VELES-002 when there is none of that name
     */
    public void dropCollection(String name) {
        commit(Write.exclusive(
                state -> List.of(new Operation.DropCollection(state.get(name).number()))));
    }

    /**
     * Learns the codes of a collection from its rows and makes {@code mode} its storage mode.
     *
     * @param force whether a quantizer that was trained before may be replaced
     * @return rows that there were to learn from
     * @throws VelesException VELES-002 when there is no such collection, VELES-028 for parameters that do not fit it or a
     *     quantizer that is there already, VELES-029 when there is too little to learn from
     */
    public long trainQuantizer(String name, StorageMode mode, Quantization quantization, boolean force) {
        return commit(Write.exclusive(state -> {
            CollectionSnapshot collection = state.get(name);
            QuantizerTraining.check(collection, mode, quantization, force);
            return List.of(new Operation.TrainQuantizer(collection.number(), mode, quantization));
        }));
    }

    /** Runs {@code task} while nothing is written. */
    public void exclusively(Runnable task) {
        committer.exclusively(this, task);
    }

    /**
     * Commits writes that came in together, as few journal records as their dependencies allow. Writer only. A write
     * that cannot be carried out, or finds no room, fails alone; when the journal fails, every write of its record fails.
     */
    public void commitGroup(List<Write> writes) {
        List<Write> group = new ArrayList<>(writes.size());
        PendingRows pending = new PendingRows(mostSlots);
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            VelesException refusal = write.isExclusive() && !group.isEmpty() ? null : admit(write, pending);
            boolean admitted = refusal == null && !(write.isExclusive() && !group.isEmpty());
            if (!admitted && !group.isEmpty()) {
                // what stands in its way may be a write of this very group: only the state after it can tell
                commitRecord(group);
                group = new ArrayList<>();
                pending = new PendingRows(mostSlots);
                refusal = admit(write, pending);
                admitted = refusal == null;
            }
            if (admitted) {
                group.add(write);
                if (write.isExclusive() || pending.isFull()) {
                    commitRecord(group);
                    group = new ArrayList<>();
                    pending = new PendingRows(mostSlots);
                }
            } else if (refusal != null) {
                write.fail(refusal);
            }
        }
        if (!group.isEmpty()) {
            commitRecord(group);
        }
    }

    /** Applies a change that the journal already holds. Used while opening, in order and without gaps. */
    public void replay(long recordLsn, byte[] bytes) {
        if (recordLsn != lsn + 1) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    "journal continues with record " + recordLsn + " after " + lsn + ": records are missing");
        }
        Change change = ChangeCodec.decode(recordLsn, bytes);
        try {
            for (Operation operation : change.operations()) {
                ReplayedChange.check(operation, nextCollection, published);
            }
            reserve(change.operations());
            apply(change, null);
        } catch (RuntimeException failure) {
            throw ReplayedChange.failure(recordLsn, failure);
        }
    }

    /**
     * Nothing may be written meanwhile: call it from {@link #exclusively}.
     *
     * @throws VelesException when the journal is ahead of memory, because a recorded change could not be applied: then
     *     this state must not become a checkpoint
     */
    public void requireWhole() {
        if (broken != null) {
            throw new VelesException(broken);
        }
    }

    /** Writes the whole state. Nothing may be written meanwhile: call it from {@link #exclusively}. */
    public void save(CheckpointWriter out) {
        BinaryWriter catalog = new BinaryWriter();
        catalog.writeByte(CATALOG_FORMAT).writeLong(lsn).writeVarInt(nextCollection);
        catalog.writeVarInt(collections.size());
        for (CollectionState collection : collections.values()) {
            collection.image().save(catalog, out);
        }
        out.section(CATALOG, catalog.array(), catalog.length());
    }

    /** The stores that the present state refers to. Nothing may be written meanwhile: call it from {@link #exclusively}. */
    public List<Stores> stores() {
        List<Stores> all = new ArrayList<>();
        for (CollectionState collection : collections.values()) {
            CollectionImage image = collection.image();
            all.add(new Stores(
                    new StoreId(image.number(), image.generation()),
                    image.documents(),
                    image.vectors(),
                    image.documents().length(),
                    (long) image.vectorCount() * image.schema().dimension() * Float.BYTES));
        }
        return all;
    }

    /**
     * What holds the rows of one collection.
     *
     * @param vectors null in a metadata collection
     * @param documentBytes length of the documents in the state that this was taken from
     * @param vectorBytes length of the vectors in that state
     */
    public record Stores(
            StoreId id, DocumentStore documents, @Nullable VectorSpace vectors, long documentBytes, long vectorBytes) {
        /** Makes everything appended so far durable. */
        public void sync() {
            documents.sync();
            if (vectors != null) {
                vectors.sync();
            }
        }
    }

    private @Nullable VelesException admit(Write write, PendingRows pending) {
        try {
            if (broken != null) {
                throw new VelesException(broken);
            }
            write.planAgainst(published);
            List<Operation> operations = write.operations();
            EdgeTypes.check(operations, published, nowSeconds());
            for (int i = 0; i < operations.size(); i++) {
                if (operations.get(i) instanceof Operation.Upsert upsert) {
                    pending.check(upsert, published, limits);
                }
            }
            pending.add(operations);
            return null;
        } catch (VelesException refusal) {
            return refusal;
        } catch (RuntimeException | Error failure) {
            return unexpected(failure);
        }
    }

    private void commitRecord(List<Write> group) {
        List<Operation> operations = new ArrayList<>();
        Change change;
        try {
            requireWhole();
            for (Write write : group) {
                operations.addAll(write.operations());
            }
            if (operations.isEmpty()) {
                group.forEach(Write::applied);
                return;
            }
            prepared = null;
            verify(operations);
            reserve(operations);
            change = new Change(lsn + 1, platform.clock().millis(), operations);
            record.clear();
            ChangeCodec.encode(change, record);
        } catch (RuntimeException | Error failure) {
            release(operations);
            if (group.size() > 1) {
                // nothing is recorded yet: what one of them lacks room or memory for must not keep the others out
                for (Write write : group) {
                    commitRecord(List.of(write));
                }
            } else {
                fail(group, failure instanceof VelesException known ? known : unexpected(failure));
            }
            return;
        }
        try {
            commitRecord(change, group);
        } catch (VelesException failure) {
            release(operations);
            fail(group, failure);
        }
    }

    /** Journals what {@link #record} holds, then applies it. What fails here fails for the whole group. */
    private void commitRecord(Change change, List<Write> group) {
        append(change.lsn());
        try {
            apply(change, group);
            group.forEach(Write::applied);
        } catch (RuntimeException | Error failure) {
            // memory holds part of the change: refuse writes until a reopen
            boolean io = failure instanceof VelesException known && known.code() == ErrorCode.IO;
            boolean gone = !io && takeBack(change.lsn(), failure);
            broken = new VelesException(
                    io ? ErrorCode.IO : ErrorCode.INTERNAL,
                    "a recorded change could not be applied (" + failure + ")" + (gone ? " and was taken back" : "")
                            + ", so writes are refused: mend the cause and reopen the database",
                    failure);
            throw broken;
        }
        if (record.array().length > LARGEST_KEPT_RECORD) {
            record = new BinaryWriter();
        }
    }

    /**
     * What cannot be applied now, for damage that nobody foresaw, could not be applied by the next opening either: without
     * this, no opening would come by it. Only a failure of the files may have gone by then.
     */
    private boolean takeBack(long recordLsn, Throwable failure) {
        try {
            return journal.takeBack(recordLsn);
        } catch (RuntimeException | Error another) {
            failure.addSuppressed(another);
            return false;
        }
    }

    private void append(long recordLsn) {
        try {
            journal.append(recordLsn, record.array(), record.length());
        } catch (VelesException refused) {
            throw refused;
        } catch (RuntimeException | Error failure) {
            broken = new VelesException(
                    ErrorCode.INTERNAL,
                    "the journal failed unexpectedly (" + failure
                            + ") and may hold a change that memory does not, so writes are refused: reopen the database",
                    failure);
            throw broken;
        }
    }

    private static void fail(List<Write> group, VelesException failure) {
        for (Write write : group) {
            write.fail(failure);
        }
    }

    private static VelesException unexpected(Throwable failure) {
        return new VelesException(ErrorCode.INTERNAL, "a write failed unexpectedly: " + failure, failure);
    }

    /** Refuses what would meet damage when it is applied, as far as can be told before. */
    private void verify(List<Operation> operations) {
        Map<CollectionState, Integer> arriving = new HashMap<>();
        Set<CollectionState> emptied = new HashSet<>();
        for (Operation operation : operations) {
            CollectionState collection = collections.get(operation.collection());
            if (collection == null || emptied.contains(collection)) {
                continue;
            }
            if (operation instanceof Operation.Truncate) {
                // what follows meets nothing of what is there
                emptied.add(collection);
                continue;
            }
            collection.verify(operation, arriving.getOrDefault(collection, 0));
            if (operation instanceof Operation.Upsert upsert) {
                arriving.merge(collection, upsert.ids().length, Integer::sum);
            }
        }
    }

    /** Takes what applying the operations of one record needs, so that they cannot run out of space once it is written. */
    private void reserve(List<Operation> operations) {
        Map<CollectionState, CollectionState.Room> rooms = new HashMap<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.CreateCollection create) {
                prepared = new CollectionState(platform, create.collection(), create.name(), create.schema());
                continue;
            }
            CollectionState collection = collections.get(operation.collection());
            if (collection != null) {
                CollectionState.Room taken = rooms.get(collection);
                rooms.put(collection, collection.reserve(operation, taken == null ? collection.room() : taken));
            }
        }
    }

    /** Gives back what {@link #reserve} took for generations that will not come to be. */
    private void release(List<Operation> operations) {
        for (Operation operation : operations) {
            CollectionState collection = collections.get(operation.collection());
            if (collection != null) {
                collection.release();
            }
        }
    }

    /** Applies and publishes. With {@code group}, tells each write how many rows it touched. */
    private void apply(Change change, @Nullable List<Write> group) {
        Set<CollectionState> touched = new LinkedHashSet<>();
        int writeAt = 0;
        int left = group == null ? 0 : group.get(0).operations().size();
        for (Operation operation : change.operations()) {
            if (operation.isDefinition()) {
                definitionsLsn = change.lsn();
            }
            long rows = apply(operation, change.timeMillis(), touched);
            if (group != null) {
                while (left == 0) {
                    writeAt++;
                    left = group.get(writeAt).operations().size();
                }
                group.get(writeAt).addAffected(rows);
                left--;
            }
        }
        for (CollectionState collection : touched) {
            collection.index(change.timeMillis());
            collection.publish();
        }
        lsn = change.lsn();
        publish();
    }

    private long apply(Operation operation, long timeMillis, Set<CollectionState> touched) {
        if (operation instanceof Operation.CreateCollection create) {
            CollectionState made = prepared;
            prepared = null;
            if (made == null || made.number() != create.collection()) {
                made = new CollectionState(platform, create.collection(), create.name(), create.schema());
            }
            collections.put(create.collection(), made);
            names.add(create.collection(), create.name(), collections::containsKey);
            nextCollection = create.collection() + 1;
            return 1;
        }
        CollectionState collection = collections.get(operation.collection());
        if (collection == null) {
            // dropped earlier in the same record, or a hostile journal: nothing to act on
            return 0;
        }
        if (operation instanceof Operation.DropCollection) {
            collections.remove(operation.collection());
            touched.remove(collection);
            return 1;
        }
        touched.add(collection);
        return switch (operation) {
            case Operation.Upsert upsert -> collection.apply(upsert, timeMillis);
            case Operation.Delete delete -> collection.apply(delete, timeMillis);
            case Operation.PutEdges put -> collection.apply(put);
            case Operation.RemoveEdges remove -> collection.apply(remove, timeMillis);
            case Operation.Truncate truncate -> collection.apply(truncate);
            case Operation.Repair repair -> {
                collection.apply(repair);
                yield 0;
            }
            case Operation.Compact compact -> collection.apply(compact);
            case Operation.TrainQuantizer train -> collection.apply(train);
            case Operation.CreateIndex create -> collection.apply(create);
            case Operation.DropIndex drop -> collection.apply(drop);
            case Operation.Analyze analyze -> {
                collection.apply(analyze);
                yield 0;
            }
            case Operation.SetAutoReindex set -> {
                collection.apply(set);
                yield 0;
            }
            case Operation.Reindex reindex -> {
                collection.apply(reindex, timeMillis);
                yield 0;
            }
            case Operation.LinkVectors link -> {
                collection.apply(link);
                yield 0;
            }
            default -> 0;
        };
    }

    private void publish() {
        published = DatabaseSnapshot.of(lsn, definitionsLsn, collections);
    }
}
