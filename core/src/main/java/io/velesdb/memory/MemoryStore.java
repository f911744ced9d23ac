package io.velesdb.memory;

import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.QueryResult;
import io.velesdb.VelesException;
import io.velesdb.engine.Expiry;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the three kinds of memory have in common: each is a vector collection of its own, whose entries can be related to
 * each other, forgotten, and written out whole. Thread-safe.
 *
 * <p>The collection may be read and written by other means, VelesQL among them. Entries that lack a member which the
 * memory would have written read as if it were empty or zero.
 */
public abstract sealed class MemoryStore permits SemanticMemory, EpisodicMemory, ProceduralMemory {
    /** The parameter that names the collection of a MATCH. */
    private static final String TARGET = "_collection";

    private final MemoryRows rows;

    MemoryStore(MemoryRows rows) {
        this.rows = rows;
    }

    final MemoryRows rows() {
        return rows;
    }

    public final MemoryKind kind() {
        return rows.kind();
    }

    /** Components per embedding. */
    public final int dimension() {
        return rows.dimension();
    }

    /** The number of memories. */
    public final long count() {
        return rows.count(null);
    }

    /** Forgets one memory and its relations at once; false when there is none of this id. */
    public final boolean delete(long id) {
        return rows.delete(id);
    }

    /**
     * Forgets everything of this kind, relations included.
     *
     * @return memories and relations removed
     */
    public final long clear() {
        rows.expiries().clear();
        return rows.collection().truncate();
    }

    // ---- relations

    /**
     * Makes sure that one memory is related to another of the same kind.
     *
     * @param relation a name, for example {@code caused_by}
     * @return the id of the edge, {@link Edge#derivedId}
     * @throws VelesException VELES-022 when a memory does not exist, VELES-021 for a blank relation
     */
    public final long relate(long source, long target, String relation) {
        return relate(source, target, relation, null);
    }

    /** The same with properties, which replace those of an earlier call. */
    public final long relate(long source, long target, String relation, @Nullable Obj properties) {
        return rows.collection().relate(source, target, relation, properties);
    }

    /** Takes a relation away; false when there was none. */
    public final boolean unrelate(long source, long target, String relation) {
        return rows.collection().removeEdge(Edge.derivedId(source, target, relation));
    }

    /** Takes the relation of this edge id away; false when there was none. */
    public final boolean unrelate(long edgeId) {
        return rows.collection().removeEdge(edgeId);
    }

    /** The relations that begin at a memory, by ascending edge id. */
    public final List<Edge> relations(long id) {
        return rows.seen(rows.collection().outgoing(id));
    }

    /** The first {@code limit} of them. */
    public final List<Edge> relations(long id, int limit) {
        return first(relations(id), limit);
    }

    /** The relations that end at a memory, by ascending edge id. */
    public final List<Edge> incoming(long id) {
        return rows.seen(rows.collection().incoming(id));
    }

    /** The first {@code limit} of them. */
    public final List<Edge> incoming(long id, int limit) {
        return first(incoming(id), limit);
    }

    private static List<Edge> first(List<Edge> edges, int limit) {
        return edges.subList(0, Math.min(MemoryRows.checkLimit(limit), edges.size()));
    }

    // ---- forgetting

    /**
     * Has a memory forgotten in so many seconds, as long as this process lives: it is hidden from then on, and removed by
     * {@link AgentMemory#autoExpire}. Storing it again, or another call, replaces the time. A process that opens the
     * database later knows nothing of it; {@link #setDurableTtl} is for that.
     *
     * @param seconds at least 1
     * @return false when there is no such memory
     */
    public final boolean setTtl(long id, long seconds) {
        long second = rows.after(seconds);
        if (rows.get(id) == null) {
            return false;
        }
        rows.expiries().set(id, second);
        return true;
    }

    /**
     * Has a memory forgotten in so many seconds, whoever has the database open then.
     *
     * @param seconds at least 1
     * @throws VelesException VELES-003 when there is no such memory
     */
    public final void setDurableTtl(long id, long seconds) {
        Value second = Value.of(rows.after(seconds));
        rows.change(id, row -> Obj.builder().put(Expiry.FIELD, second).build());
    }

    // ---- as a collection

    /**
     * Runs a statement of VelesQL, to which this memory is the collection {@link MemoryKind#collectionName}; a MATCH that
     * names no collection is of this one. The times of {@link #setTtl} are unknown to it, durable ones are not.
     *
     * @param parameters the values of {@code $name} by name
     * @throws VelesException as {@link io.velesdb.Database#query(String, Obj)}
     */
    public final QueryResult query(String statement, Obj parameters) {
        Obj.Builder given = Obj.builder();
        given.put(TARGET, Value.of(kind().collectionName()));
        return rows.database().query(statement, given.putAll(parameters).build());
    }

    // ---- as bytes

    /**
     * Everything of this kind as it is now: memories, embeddings, relations, and the times of {@link #setTtl}. The form
     * has a version and a checksum.
     */
    public final byte[] serialize() {
        return StoreImage.of(rows, rows.database().view()).toBytes(kind(), dimension());
    }

    /**
     * Replaces everything of this kind by what {@link #serialize} wrote, here or elsewhere. Bytes that are not sound
     * change nothing. All or nothing up to 100,000 differences and 200 MiB; more go in several writes, and a call that was
     * interrupted is completed by another one.
     *
     * @throws VelesException VELES-012 for bytes that are damaged or something else, VELES-036 for a newer form, VELES-004
     *     for another dimension
     */
    public final void deserialize(byte[] bytes) {
        StoreImage image = StoreImage.fromBytes(bytes, rows, ErrorCode.SERIALIZATION);
        Restore restore = new Restore(rows.database());
        restore.add(rows, image);
        restore.run();
    }
}
