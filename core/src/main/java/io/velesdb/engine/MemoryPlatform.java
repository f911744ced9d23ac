package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.host.Clock;
import io.velesdb.host.Concurrency;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.host.TextFolding;
import io.velesdb.index.hnsw.HeapIntRows;
import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import org.jspecify.annotations.Nullable;

/** A host without files and threads: everything in arrays. What a browser starts from, and tests compare with. */
public final class MemoryPlatform implements Platform {
    private final Clock clock;
    private final @Nullable TextFolding folding;

    /** A host that cannot strip marks from texts. */
    public MemoryPlatform(Clock clock) {
        this(clock, null);
    }

    /** @param folding what stripping marks asks; null where collections that want it are refused */
    public MemoryPlatform(Clock clock, @Nullable TextFolding folding) {
        this.clock = clock;
        this.folding = folding;
    }

    @Override
    public @Nullable TextFolding textFolding() {
        return folding;
    }

    @Override
    public Concurrency concurrency() {
        return Concurrency.SERIAL;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public VectorSpace createVectors(StoreId id, int dimension, Metric metric) {
        return new HeapVectorSpace(dimension, metric);
    }

    @Override
    public VectorSpace openVectors(
            StoreId id, int dimension, Metric metric, int size, CheckpointReader in, String prefix) {
        return HeapVectorSpace.open(dimension, metric, size, in, prefix);
    }

    @Override
    public DocumentStore createDocuments(StoreId id) {
        return new HeapDocuments();
    }

    @Override
    public DocumentStore openDocuments(StoreId id, long length) {
        throw new VelesException(
                ErrorCode.STORAGE, "an in-memory database keeps no documents to open: use a host with storage");
    }

    @Override
    public IntRows createRows(int stride) {
        return new HeapIntRows(stride);
    }

    @Override
    public IntRows openRows(CheckpointReader in, String name, int stride) {
        return HeapIntRows.open(in, name, stride);
    }
}
