package io.velesdb.query.plan;

import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is ready to run, for all of its spellings and all values of its parameters. Immutable but for the count of
 * its uses, and thread-safe.
 */
public final class StatementPlan {
    /** What a token adds to tree and plan at most, as measured on a JVM with compressed references: 15 to 107 bytes. */
    private static final int BYTES_PER_TOKEN = 112;

    private static final int BYTES_BESIDE = 512;

    private final String text;
    private final String normalizedText;
    private final Query query;
    private final @Nullable SelectPlan select;
    private final Generation generation;
    private final long bytes;
    private final AtomicLong reuses = new AtomicLong();

    /**
     * @param text the spelling that it was made from, which the positions of the tree refer to
     * @param select the plan of a statement that is one SELECT; null for all others
     * @param tokens how many the text has
     */
    public StatementPlan(
            String text,
            String normalizedText,
            Query query,
            @Nullable SelectPlan select,
            int tokens,
            Generation generation) {
        this.text = text;
        this.normalizedText = normalizedText;
        this.query = query;
        this.select = select;
        this.generation = generation;
        bytes = BYTES_BESIDE + 2L * (text.length() + normalizedText.length()) + (long) BYTES_PER_TOKEN * tokens;
    }

    /** The spelling that it was made from, which the positions of the tree refer to. */
    public String text() {
        return text;
    }

    /** What all spellings have in common. */
    public String normalizedText() {
        return normalizedText;
    }

    /** The tree. */
    public Query query() {
        return query;
    }

    /** The plan of a statement that is one SELECT; null for all others. */
    public @Nullable SelectPlan select() {
        return select;
    }

    /** Under what it was made. */
    public Generation generation() {
        return generation;
    }

    /** The normalised text of the statement that EXPLAIN explains; of any other statement its own. */
    public String explainedText() {
        if (query.statement() instanceof Statement.Explain explain) {
            return normalizedText.substring((explain.analyze() ? "EXPLAIN ANALYZE " : "EXPLAIN ").length());
        }
        return normalizedText;
    }

    /** How often it was used again after it had been made. */
    public long reuses() {
        return reuses.get();
    }

    void countReuse() {
        reuses.incrementAndGet();
    }

    /** About what it takes on the heap. */
    long bytes() {
        return bytes;
    }
}
