package io.velesdb.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * When the memories of one kind are forgotten, kept in the process and not in the database: ids with the second from
 * which on they are hidden. Thread-safe.
 *
 * <p>Reads ask for what is due. As long as nothing is, that costs one comparison; after that it costs a look at every
 * entry, until {@link #remove} has taken away what was due.
 */
final class Expiries {
    private final Map<Long, Long> deadlines = new ConcurrentHashMap<>();
    private final AtomicReference<Earliest> earliest = new AtomicReference<>(new Earliest(Long.MAX_VALUE));

    /** A lower bound of all deadlines. An object, so that replacing it notices every change in between. */
    private static final class Earliest {
        private final long second;

        private Earliest(long second) {
            this.second = second;
        }
    }

    /** One id and its second. */
    record Entry(long id, long second) {}

    void set(long id, long second) {
        deadlines.put(id, second);
        lower(second);
    }

    /** Puts back what {@link #clear(long)} returned, unless another one was set since. */
    void restore(long id, long second) {
        deadlines.putIfAbsent(id, second);
        lower(second);
    }

    private void lower(long second) {
        Earliest known;
        do {
            known = earliest.get();
        } while (!earliest.compareAndSet(known, new Earliest(Math.min(known.second, second))));
    }

    /** Forgets the deadline of an id; null when it had none. */
    @Nullable
    Long clear(long id) {
        return deadlines.remove(id);
    }

    void clear() {
        deadlines.clear();
    }

    /** Forgets a deadline, unless another one was set since. */
    void remove(Entry entry) {
        deadlines.remove(entry.id(), entry.second());
    }

    /** Works out the earliest deadline again; call it when what was due is gone. */
    void tighten() {
        Earliest known = earliest.get();
        long least = Long.MAX_VALUE;
        for (long second : deadlines.values()) {
            least = Math.min(least, second);
        }
        // someone set a deadline meanwhile: leave the bound, it is lower than need be at worst
        earliest.compareAndSet(known, new Earliest(least));
    }

    @Nullable
    Long get(long id) {
        return deadlines.get(id);
    }

    boolean isDue(long id, long nowSeconds) {
        Long second = deadlines.get(id);
        return second != null && second <= nowSeconds;
    }

    /** What is due, by ascending unsigned id. */
    List<Entry> due(long nowSeconds) {
        return earliest.get().second > nowSeconds ? List.of() : entries(nowSeconds);
    }

    /** Everything, by ascending unsigned id. */
    List<Entry> all() {
        return entries(Long.MAX_VALUE);
    }

    private List<Entry> entries(long upTo) {
        List<Entry> found = new ArrayList<>();
        for (Map.Entry<Long, Long> entry : deadlines.entrySet()) {
            if (entry.getValue() <= upTo) {
                found.add(new Entry(entry.getKey(), entry.getValue()));
            }
        }
        found.sort((a, b) -> Long.compareUnsigned(a.id(), b.id()));
        return found;
    }
}
