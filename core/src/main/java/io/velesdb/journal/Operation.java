package io.velesdb.journal;

import io.velesdb.CollectionSchema;
import io.velesdb.CollectionStatistics;
import io.velesdb.IndexDefinition;
import io.velesdb.Quantization;
import io.velesdb.SparseVector;
import io.velesdb.StorageMode;
import io.velesdb.index.hnsw.HnswParameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a change. Everything that applying it needs is in it: no clock, no randomness, no other state. */
public sealed interface Operation {
    /** The number of the collection that it acts on, from 1. */
    int collection();

    /**
     * Whether it changes what there is to be asked, or what is known about answering: collections, codes, indexes, settings
     * and statistics, not rows.
     */
    default boolean isDefinition() {
        return this instanceof CreateCollection
                || this instanceof DropCollection
                || this instanceof TrainQuantizer
                || this instanceof CreateIndex
                || this instanceof DropIndex
                || this instanceof Analyze
                || this instanceof SetAutoReindex
                || this instanceof Reindex;
    }

    /** A new, empty collection. */
    record CreateCollection(int collection, String name, CollectionSchema schema) implements Operation {}

    /** The collection, its rows and its files go. */
    record DropCollection(int collection) implements Operation {}

    /**
     * Rows replaced or added as a whole, in this order; of one id twice the last wins.
     *
     * @param ids one id per row
     * @param vectors ids.length × dimension components, row after row; null where no row has a dense vector
     * @param vectorless per row, true when its components are none; null when every row has a vector or none has
     * @param payloads one per row, null for none
     * @param sparse one map per row, from name to sparse vector; null when no row has any
     */
    record Upsert(
            int collection,
            long[] ids,
            float @Nullable [] vectors,
            boolean @Nullable [] vectorless,
            @Nullable Payload[] payloads,
            Map<String, SparseVector> @Nullable [] sparse)
            implements Operation {
        /** Rows that have all a dense vector or all none, and no sparse vectors. */
        public Upsert(int collection, long[] ids, float @Nullable [] vectors, @Nullable Payload[] payloads) {
            this(collection, ids, vectors, null, payloads, null);
        }

        /** The sparse vectors of a row. */
        public Map<String, SparseVector> sparseOf(int row) {
            return sparse == null ? Map.of() : sparse[row];
        }
    }

    /** Rows removed; missing ids are ignored. */
    record Delete(int collection, long[] ids) implements Operation {}

    /**
     * Edges added; of an id that is there, the properties replaced. The end rows exist.
     *
     * @param labels one per edge, trimmed
     * @param properties compact UTF-8 JSON per edge, null for none
     */
    record PutEdges(
            int collection, long[] ids, long[] sources, long[] targets, String[] labels, byte[] @Nullable [] properties)
            implements Operation {}

    /** Edges removed; missing ids are ignored. */
    record RemoveEdges(int collection, long[] ids) implements Operation {}

    /** All rows and edges removed; the collection stays. */
    record Truncate(int collection) implements Operation {}

    /** Links of the vector index around dead slots in [fromSlot, toSlot) are replaced by links between live ones. */
    record Repair(int collection, int fromSlot, int toSlot) implements Operation {}

    /** Dead slots are dropped and the live ones renumbered into a new generation of stores. */
    record Compact(int collection) implements Operation {}

    /**
     * The codes of a collection are learned from the rows that live now, and its storage mode becomes {@code mode}.
     *
     * @param quantization everything that the codes depend on beside the rows, the seed among it
     */
    record TrainQuantizer(int collection, StorageMode mode, Quantization quantization) implements Operation {}

    /** An index declared; nothing when it is there. */
    record CreateIndex(int collection, IndexDefinition definition) implements Operation {}

    /** An index no longer declared; nothing when it is not there. */
    record DropIndex(int collection, IndexDefinition definition) implements Operation {}

    /**
     * Statistics kept.
     *
     * @param statistics what was found in the rows before: finding it is not part of applying
     */
    record Analyze(int collection, CollectionStatistics statistics) implements Operation {}

    /** Whether the vector index may be rebuilt with other parameters when that is advised. */
    record SetAutoReindex(int collection, boolean enabled) implements Operation {}

    /**
     * The next vectors that wait are linked into the vector index; nothing when none waits.
     *
     * @param count at most so many, 1 or more
     */
    record LinkVectors(int collection, int count) implements Operation {}

    /** The vector index is made anew in another shape, over the same vectors and codes. */
    record Reindex(int collection, HnswParameters shape) implements Operation {}
}
