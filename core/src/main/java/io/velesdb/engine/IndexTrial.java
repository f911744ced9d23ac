package io.velesdb.engine;

import io.velesdb.ReindexAdvice;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.SearchScratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How well and at what cost the vector index of one state answers: searches for a sample of its own vectors, beside exact ones.
 * Cost is counted in rows that a search scores, not in time: it is the same whatever else the machine does.
 */
final class IndexTrial {
    private static final int QUERIES = 64;
    private static final int K = 10;

    /** Each effort that is tried is so much more than the one before, from {@link #K} rows to so many times the usual ones. */
    private static final double STEP = 1.15;

    private static final int MOST = 4;

    /**
     * Of one effort.
     *
     * @param recall the share of the nearest that are found, 0..1
     * @param scored rows per search
     */
    private record Figures(double recall, double scored) {}

    private final CollectionSnapshot state;
    private final HnswIndex index;
    private final HnswIndex.View view;
    private final float[][] queries;
    private final int[][] nearest;

    private IndexTrial(CollectionSnapshot state, HnswIndex index, HnswIndex.View view) {
        this.state = state;
        this.index = index;
        this.view = view;
        int vectors = view.vectors().slots();
        queries = new float[Math.min(QUERIES, vectors)][];
        nearest = new int[queries.length][];
        SearchScratch scratch = index.acquire();
        try {
            for (int i = 0; i < queries.length; i++) {
                float[] query = state.vector(state.slotOfVector((int) ((long) i * vectors / queries.length)));
                queries[i] = query == null ? new float[state.schema().dimension()] : query;
                nearest[i] = search(queries[i], Effort.PERFECT, scratch);
            }
        } finally {
            index.release(scratch);
        }
    }

    /**
     * What got worse from one state to another by more than {@link ReindexAdvice} allows, in a sentence; null when nothing
     * did. The cost is compared where each finds as much as the better of both does with the usual effort, but for what may be
     * lost: a denser graph costs more at the same effort, but needs less of it.
     */
    static @Nullable String regression(CollectionSnapshot before, CollectionSnapshot after) {
        IndexTrial first = of(before);
        IndexTrial second = of(after);
        if (first == null || second == null) {
            return null;
        }
        double was = first.at(Effort.BALANCED).recall;
        double is = second.at(Effort.BALANCED).recall;
        if (was - is > ReindexAdvice.MAX_RECALL_REGRESSION) {
            return "recall fell from " + thousandths(was) + " to " + thousandths(is) + " of 1000";
        }
        double least = Math.max(was, is) - ReindexAdvice.MAX_RECALL_REGRESSION;
        double cost = first.cost(least);
        double newCost = second.cost(least);
        if (newCost > cost * (1 + ReindexAdvice.MAX_LATENCY_REGRESSION)) {
            return "for a recall of " + thousandths(least) + " of 1000, a search scored " + (long) cost
                    + " rows and then "
                    + (newCost < Double.MAX_VALUE ? (long) newCost + " rows" : "never found as much");
        }
        return null;
    }

    private static long thousandths(double share) {
        return (long) (share * 1_000 + 0.5);
    }

    private static @Nullable IndexTrial of(CollectionSnapshot state) {
        HnswIndex index = state.index();
        HnswIndex.View view = state.indexView();
        return index == null || view == null ? null : new IndexTrial(state, index, view);
    }

    /** The fewest rows per search with which so much is found; {@link Double#MAX_VALUE} when it is not. */
    private double cost(double recall) {
        int usual = Effort.BALANCED.firstEf(
                K, view.vectors().slots(), state.schema().dimension());
        for (double ef = K; ef <= MOST * usual; ef *= STEP) {
            Figures figures = at(Effort.custom((int) ef));
            if (figures.recall >= recall) {
                return figures.scored;
            }
        }
        return Double.MAX_VALUE;
    }

    private Figures at(Effort effort) {
        long found = 0;
        long wanted = 0;
        long scored = 0;
        SearchScratch scratch = index.acquire();
        try {
            for (int i = 0; i < queries.length; i++) {
                int[] slots = search(queries[i], effort, scratch);
                scored += scratch.scored();
                wanted += nearest[i].length;
                for (int slot : slots) {
                    found += Arrays.binarySearch(nearest[i], slot) >= 0 ? 1 : 0;
                }
            }
        } finally {
            index.release(scratch);
        }
        return new Figures((double) found / Math.max(1, wanted), (double) scored / Math.max(1, queries.length));
    }

    /** Vectors in ascending order, those of dead rows included: the graph has them too. */
    private int[] search(float[] query, Effort effort, SearchScratch scratch) {
        int found = index.search(
                view,
                query,
                K,
                effort,
                null,
                0,
                vector -> state.id(state.slotOfVector(vector)),
                Cancellation.NONE,
                scratch);
        int[] slots = new int[found];
        for (int i = 0; i < found; i++) {
            slots[i] = scratch.slot(i);
        }
        Arrays.sort(slots);
        return slots;
    }
}
