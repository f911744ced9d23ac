package io.velesdb;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Upkeep;
import io.velesdb.engine.VisibleRows;
import org.jspecify.annotations.Nullable;

/**
 * How well a collection is, at one moment.
 *
 * @param hasVectors whether at least one point has a dense vector
 * @param searchReady whether a vector search can find something
 * @param dimensionConfigured whether points have or may have a dense vector
 * @param pointCount the number of points
 * @param indexHealth the state of the vector index
 * @param indexHealthDetail what to do about it; null when there is nothing to do
 */
public record CollectionDiagnostics(
        boolean hasVectors,
        boolean searchReady,
        boolean dimensionConfigured,
        long pointCount,
        IndexHealth indexHealth,
        @Nullable String indexHealthDetail) {
    /** The state of a vector index. */
    public enum IndexHealth {
        HEALTHY,
        /** There is nothing to index. */
        EMPTY,
        /** It works, and would be smaller and quicker after {@link Collection#vacuum}. */
        NEEDS_REBUILD,
        /** The collection has no vector index. */
        UNKNOWN;

        /** The name on every surface: {@code healthy}, {@code empty}, {@code needs_rebuild}, {@code unknown}. */
        public String canonicalName() {
            return switch (this) {
                case HEALTHY -> "healthy";
                case EMPTY -> "empty";
                case NEEDS_REBUILD -> "needs_rebuild";
                case UNKNOWN -> "unknown";
            };
        }
    }

    static CollectionDiagnostics of(VisibleRows visible) {
        CollectionSnapshot state = visible.state();
        long points = visible.count();
        if (!state.schema().hasVectors()) {
            return new CollectionDiagnostics(
                    false, false, false, points, IndexHealth.UNKNOWN, "the collection has no vectors");
        }
        boolean vectors = hasVectors(visible);
        if (Upkeep.vacuumDue(state)) {
            int dead = state.slots() - state.rows();
            return new CollectionDiagnostics(
                    vectors,
                    vectors,
                    true,
                    points,
                    IndexHealth.NEEDS_REBUILD,
                    dead + " of " + state.slots() + " row versions were replaced or deleted: vacuum the collection");
        }
        return new CollectionDiagnostics(
                vectors, vectors, true, points, vectors ? IndexHealth.HEALTHY : IndexHealth.EMPTY, null);
    }

    private static boolean hasVectors(VisibleRows visible) {
        CollectionSnapshot state = visible.state();
        long[] words = visible.words();
        for (int w = 0, n = (state.slots() + 63) >>> 6; w < n; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                if (state.hasVector((w << 6) + Long.numberOfTrailingZeros(word))) {
                    return true;
                }
            }
        }
        return false;
    }
}
