package io.velesdb.host;

import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import io.velesdb.vector.quantize.CodeHost;
import io.velesdb.vector.quantize.HeapCodes;
import org.jspecify.annotations.Nullable;

/**
 * Port: everything that one open database asks of its host. The engine calls the factory methods from its single writer
 * only.
 */
public interface Platform {
    Concurrency concurrency();

    Clock clock();

    /** Where the engine tells what it mended. */
    default Diagnostics diagnostics() {
        return Diagnostics.SILENT;
    }

    /** What stripping marks from texts asks of the host; null where it cannot, and collections that want it are refused. */
    default @Nullable TextFolding textFolding() {
        return null;
    }

    /** An empty vector space; whatever an earlier crash left under this id is discarded. */
    VectorSpace createVectors(StoreId id, int dimension, Metric metric);

    /**
     * The vector space whose {@link VectorSpace#save} wrote the sections that start with {@code prefix}; vectors
     * beyond {@code size} are discarded.
     */
    VectorSpace openVectors(StoreId id, int dimension, Metric metric, int size, CheckpointReader in, String prefix);

    /** An empty document store; whatever an earlier crash left under this id is discarded. */
    DocumentStore createDocuments(StoreId id);

    /** The document store as it was with {@code length} bytes; what lies beyond is discarded. */
    DocumentStore openDocuments(StoreId id, long length);

    /**
     * Gives back the space of stores that were created under this id and that nothing refers to, and never will. Never
     * fails: what cannot be given back now is when the database is opened next.
     */
    default void discard(StoreId id) {}

    /**
     * Runs something beside everything else, until it is stopped. Any thread may ask for it.
     *
     * @return null when this host has no threads
     */
    default @Nullable BackgroundTask background(String name, BackgroundTask.Work work) {
        return null;
    }

    /** Where the codes of quantized collections live. */
    default CodeHost codes() {
        return HeapCodes.HOST;
    }

    /** Empty rows of {@code stride} ints each. */
    IntRows createRows(int stride);

    /** The rows that {@link IntRows#save} wrote to the section {@code name}. */
    IntRows openRows(CheckpointReader in, String name, int stride);
}
