package io.velesdb.memory;

import io.velesdb.Hit;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Episodes: what happened when, with or without an embedding. In the collection {@code _episodic_memory} an episode is a
 * row whose payload has {@code description} and {@code timestamp}. Thread-safe.
 *
 * <pre>{@code
 * EpisodicMemory episodes = memory.episodic();
 * episodes.record(7, "Asked for the ferry times", 1_760_000_000, embedding);
 * List<Episode> lately = episodes.recent(10, null);
 * }</pre>
 */
public final class EpisodicMemory extends MemoryStore {
    static final String DESCRIPTION = "description";
    static final String TIMESTAMP = "timestamp";

    private static final int PAGE = 1_000;
    private static final Comparator<Episode> NEWEST_FIRST = Comparator.comparingLong(Episode::timestamp)
            .thenComparing(Episode::id, Long::compareUnsigned)
            .reversed();

    EpisodicMemory(MemoryRows rows) {
        super(rows);
    }

    /**
     * Records an episode; one of the same id is replaced.
     *
     * @param timestamp seconds since the Unix epoch
     * @param embedding null for none: the episode is then found by time and not by meaning, and stays episodic
     * @throws VelesException VELES-004 for an embedding of another dimension, VELES-005 for one that is not finite
     */
    public void record(long id, String description, long timestamp, float @Nullable [] embedding) {
        put(id, description, timestamp, null, embedding);
    }

    /** Records an episode that is forgotten after so many seconds, also by a process that opens the database later. */
    public void recordWithTtl(
            long id, String description, long timestamp, long ttlSeconds, float @Nullable [] embedding) {
        put(id, description, timestamp, ttlSeconds, embedding);
    }

    private void put(
            long id, String description, long timestamp, @Nullable Long ttlSeconds, float @Nullable [] embedding) {
        rows().checkEmbedding(embedding);
        Obj.Builder payload = Obj.builder()
                .put(DESCRIPTION, MemoryRows.checkedText(DESCRIPTION, description))
                .put(TIMESTAMP, Value.of(timestamp));
        rows().put(List.of(rows().row(id, payload, embedding, ttlSeconds)));
    }

    /**
     * The latest episodes, newest first; of the same second the largest id first.
     *
     * @param limit from 1 to 10,000
     * @param since only episodes of this second and later; null for all
     */
    public List<Episode> recent(int limit, @Nullable Long since) {
        return newest(limit, since == null ? Long.MIN_VALUE : since, null);
    }

    /**
     * The latest episodes before a moment, newest first.
     *
     * @param before only episodes before this second
     * @param limit from 1 to 10,000
     */
    public List<Episode> olderThan(long before, int limit) {
        return newest(limit, Long.MIN_VALUE, before);
    }

    /**
     * The episodes nearest in meaning, best first; equal scores by ascending id. Those without embedding are not among
     * them.
     *
     * @param k from 1 to {@code search.max_results}
     */
    public List<Recalled<Episode>> recallSimilar(float[] embedding, int k) {
        rows().requireEmbedding(embedding);
        List<Recalled<Episode>> found = new ArrayList<>();
        for (Hit hit : rows().search(embedding, k, MemoryRows.embedded(null))) {
            found.add(new Recalled<>(episode(hit.id(), hit.payload()), hit.score()));
        }
        return found;
    }

    /** The episode of this id; null for none. */
    public @Nullable Episode get(long id) {
        Point row = rows().get(id);
        return row == null ? null : episode(id, row.payload());
    }

    /** The episode of this id with its embedding; null for none. */
    public @Nullable Embedded<Episode> getWithEmbedding(long id) {
        Point row = rows().get(id);
        return row == null
                ? null
                : new Embedded<>(episode(id, row.payload()), MemoryRows.hasEmbedding(row) ? row.vector() : null);
    }

    /** The second from which on there are {@code limit} episodes is found by counting; only those are read. */
    private List<Episode> newest(int limit, long since, @Nullable Long before) {
        MemoryRows.checkLimit(limit);
        if (before != null && before <= since) {
            return List.of();
        }
        long low = since;
        long high = before == null ? Long.MAX_VALUE : before - 1;
        if (rows().count(between(since, before)) > limit) {
            while (low < high) {
                // the average rounded up, without overflow
                long middle = (low | high) - ((low ^ high) >> 1);
                if (rows().count(between(middle, before)) >= limit) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
        }
        List<Episode> found = read(limit, low, before);
        // episodes that were deleted since they were counted leave room for older ones
        return found.size() < limit && low != since ? read(limit, since, before) : found;
    }

    private List<Episode> read(int limit, long since, @Nullable Long before) {
        List<Episode> found = new ArrayList<>();
        Long after = null;
        do {
            Page page = rows().scroll(after, PAGE, between(since, before));
            for (Point row : page.points()) {
                found.add(episode(row.id(), row.payload()));
            }
            if (found.size() > limit) {
                found.sort(NEWEST_FIRST);
                found.subList(limit, found.size()).clear();
            }
            after = page.next();
        } while (after != null);
        found.sort(NEWEST_FIRST);
        return found;
    }

    private static Filter between(long since, @Nullable Long before) {
        Filter from = Filter.gte(TIMESTAMP, since);
        return before == null ? from : Filter.and(from, Filter.lt(TIMESTAMP, before));
    }

    static Episode episode(long id, @Nullable Obj payload) {
        return new Episode(id, MemoryRows.text(payload, DESCRIPTION), MemoryRows.whole(payload, TIMESTAMP));
    }
}
