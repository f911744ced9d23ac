package io.velesdb.index.hnsw;

import io.velesdb.host.Clock;
import io.velesdb.host.Concurrency;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;

/** As much of a platform as an index needs, in memory. */
record TestPlatform(Concurrency concurrency) implements Platform {
    static final TestPlatform SERIAL = new TestPlatform(Concurrency.SERIAL);

    @Override
    public Clock clock() {
        return () -> 0;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public DocumentStore openDocuments(StoreId id, long length) {
        throw new UnsupportedOperationException();
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
