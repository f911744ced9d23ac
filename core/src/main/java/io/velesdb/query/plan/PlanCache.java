package io.velesdb.query.plan;

import io.velesdb.query.ast.Query;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statements that were parsed, validated and planned before, by their text. Parameters are bound when a plan runs and plans
 * name nothing that a change of data or definitions could touch, so an entry never goes stale; values written into the text
 * make another entry. Thread-safe without locks: a text has one place, and the last one that wants it keeps it.
 */
public final class PlanCache {
    private static final int PLACES = 512;

    /**
     * A statement that is ready to run.
     *
     * @param select the plan of a statement that is one SELECT; null for all others
     */
    public record Prepared(
            String text, Query query, @Nullable SelectPlan select) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
    private final AtomicReference<@Nullable Prepared>[] places = new AtomicReference[PLACES];

    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    /** A cache of no statements. */
    public PlanCache() {
        for (int i = 0; i < PLACES; i++) {
            places[i] = new AtomicReference<>();
        }
    }

    /** The statement of a text, made by {@code prepare} where it is not known. */
    public Prepared get(String text, Function<String, Prepared> prepare) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Prepared known = places[place].get();
        if (known != null && known.text().equals(text)) {
            hits.incrementAndGet();
            return known;
        }
        misses.incrementAndGet();
        Prepared made = prepare.apply(text);
        places[place].set(made);
        return made;
    }

    /** How often a statement was known. */
    public long hits() {
        return hits.get();
    }

    /** How often it was not. */
    public long misses() {
        return misses.get();
    }

    /** The number of statements that are kept. */
    public int size() {
        int size = 0;
        for (int i = 0; i < PLACES; i++) {
            if (places[i].get() != null) {
                size++;
            }
        }
        return size;
    }

    /** The most statements that it keeps. */
    public int capacity() {
        return PLACES;
    }

    /** Counts from zero again. */
    public void resetCounts() {
        hits.set(0);
        misses.set(0);
    }

    /** Forgets all statements; the counts go on. */
    public void clear() {
        for (int i = 0; i < PLACES; i++) {
            places[i].set(null);
        }
    }
}
