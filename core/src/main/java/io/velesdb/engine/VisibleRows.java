package io.velesdb.engine;

import io.velesdb.CollectionStatistics;
import io.velesdb.TextQuery;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.index.sparse.SparseIndex;
import io.velesdb.index.text.TextSearch;
import io.velesdb.value.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call may see of a collection: the rows that live in its state, are not expired at the call's time, and lie
 * within the scope that an observer gave the caller. Every read path takes its rows from here and from nowhere else.
 *
 * <p>Belongs to one call: the bitmap of a scoped view is made when it is first asked for.
 */
public final class VisibleRows {
    private final CollectionSnapshot state;
    private final long nowSeconds;
    private final @Nullable Filter scope;
    private final @Nullable Filter expired;
    private long @Nullable [] words;
    private int count;

    private VisibleRows(CollectionSnapshot state, long nowSeconds, @Nullable Filter scope) {
        this.state = state;
        this.nowSeconds = nowSeconds;
        this.scope = scope;
        expired = state.columns().mayHave(Expiry.PATH) ? Expiry.expiredAt(nowSeconds) : null;
        if (expired == null && scope == null) {
            words = state.liveWords();
            count = state.rows();
        }
    }

    /**
     * The rows of {@code state} that a call at {@code nowSeconds} sees.
     *
     * @param scope what the caller is confined to; null for everything
     */
    public static VisibleRows of(CollectionSnapshot state, long nowSeconds, @Nullable Filter scope) {
        return new VisibleRows(state, nowSeconds, scope);
    }

    public CollectionSnapshot state() {
        return state;
    }

    /** The time of the call, in seconds since the Unix epoch. */
    public long nowSeconds() {
        return nowSeconds;
    }

    /** What the caller is confined to; null for everything. */
    public @Nullable Filter scope() {
        return scope;
    }

    /** True when every slot of the state is a visible row: then no bitmap is needed. */
    public boolean isEverySlot() {
        return expired == null && scope == null && !state.hasDeadSlots();
    }

    /** True when every live row is visible. */
    public boolean isEveryRow() {
        return expired == null && scope == null;
    }

    /** The number of visible rows. */
    public int count() {
        words();
        return count;
    }

    /** A bit per visible slot, at least (slots + 63) / 64 words. Shared: not to be written to. */
    public long[] words() {
        long[] known = words;
        return known == null ? evaluate() : known;
    }

    /** Whether the row version in {@code slot} is visible. Reads the payload when no bitmap was made yet. */
    public boolean contains(int slot) {
        long[] known = words;
        if (known != null) {
            return (known[slot >>> 6] & 1L << slot) != 0;
        }
        return state.isLive(slot) && holds(state.id(slot), state.payload(slot));
    }

    /** The slot of a visible point, or -1. */
    public int slotOf(long id) {
        int slot = state.slotOf(id);
        return slot >= 0 && contains(slot) ? slot : -1;
    }

    /** Whether a row with this id and payload is neither expired nor outside the scope. */
    public boolean holds(long id, @Nullable Obj payload) {
        return (expired == null || !expired.matches(id, payload)) && (scope == null || scope.matches(id, payload));
    }

    /** Whether the state still has a row of this id that is expired at the time of the call, in the scope or not. */
    public boolean isExpired(long id) {
        Filter condition = expired;
        if (condition == null) {
            return false;
        }
        int slot = state.slotOf(id);
        return slot >= 0 && condition.matches(id, state.payload(slot));
    }

    /**
     * Prepares a text search. Its statistics are those of the rows that are live and not expired, in the scope or not: the score of
     * a row is the same for everybody who sees it.
     *
     * @param fields what to look in; empty for all strings that are indexed
     * @throws io.velesdb.VelesException VELES-010 for a field that the collection does not index, or a phrase of too many
     *     words
     */
    public TextSearch textSearch(TextQuery query, List<FieldPath> fields) {
        if (expired != null) {
            CollectionSnapshot.Unexpired unexpired = state.unexpired(nowSeconds);
            if (unexpired.expired().length > 0) {
                return state.text().search(query, fields, unexpired.words(), unexpired.expired());
            }
        }
        return state.text().search(query, fields, state.hasDeadSlots() ? state.liveWords() : null);
    }

    /**
     * The sparse vectors of a name, to be searched among visible rows. Like the statistics of texts, which names there are is up
     * to the rows that are live and not expired, in the scope or not.
     *
     * @throws io.velesdb.VelesException VELES-030 when only expired rows carry the name, as it would be after a sweep
     */
    public SparseIndex.View sparse(String name) {
        SparseIndex.View sparse = state.sparse();
        if (expired != null && !name.isEmpty()) {
            int[] hidden = state.unexpired(nowSeconds).expired();
            int rows = sparse.rows(name);
            // no more rows can be hidden than are expired: mostly nothing has to be read
            if (rows > 0 && rows <= hidden.length) {
                for (int slot : hidden) {
                    rows -= state.sparse(slot).containsKey(name) ? 1 : 0;
                }
                if (rows == 0) {
                    throw SparseIndex.unknown(name);
                }
            }
        }
        return sparse;
    }

    /** What an {@code ANALYZE} at {@code nowMillis} finds in the visible rows. */
    public CollectionStatistics statistics(long nowMillis) {
        long[] visible = words();
        long payloadBytes = 0;
        long vectorBytes = 0;
        for (int w = 0, n = (state.slots() + 63) >>> 6; w < n; w++) {
            for (long rest = visible[w]; rest != 0; rest &= rest - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                payloadBytes += state.documentBytes(slot);
                vectorBytes += state.hasVector(slot) ? (long) state.schema().dimension() * Float.BYTES : 0;
            }
        }
        return new CollectionStatistics(
                count(),
                (long) state.slots() - count(),
                payloadBytes,
                vectorBytes,
                nowMillis,
                state.columns().statistics(state, visible, Cancellation.NONE));
    }

    private long[] evaluate() {
        CollectionSnapshot.Unexpired unexpired = expired == null
                ? new CollectionSnapshot.Unexpired(0, state.liveWords(), state.rows(), new int[0])
                : state.unexpired(nowSeconds);
        Filter confined = scope;
        long[] result = unexpired.words();
        count = unexpired.count();
        if (confined != null) {
            result = new long[(state.slots() + 63) >>> 6];
            count = state.columns().evaluate(confined, state, unexpired.words(), Cancellation.NONE, result);
        }
        words = result;
        return result;
    }
}
