package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.IndexDefinition;
import io.velesdb.Limits;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts: text with an embedding and metadata of any shape. In the collection {@code _semantic_memory} a fact is a row whose
 * payload has the text as {@code content} and the metadata beside it, so a filter on metadata names its members as they
 * are; every member is indexed by itself. Thread-safe.
 *
 * <pre>{@code
 * SemanticMemory facts = memory.semantic();
 * facts.store(1, "The ferry to Bygdøy leaves from pier 3", embedding, Obj.of("topic", "travel"));
 * List<Recalled<Fact>> found = facts.queryFiltered(question, 5, Filter.eq("topic", "travel"));
 * }</pre>
 */
public final class SemanticMemory extends MemoryStore {
    static final String CONTENT = "content";

    private static final String RESERVED = "_veles_";

    /** The one reserved member that callers set: the day of the fact, as a number YYYYMMDD. */
    private static final String DATE = "_veles_date";

    SemanticMemory(MemoryRows rows) {
        super(rows);
    }

    /**
     * Stores a fact; one of the same id is replaced as a whole.
     *
     * @throws VelesException VELES-016 for no embedding, VELES-004 for one of another dimension, VELES-005 for one that is
     *     not finite
     */
    public void store(long id, String content, float[] embedding) {
        storeBatch(List.of(NewFact.of(id, content, embedding)));
    }

    /** The same with metadata; VELES-017 when it has a member {@code content} or a reserved one. */
    public void store(long id, String content, float[] embedding, Obj metadata) {
        storeBatch(List.of(NewFact.of(id, content, embedding).withMetadata(metadata)));
    }

    /** Stores a fact that is forgotten after so many seconds, also by a process that opens the database later. */
    public void storeWithTtl(long id, String content, float[] embedding, long ttlSeconds) {
        storeBatch(List.of(NewFact.of(id, content, embedding).withTtl(ttlSeconds)));
    }

    /**
     * Stores facts, all or nothing. Of several with the same id the last counts.
     *
     * @param facts at most {@value Limits#MAX_BATCH_POINTS}
     * @return facts stored
     */
    public long storeBatch(List<NewFact> facts) {
        List<Point> points = new ArrayList<>(facts.size());
        for (NewFact fact : facts) {
            points.add(row(fact));
        }
        if (points.isEmpty()) {
            return 0;
        }
        rows().put(points);
        return points.size();
    }

    /**
     * Stores a fact unless one with exactly this content is there; that one stays as it is.
     *
     * @return the id of the fact with this content: the one that was there (of several the smallest id), or one derived
     *     from the content ({@link Ids#derive})
     * @throws VelesException VELES-010 when the derived id belongs to a fact with another content
     */
    public long storeUnique(String content, float[] embedding, Obj metadata) {
        long id = Ids.derive(content);
        Point fact = row(NewFact.of(id, content, embedding).withMetadata(metadata));
        while (true) {
            Page same = rows().scroll(null, 1, Filter.eq(CONTENT, content));
            if (!same.points().isEmpty()) {
                return same.points().get(0).id();
            }
            Point present = rows().collection().get(id).get(0);
            if (present != null && !rows().isHidden(id)) {
                if (content.equals(MemoryRows.text(present.payload(), CONTENT))) {
                    return id;
                }
                throw new VelesException(
                        ErrorCode.QUERY,
                        "id " + Ids.format(id) + ", derived from the content, belongs to another fact:"
                                + " store this one under an id of its own");
            }
            if (rows().putIfStill(fact, present)) {
                return id;
            }
        }
    }

    private Point row(NewFact fact) {
        rows().requireEmbedding(fact.embedding());
        Obj.Builder payload = Obj.builder().put(CONTENT, MemoryRows.checkedText(CONTENT, fact.content()));
        payload.putAll(checkMetadata(fact.metadata()));
        return rows().row(fact.id(), payload, fact.embedding(), fact.ttlSeconds());
    }

    private static Obj checkMetadata(Obj metadata) {
        for (int i = 0; i < metadata.size(); i++) {
            String name = metadata.name(i);
            if (name.equals(CONTENT) || isReserved(name)) {
                throw new VelesException(
                        ErrorCode.SCHEMA_VALIDATION,
                        "metadata has a member '" + name + "', which the memory itself keeps: give it another name");
            }
        }
        return metadata;
    }

    private static boolean isReserved(String name) {
        return name.startsWith(RESERVED) && !name.equals(DATE);
    }

    /**
     * Sets members of a fact's metadata; the others stay.
     *
     * @throws VelesException VELES-003 when there is no such fact, VELES-017 for a member that the memory itself keeps
     */
    public void updateMetadata(long id, Obj members) {
        checkMetadata(members);
        rows().change(id, row -> members);
    }

    /**
     * The facts nearest in meaning, best first; equal scores by ascending id.
     *
     * @param k from 1 to {@code search.max_results}
     * @throws VelesException VELES-016 for no embedding, VELES-004 for one of another dimension
     */
    public List<Recalled<Fact>> query(float[] embedding, int k) {
        return search(embedding, k, null);
    }

    /** The nearest of the facts for whose metadata {@code filter} holds. */
    public List<Recalled<Fact>> queryFiltered(float[] embedding, int k, Filter filter) {
        return search(embedding, k, filter);
    }

    /** The nearest facts but these. */
    public List<Recalled<Fact>> queryExcluding(float[] embedding, int k, long... ids) {
        return search(embedding, k, ids.length == 0 ? null : MemoryRows.without(null, ids));
    }

    /**
     * Makes sure that there is an index on a member of the metadata, which makes {@link #queryFiltered} on large memories
     * quicker. No answer depends on it.
     *
     * @param field a path with dots between its names
     * @return false when it was there already
     * @throws VelesException VELES-010 for a field that cannot be indexed
     */
    public boolean ensureIndex(String field) {
        return rows().collection().createIndex(IndexDefinition.secondary(field));
    }

    private List<Recalled<Fact>> search(float[] embedding, int k, @Nullable Filter filter) {
        rows().requireEmbedding(embedding);
        List<Recalled<Fact>> found = new ArrayList<>();
        for (Hit hit : rows().search(embedding, k, filter)) {
            found.add(new Recalled<>(fact(hit.id(), hit.payload()), hit.score()));
        }
        return found;
    }

    /** The fact of this id; null for none. */
    public @Nullable Fact get(long id) {
        Point row = rows().get(id);
        return row == null ? null : fact(id, row.payload());
    }

    /** The metadata of a fact, empty for nothing; null when there is no such fact. */
    public @Nullable Obj getMetadata(long id) {
        Fact fact = get(id);
        return fact == null ? null : fact.metadata();
    }

    /**
     * One page of facts.
     *
     * @param after the last id of the page before; null to start
     * @param limit from 1 to 10,000
     */
    public MemoryPage<Fact> list(@Nullable Long after, int limit) {
        Page page = rows().scroll(after, MemoryRows.checkLimit(limit), null);
        List<Fact> facts = new ArrayList<>(page.points().size());
        for (Point row : page.points()) {
            facts.add(fact(row.id(), row.payload()));
        }
        return new MemoryPage<>(facts, page.next());
    }

    private static Fact fact(long id, @Nullable Obj payload) {
        Obj.Builder metadata = Obj.builder();
        for (int i = 0; payload != null && i < payload.size(); i++) {
            String name = payload.name(i);
            if (!name.equals(CONTENT) && !isReserved(name)) {
                metadata.put(name, payload.value(i));
            }
        }
        return new Fact(id, MemoryRows.text(payload, CONTENT), metadata.build());
    }
}
