package io.velesdb.memory;

import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.vector.Metric;
import java.util.List;

/**
 * The memory of an agent: facts, episodes and procedures, each in a vector collection of one database. Thread-safe.
 *
 * <pre>{@code
 * AgentMemory memory = AgentMemory.open(database);
 * memory.semantic().store(1, "Ada likes tea", embedding);
 * memory.episodic().record(1, "Ada ordered tea", now, embedding);
 * memory.procedural().learn(1, "serve tea", List.of("boil water", "pour"), embedding, 0.5);
 * long version = memory.snapshot();
 * }</pre>
 *
 * <p>Time is that of the database's clock. The three collections belong to the database like any other; opening a memory
 * twice gives two views of the same memories, each with its own times of {@link MemoryStore#setTtl}.
 */
public final class AgentMemory {
    private final SemanticMemory semantic;
    private final EpisodicMemory episodic;
    private final ProceduralMemory procedural;
    private final Forgetting forgetting;
    private final Snapshots snapshots;
    private final EvictionPolicy eviction;

    private AgentMemory(Database database, int dimension, AgentMemoryOptions options) {
        MemoryRows facts = rows(database, MemoryKind.SEMANTIC, dimension);
        MemoryRows episodes = rows(database, MemoryKind.EPISODIC, dimension);
        MemoryRows procedures = rows(database, MemoryKind.PROCEDURAL, dimension);
        semantic = new SemanticMemory(facts);
        episodic = new EpisodicMemory(episodes);
        procedural = new ProceduralMemory(procedures, options.reinforcement());
        forgetting = new Forgetting(database, facts, episodes, procedures);
        eviction = options.eviction();
        SnapshotStore store = options.snapshots();
        snapshots = new Snapshots(
                database,
                List.of(facts, episodes, procedures),
                store == null ? new HeapSnapshots() : store,
                options.snapshotsKept());
    }

    /** Opens the memory of a database with the usual options; creates what is missing of it. */
    public static AgentMemory open(Database database) {
        return open(database, AgentMemoryOptions.DEFAULTS);
    }

    /**
     * Opens the memory of a database; creates what is missing of it.
     *
     * @throws VelesException VELES-004 when a memory is there with another dimension, VELES-001 when one of its collections
     *     is there as something else, VELES-032 or 027 for a dimension out of range
     */
    public static AgentMemory open(Database database, AgentMemoryOptions options) {
        Integer asked = options.dimension();
        return new AgentMemory(database, asked == null ? presentDimension(database) : asked, options);
    }

    private static int presentDimension(Database database) {
        for (MemoryKind kind : MemoryKind.values()) {
            if (database.hasCollection(kind.collectionName())) {
                CollectionSchema schema =
                        database.collection(kind.collectionName()).schema();
                if (schema.kind() == CollectionKind.VECTOR) {
                    return schema.dimension();
                }
            }
        }
        return AgentMemoryOptions.DEFAULT_DIMENSION;
    }

    private static MemoryRows rows(Database database, MemoryKind kind, int dimension) {
        return new MemoryRows(
                database, kind, database.getOrCreateVectorCollection(kind.collectionName(), dimension, Metric.COSINE));
    }

    public SemanticMemory semantic() {
        return semantic;
    }

    public EpisodicMemory episodic() {
        return episodic;
    }

    public ProceduralMemory procedural() {
        return procedural;
    }

    /** The store of one kind. */
    public MemoryStore store(MemoryKind kind) {
        return switch (kind) {
            case SEMANTIC -> semantic;
            case EPISODIC -> episodic;
            case PROCEDURAL -> procedural;
        };
    }

    /** Components per embedding. */
    public int dimension() {
        return semantic.dimension();
    }

    // ---- forgetting

    /** {@link MemoryStore#setTtl} of the store of that kind. */
    public boolean setTtl(MemoryKind kind, long id, long seconds) {
        return store(kind).setTtl(id, seconds);
    }

    /** {@link MemoryStore#setDurableTtl} of the store of that kind. */
    public void setDurableTtl(MemoryKind kind, long id, long seconds) {
        store(kind).setDurableTtl(id, seconds);
    }

    /**
     * Removes what has expired, makes facts of old episodes, and removes procedures that nothing relies on any more, as the
     * {@link EvictionPolicy} says. Running it again at once does nothing more, unless {@code consolidationTruncated}.
     *
     * <p>An old episode becomes a fact with its description as content, under the id {@link io.velesdb.value.Ids#derive}
     * makes of that, with its {@code timestamp} as metadata; both happen at once. Where that fact is there already, it stays
     * and the episode goes. An episode stays as it is when it has no embedding, or when the id belongs to another fact.
     * Counts do not include what a background sweep of the host was quicker to remove.
     */
    public ExpiryReport autoExpire() {
        return forgetting.run(eviction);
    }

    /**
     * Removes every procedure whose confidence is below {@code minConfidence}.
     *
     * @param minConfidence 0 to 1
     * @return procedures removed
     */
    public long evictLowConfidence(double minConfidence) {
        ProceduralMemory.checkConfidence("minConfidence", minConfidence);
        return forgetting.evict(minConfidence, Long.MAX_VALUE);
    }

    // ---- snapshots

    /**
     * Keeps all memories as they are at this moment under a new version, and deletes the oldest versions beyond the number
     * that is kept.
     *
     * @return the version, one more than the newest
     * @throws VelesException VELES-011 when the host cannot keep it
     */
    public long snapshot() {
        return snapshots.create();
    }

    /**
     * Replaces all memories by those of the newest snapshot.
     *
     * @return its version
     * @throws VelesException VELES-035 when there is none, and as {@link #loadSnapshot}
     */
    public long loadLatestSnapshot() {
        return snapshots.loadLatest();
    }

    /**
     * Replaces all memories by those of a snapshot. A snapshot that is not sound changes nothing. All or nothing up to
     * 100,000 differences and 200 MiB; more go in several writes, and a call that was interrupted is completed by another.
     *
     * @throws VelesException VELES-035 when there is no such version, VELES-006 when it is damaged, VELES-036 when a newer
     *     version of VelesDB wrote it, VELES-004 when it has another dimension
     */
    public void loadSnapshot(long version) {
        snapshots.load(version);
    }

    /** The versions that are kept, ascending. */
    public List<Long> snapshotVersions() {
        return snapshots.versions();
    }

    /**
     * Deletes the oldest snapshots.
     *
     * @param kept how many stay, at least 1
     * @return snapshots deleted
     * @throws VelesException VELES-010 for less than 1
     */
    public int keepSnapshots(int kept) {
        if (kept < 1) {
            throw new VelesException(ErrorCode.QUERY, "keep is " + kept + ": keep at least 1 snapshot");
        }
        return snapshots.keep(kept);
    }
}
