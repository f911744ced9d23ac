package io.velesdb.query.plan;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Statements that were parsed, validated and planned before. A plan is kept under the normalised text of its statement
 * ({@code QueryParser.Parsed.normalizedText}) for one {@link Generation}, so all spellings of a statement share it; values
 * written into the text make another statement, parameters are bound when a plan runs.
 *
 * <p>To know the normalised text of a text takes a parse. So the texts that came are kept as well, each with its normalised
 * text: one that comes again is looked up twice and not read.
 *
 * <p>Bounded: {@value #MOST_PLANS} plans of 8 MiB together, {@value #MOST_TEXTS} texts of 2 MiB, none more than a 32nd of
 * that. Thread-safe; finding a plan takes no lock.
 */
public final class PlanCache {
    private static final int MOST_PLANS = 512;
    private static final long MOST_PLAN_BYTES = 8L << 20;
    private static final int MOST_TEXTS = 1024;
    private static final long MOST_TEXT_BYTES = 2L << 20;
    private static final int BYTES_BESIDE_TEXTS = 128;

    private final BoundedMap<StatementPlan> plans = new BoundedMap<>(MOST_PLANS, MOST_PLAN_BYTES);
    private final BoundedMap<String> normalizedTexts = new BoundedMap<>(MOST_TEXTS, MOST_TEXT_BYTES);
    private final AtomicLong textHits = new AtomicLong();
    private final AtomicLong planHits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    /** That of the plans; guarded by this. */
    private @Nullable Generation generation;

    /** The plan of a text that came before, letter by letter; null when that is not known, and nothing is counted then. */
    public @Nullable StatementPlan find(String text, Generation now) {
        String normalized = normalizedTexts.get(text);
        StatementPlan plan = normalized == null ? null : known(normalized, now);
        if (plan != null) {
            textHits.incrementAndGet();
        }
        return plan;
    }

    /** The plan of a text that another spelling of it may have brought; null when there is none. */
    public @Nullable StatementPlan find(String text, String normalizedText, Generation now) {
        StatementPlan plan = known(normalizedText, now);
        if (plan == null) {
            misses.incrementAndGet();
        } else {
            planHits.incrementAndGet();
            keepText(text, plan.normalizedText());
        }
        return plan;
    }

    private @Nullable StatementPlan known(String normalizedText, Generation now) {
        StatementPlan plan = plans.get(normalizedText);
        if (plan == null || !plan.generation().isSame(now)) {
            return null;
        }
        plan.countReuse();
        return plan;
    }

    /** Keeps a plan, unless the definitions have changed since it was begun. */
    public void keep(StatementPlan plan) {
        if (passTo(plan.generation())) {
            plans.put(plan.normalizedText(), plan, plan.bytes());
            keepText(plan.text(), plan.normalizedText());
        }
    }

    private void keepText(String text, String normalizedText) {
        normalizedTexts.put(text, normalizedText, BYTES_BESIDE_TEXTS + 2L * (text.length() + normalizedText.length()));
    }

    /** Forgets the plans of earlier generations. False when {@code now} is one of those. */
    private synchronized boolean passTo(Generation now) {
        Generation known = generation;
        if (known != null && now.isBefore(known)) {
            return false;
        }
        if (known != null && !known.isSame(now)) {
            plans.clear();
        }
        generation = now;
        return true;
    }

    /** The plan of a statement, if it is kept, for somebody who will not run it: nothing is counted. */
    public @Nullable StatementPlan peek(String normalizedText, Generation now) {
        StatementPlan plan = plans.peek(normalizedText);
        return plan == null || !plan.generation().isSame(now) ? null : plan;
    }

    /** How often a text was known, letter by letter. */
    public long textHits() {
        return textHits.get();
    }

    /** How often a new spelling of a statement found its plan. */
    public long planHits() {
        return planHits.get();
    }

    /** How often a statement was planned. */
    public long misses() {
        return misses.get();
    }

    /** The number of plans that are kept for a generation. */
    public int size(Generation now) {
        passTo(now);
        return plans.size();
    }

    /** The number of texts that are known. */
    public int texts() {
        return normalizedTexts.size();
    }

    /** About what plans and texts take on the heap. */
    public long bytes() {
        return plans.bytes() + normalizedTexts.bytes();
    }

    /** The most plans that it keeps. */
    public int capacity() {
        return MOST_PLANS;
    }

    /** Counts from zero again. */
    public void resetCounts() {
        textHits.set(0);
        planHits.set(0);
        misses.set(0);
    }

    /** Forgets all statements; the counts go on. */
    public void clear() {
        plans.clear();
        normalizedTexts.clear();
    }
}
