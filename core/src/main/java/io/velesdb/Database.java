package io.velesdb;

import io.velesdb.engine.ChangeReader;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Committer;
import io.velesdb.engine.Engine;
import io.velesdb.engine.MemoryPlatform;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.host.Clock;
import io.velesdb.host.Lifecycle;
import io.velesdb.host.TextFolding;
import io.velesdb.journal.RecentChanges;
import io.velesdb.query.exec.Queries;
import io.velesdb.query.plan.PlanCache;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A database: named collections with one order of writes. Thread-safe.
 *
 * <p>{@link #inMemory} makes one that lives as long as the object; a host with storage (on a JVM {@code
 * io.velesdb.embedded.VelesDb}) opens one that lasts.
 */
public final class Database implements AutoCloseable {
    private final Session session;
    private final Engine engine;
    private final Lifecycle lifecycle;
    private final PlanCache plans;
    private final Queries queries;

    /**
     * For hosts: a database over an engine that is ready to use.
     *
     * @param lifecycle what the host does for the database as a whole
     */
    public Database(Engine engine, Lifecycle lifecycle) {
        this(engine, lifecycle, Observer.NONE);
    }

    /**
     * For hosts: the same, watched.
     *
     * @param observer asked before every read and write, told of what happened
     */
    public Database(Engine engine, Lifecycle lifecycle, Observer observer) {
        this(new Session(engine, observer, Caller.NONE), lifecycle, new PlanCache());
    }

    private Database(Session session, Lifecycle lifecycle, PlanCache plans) {
        this.session = session;
        engine = session.engine();
        this.lifecycle = lifecycle;
        this.plans = plans;
        queries = new Queries(session, plans, full -> {
            if (full) {
                lifecycle.checkpoint();
            } else {
                lifecycle.flush();
            }
        });
    }

    /**
     * The same database on behalf of somebody: the observer is told who it is, and guard-rails that act on clients count
     * his calls. Closing either closes both.
     */
    public Database as(Caller caller) {
        return new Database(session.as(caller), lifecycle, plans);
    }

    /** An empty database that keeps everything in memory. Its clock stands still, so no search times out. */
    public static Database inMemory() {
        return inMemory(Limits.DEFAULTS, () -> 0L);
    }

    /**
     * An empty database that keeps everything in memory, within {@code limits}.
     *
     * @param clock what timeouts are measured by, and by which rows expire
     */
    public static Database inMemory(Limits limits, Clock clock) {
        return inMemory(limits, clock, null);
    }

    /**
     * The same, with what it takes to strip marks from texts.
     *
     * @param folding Unicode's decompositions; null where collections that strip marks are refused
     */
    public static Database inMemory(Limits limits, Clock clock, @Nullable TextFolding folding) {
        return new Database(
                new Engine(new MemoryPlatform(clock, folding), limits, new RecentChanges(), Committer.SERIAL),
                Lifecycle.NONE);
    }

    /**
     * An empty database that keeps everything in memory, with these settings.
     *
     * @param clock what timeouts are measured by, and by which rows expire
     */
    public static Database inMemory(Configuration settings, Clock clock) {
        return inMemory(settings, clock, Observer.NONE);
    }

    /**
     * The same, watched.
     *
     * @param observer asked before every read and write, told of what happened
     */
    public static Database inMemory(Configuration settings, Clock clock, Observer observer) {
        Engine engine = new Engine(new MemoryPlatform(clock), settings.limits(), new RecentChanges(), Committer.SERIAL);
        engine.settings().configure(settings);
        return new Database(engine, Lifecycle.NONE, observer);
    }

    /** The settings that this database was opened with. */
    public Configuration configuration() {
        return engine.settings().configuration();
    }

    /**
     * Creates a collection of vectors with the index shape and storage mode that the database is set to ({@code
     * hnsw.m}, {@code hnsw.ef_construction}, {@code quantization.mode}).
     *
     * @param name 1..128 ASCII letters, digits, '_' or '-', not starting with '-'
     * @param dimension components per vector
     * @throws VelesException VELES-001 when the name is taken, VELES-034 when it is not allowed, VELES-032 or 027 for the
     *     dimension
     */
    public VectorCollection createVectorCollection(String name, int dimension, Metric metric) {
        return (VectorCollection) createCollection(name, usualSchema(dimension, metric));
    }

    private CollectionSchema usualSchema(int dimension, Metric metric) {
        CollectionSchema usual = CollectionSchema.vector(dimension, metric);
        Configuration settings = engine.settings().configuration();
        return usual.withHnsw(settings.hnsw(dimension)).withStorage(settings.storageMode(), settings.quantization());
    }

    /** Creates a collection of payloads without vectors. */
    public MetadataCollection createMetadataCollection(String name) {
        return (MetadataCollection) createCollection(name, CollectionSchema.metadata());
    }

    /**
     * Creates a collection of any kind. Of several callers at once one creates it, and the others get VELES-001. The one
     * gets what it created, also where somebody has deleted it by then: using it is VELES-002.
     *
     * @throws VelesException as {@link #createVectorCollection}
     */
    public Collection createCollection(String name, CollectionSchema schema) {
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        int number = engine.createCollection(name, schema);
        session.tell(observer -> observer.collectionCreated(name, schema.kind()));
        return collection(name, schema.kind(), number);
    }

    /**
     * The collection of this name, created when there is none. Of several callers at once one creates it, and all get it.
     *
     * @param schema of one that is there, kind, dimension and metric must agree with it; everything else stays as it is
     * @throws VelesException VELES-004 when one is there with another dimension, VELES-001 with another kind or metric, and
     *     as {@link #createCollection}
     */
    public Collection getOrCreateCollection(String name, CollectionSchema schema) {
        while (true) {
            if (!hasCollection(name)) {
                try {
                    return createCollection(name, schema);
                } catch (VelesException refusal) {
                    if (refusal.code() != ErrorCode.COLLECTION_EXISTS) {
                        throw refusal;
                    }
                }
            }
            try {
                Collection present = collection(name);
                requireAlike(name, present.schema(), schema);
                return present;
            } catch (VelesException refusal) {
                // deleted in between: once more from the start
                if (refusal.code() != ErrorCode.COLLECTION_NOT_FOUND) {
                    throw refusal;
                }
            }
        }
    }

    /** As {@link #getOrCreateCollection}, with the index shape and storage mode that the database is set to. */
    public VectorCollection getOrCreateVectorCollection(String name, int dimension, Metric metric) {
        return (VectorCollection) getOrCreateCollection(name, usualSchema(dimension, metric));
    }

    private static void requireAlike(String name, CollectionSchema present, CollectionSchema wanted) {
        if (present.kind() != wanted.kind()) {
            throw existsOtherwise(
                    name,
                    "a " + present.kind().canonicalName(),
                    "a " + wanted.kind().canonicalName());
        }
        if (present.dimension() != wanted.dimension()) {
            throw new VelesException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "collection '" + name + "' exists already with dimension " + present.dimension() + ", not "
                            + wanted.dimension() + ": ask for that dimension, or choose another name");
        }
        Metric has = present.metric();
        Metric asked = wanted.metric();
        if (has != null && asked != null && has != asked) {
            throw existsOtherwise(
                    name, "one with metric " + has.canonicalName(), "one with metric " + asked.canonicalName());
        }
    }

    private static VelesException existsOtherwise(String name, String present, String wanted) {
        return new VelesException(
                ErrorCode.COLLECTION_EXISTS,
                "collection '" + name + "' exists already as " + present + ", not as " + wanted
                        + ": choose another name, or delete it first");
    }

    /** @throws VelesException VELES-002 when there is none of that name */
    public Collection collection(String name) {
        CollectionSnapshot state = engine.snapshot().get(name);
        return collection(name, state.schema().kind(), state.number());
    }

    private Collection collection(String name, CollectionKind kind, int number) {
        return switch (kind) {
            case VECTOR -> new VectorCollection(session, name, number);
            case GRAPH -> new GraphCollection(session, name, number);
            case METADATA -> new MetadataCollection(session, name, number);
        };
    }

    /** @throws VelesException VELES-002 when there is none of that name, VELES-015 when it holds no vectors */
    public VectorCollection vectorCollection(String name) {
        if (collection(name) instanceof VectorCollection vectors) {
            return vectors;
        }
        throw new VelesException(
                ErrorCode.SEARCH_NOT_SUPPORTED,
                "collection '" + name + "' is a metadata collection and holds no vectors: use a vector collection");
    }

    /** @throws VelesException VELES-002 when there is no metadata collection of that name */
    public MetadataCollection metadataCollection(String name) {
        if (collection(name) instanceof MetadataCollection metadata) {
            return metadata;
        }
        throw new VelesException(
                ErrorCode.COLLECTION_NOT_FOUND, "collection '" + name + "' is not a metadata collection");
    }

    /** Creates a graph whose nodes have no vectors. */
    public GraphCollection createGraphCollection(String name) {
        return (GraphCollection) createCollection(name, CollectionSchema.graph());
    }

    /** Creates a graph whose nodes may have a vector each. */
    public GraphCollection createGraphCollection(String name, int dimension, Metric metric) {
        return (GraphCollection) createCollection(name, CollectionSchema.graph(dimension, metric));
    }

    /** @throws VelesException VELES-002 when there is none of that name, VELES-018 when it is of another kind */
    public GraphCollection graphCollection(String name) {
        if (collection(name) instanceof GraphCollection graph) {
            return graph;
        }
        throw new VelesException(
                ErrorCode.GRAPH_NOT_SUPPORTED,
                "collection '" + name + "' is not a graph collection: use the edges of any collection through"
                        + " collection(name), or create a graph collection");
    }

    /** Starts a batch of writes that happen together or not at all. */
    public Batch batch() {
        return new Batch(session);
    }

    /** Runs a statement of VelesQL without parameters. See {@link #query(String, Obj)}. */
    public QueryResult query(String statement) {
        return query(statement, Obj.EMPTY);
    }

    /**
     * Runs a statement of VelesQL. A read sees one state from its start to its end; a write is durable as the log mode says
     * and visible on return, all of it or nothing.
     *
     * @param parameters the values of {@code $name} by name; they are values and never text of the statement. Unused ones
     *     are ignored. {@code _collection} names the target of a top-level MATCH
     * @throws QueryException VELES-010 when the statement does not parse or contradicts itself
     * @throws VelesException VELES-010 when it cannot be run, and the codes of what it does
     */
    public QueryResult query(String statement, Obj parameters) {
        return queries.query(statement, parameters, null);
    }

    /**
     * Parses and validates a statement without running it; collections and parameters need not exist.
     *
     * @throws QueryException VELES-010 when it does not parse or contradicts itself
     */
    public static void checkStatement(String statement) {
        Queries.check(statement);
    }

    /** How the cache of statements has served, for all callers of this database together. */
    public PlanCacheStatistics planCacheStatistics() {
        return queries.planCacheStatistics();
    }

    /** Expired rows that sweeps have deleted since the database was opened, of all collections: for watching the background. */
    public long expiredRowsDeleted() {
        return engine.upkeep().expiredRows();
    }

    /** Forgets the statements that were parsed and planned before, and the counts. Running ones are not disturbed. */
    public void clearPlanCache() {
        session.authoriseWhole(AccessRequest.Kind.DDL, "");
        plans.clear();
        plans.resetCounts();
    }

    /** As {@link #query(String, Obj)}, given up with VELES-027 when {@code signal} says so. */
    public QueryResult query(String statement, Obj parameters, Cancellation signal) {
        return queries.query(statement, parameters, signal);
    }

    /**
     * Explains how a statement would run: SELECT, a set operation or MATCH, with LET before it, UPDATE or DELETE. The result is
     * the row that {@code EXPLAIN} of the statement yields (which the language has for SELECT alone): {@code plan}, whose
     * {@code steps} stand inputs first, and {@code tree}, the same as text. Steps of a subquery carry its number as
     * {@code subquery}. {@code cache_hit} says whether a plan of the statement is kept that running it now would use again,
     * {@code plan_reuse_count} how often it was; explaining changes neither.
     *
     * @param parameters as of {@link #query(String, Obj)}; those that are missing are taken as not known
     * @param analyze whether the statement is run as well; then {@code actual_stats} and {@code node_stats} are measured, and
     *     parameters must be there. An UPDATE or DELETE is carried out, and the result says how many rows it affected
     * @throws QueryException VELES-010 when the statement does not parse or contradicts itself
     * @throws VelesException VELES-002 when there is no such collection, VELES-010 when it is no statement that can be
     *     explained, or cannot be run
     */
    public QueryResult explain(String statement, Obj parameters, boolean analyze) {
        return queries.explain(statement, parameters, analyze, null);
    }

    /** As {@link #explain(String, Obj, boolean)}, given up with VELES-027 when {@code signal} says so. */
    public QueryResult explain(String statement, Obj parameters, boolean analyze, Cancellation signal) {
        return queries.explain(statement, parameters, analyze, signal);
    }

    /** The state of the database now, to read several collections at one moment. */
    public DatabaseView view() {
        return new DatabaseView(session, engine.snapshot());
    }

    /**
     * How well a collection is.
     *
     * @throws VelesException VELES-002 when there is none of that name
     */
    public CollectionDiagnostics diagnostics(String name) {
        return session.read(engine.snapshot().get(name), AccessRequest.Kind.SELECT, CollectionDiagnostics::of);
    }

    /**
     * Computes the statistics of a collection and keeps them. See {@link Collection#analyze}.
     *
     * @throws VelesException VELES-002 when there is none of that name
     */
    public CollectionStatistics analyze(String name) {
        return collection(name).analyze();
    }

    /**
     * The statistics of a collection's last {@link #analyze}; null before the first.
     *
     * @throws VelesException VELES-002 when there is none of that name
     */
    public @Nullable CollectionStatistics statistics(String name) {
        return collection(name).statistics();
    }

    public boolean hasCollection(String name) {
        return engine.snapshot().find(name) != null;
    }

    /** All collections, by name. */
    public List<CollectionInfo> collections() {
        return session.metered("", () -> {
            List<CollectionInfo> all = new ArrayList<>();
            for (CollectionSnapshot state : engine.snapshot().collections()) {
                Filter scope = session.authorise(AccessRequest.Kind.SELECT, state.name());
                all.add(infoOf(VisibleRows.of(state, engine.nowSeconds(), scope)));
            }
            return all;
        });
    }

    /**
     * Deletes a collection with everything in it.
     *
     * @throws VelesException VELES-002 when there is none of that name
     */
    public void deleteCollection(String name) {
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        engine.dropCollection(name);
        session.tell(observer -> observer.collectionDeleted(name));
    }

    /** The limits that this database was opened with. */
    public Limits limits() {
        return engine.limits();
    }

    /** The limits of single queries as they are now. */
    public GuardRails guardRails() {
        return engine.settings().guardRails();
    }

    /** Changes the limits of single queries, at once and for every collection. Not kept when the database is closed. */
    public void updateGuardRails(GuardRails rails) {
        // kept, it would fail every later read
        Objects.requireNonNull(rails, "rails is null: use GuardRails.DEFAULTS for the usual ones");
        session.authoriseWhole(AccessRequest.Kind.DDL, "");
        engine.settings().updateGuardRails(rails);
    }

    /** The sequence number of the last change. */
    public long lsn() {
        return engine.snapshot().lsn();
    }

    /**
     * For hosts: what the host does for the database as a whole, for callers who may read all of it.
     *
     * @throws VelesException VELES-027 when the observer refuses, or confines the caller to some rows
     */
    public Lifecycle lifecycle() {
        session.authoriseAll();
        return lifecycle;
    }

    /**
     * The changes of this database in order, from one on. {@code database.changes(database.lsn() + 1)} shows what happens
     * from now on.
     *
     * <p>A database in a folder reads them from its journal, which goes back to the last checkpoint, and further when the
     * host was asked to keep it; one in memory keeps the last 1,024 of them, and 4 MiB.
     *
     * @param fromLsn the first one wanted, 1 to {@link #lsn} + 1
     * @throws VelesException VELES-010 when there is no such change yet, VELES-026 when it is not kept any more, VELES-027
     *     when the observer does not let the caller read everything
     */
    public ChangeStream changes(long fromLsn) {
        return session.metered("", () -> new ChangeStream(new ChangeReader(session, fromLsn)));
    }

    /** For hosts: what stands behind this database. */
    public Engine engine() {
        return engine;
    }

    /**
     * Makes every acknowledged write durable, also under log modes that do not wait for the disk, and with them every point
     * that {@link Collection#streamInsert(List)} accepted before.
     *
     * @throws VelesException VELES-011 when the host cannot, VELES-013 when a stream ended: what it accepted waits on;
     *     VELES-027 when the observer lets the caller write nothing
     */
    public void flush() {
        session.authorise(AccessRequest.Kind.DML, "");
        engine.streams().drain();
        lifecycle.flush();
    }

    /**
     * Writes a checkpoint now. Never needed for safety; makes the next open quicker and the journal short. For callers who
     * may administer the database.
     *
     * @throws VelesException VELES-011 when the host cannot, VELES-027 when the observer refuses
     */
    public void checkpoint() {
        session.authoriseWhole(AccessRequest.Kind.DDL, "");
        lifecycle.checkpoint();
    }

    /**
     * Gives back files and threads. Never needed for safety: what was acknowledged is as durable as the log mode says.
     *
     * @throws VelesException VELES-011 when the host cannot make durable what it holds; everything is given back all the
     *     same, and acknowledged writes under log mode fsync are safe
     */
    @Override
    public void close() {
        try {
            engine.streams().close();
        } finally {
            lifecycle.close();
        }
    }

    static CollectionInfo infoOf(VisibleRows visible) {
        CollectionSnapshot state = visible.state();
        return new CollectionInfo(state.name(), state.schema(), visible.count(), state.slots() - state.rows());
    }
}
