package io.velesdb.query.exec;

import org.jspecify.annotations.Nullable;

/** What the conditions that were met tell about a row beside that it qualifies. Reused from row to row. */
final class Finding {
    static final int NO_PATH = Integer.MAX_VALUE;

    /** The score that the last similarity or branch gave. */
    @Nullable
    Score score;

    /** Edges of the shortest path that met a graph predicate. */
    int edges = NO_PATH;

    void clear() {
        score = null;
        edges = NO_PATH;
    }

    float graphScore() {
        return edges == NO_PATH ? 0f : (float) (1.0 / (1.0 + edges));
    }
}
