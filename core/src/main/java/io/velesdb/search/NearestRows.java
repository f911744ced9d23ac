package io.velesdb.search;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.VisibleRows;
import io.velesdb.host.Cancellation;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.Rescoring;
import io.velesdb.index.hnsw.SearchScratch;
import io.velesdb.vector.Metric;
import org.jspecify.annotations.Nullable;

/** The vector branch of a statement: the nearest of a set of rows that is known already. */
public final class NearestRows {
    private NearestRows() {}

    /**
     * The {@code k} nearest rows of a set, best first.
     *
     * @param query checked against the dimension
     * @param words a bit per slot of the set
     * @param count bits set in {@code words}
     * @param effort {@link Effort#PERFECT} scores every row of the set
     * @param oversampling the factor of candidates that are scored exactly in a quantized collection; null for its own
     * @throws VelesException VELES-015 when the collection holds no vectors
     */
    public static RankedBranch of(
            VisibleRows visible,
            long[] words,
            int count,
            float[] query,
            int k,
            Effort effort,
            @Nullable Integer oversampling,
            Cancellation cancellation) {
        CollectionSnapshot state = visible.state();
        HnswIndex index = state.index();
        HnswIndex.View view = state.indexView();
        Metric metric = state.schema().metric();
        if (index == null || view == null || metric == null) {
            throw withoutVectors(state);
        }
        if (count == 0 || k == 0) {
            return new RankedBranch(new long[0], new float[0], metric.higherIsBetter());
        }
        boolean renumbered = state.renumbersVectors();
        boolean every = !renumbered && count == state.rows() && visible.isEverySlot();
        long[] accepted = words;
        int acceptedCount = count;
        if (renumbered) {
            accepted = new long[(state.vectors() + 63) >>> 6];
            state.renameToVectors(words, accepted);
            acceptedCount = 0;
            for (long word : accepted) {
                acceptedCount += Long.bitCount(word);
            }
        }
        SearchScratch scratch = index.acquire();
        try {
            int found = index.search(
                    view,
                    query,
                    k,
                    effort,
                    rescoring(state.schema(), oversampling),
                    every ? null : accepted,
                    every ? 0 : acceptedCount,
                    renumbered ? vector -> state.id(state.slotOfVector(vector)) : state,
                    cancellation,
                    scratch);
            long[] ids = new long[found];
            float[] scores = new float[found];
            for (int i = 0; i < found; i++) {
                ids[i] = state.id(state.slotOfVector(scratch.slot(i)));
                scores[i] = scratch.score(i);
            }
            return new RankedBranch(ids, scores, metric.higherIsBetter());
        } finally {
            index.release(scratch);
        }
    }

    static Rescoring rescoring(CollectionSchema schema, @Nullable Integer oversampling) {
        if (schema.storage() == StorageMode.FULL) {
            return Rescoring.AS_NEEDED;
        }
        return oversampling == null
                ? Rescoring.atLeast(schema.quantization().oversampling())
                : Rescoring.of(oversampling);
    }

    private static VelesException withoutVectors(CollectionSnapshot state) {
        return new VelesException(
                ErrorCode.SEARCH_NOT_SUPPORTED,
                "collection '" + state.name() + "' holds no vectors: search a vector collection");
    }
}
