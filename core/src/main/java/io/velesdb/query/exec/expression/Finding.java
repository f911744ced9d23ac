package io.velesdb.query.exec.expression;

import io.velesdb.query.exec.row.Score;
import org.jspecify.annotations.Nullable;

/** What the conditions that were met tell about a row beside that it qualifies. Reused from row to row. */
public final class Finding {
    static final int NO_PATH = Integer.MAX_VALUE;

    /** The score that the last similarity or branch gave. */
    @Nullable
    public Score score;

    /** Edges of the shortest path that met a graph predicate. */
    public int edges = NO_PATH;

    /** Forgets everything, for the next row. */
    public void clear() {
        score = null;
        edges = NO_PATH;
    }

    /** 1/(1 + h) where h edges met a graph predicate, or 0. */
    public float graphScore() {
        return edges == NO_PATH ? 0f : (float) (1.0 / (1.0 + edges));
    }
}
