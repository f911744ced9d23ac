package io.velesdb.embedded.vector;

import io.velesdb.index.hnsw.HeapIntRows;
import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import org.junit.jupiter.api.Nested;

/** Every kind of rows of ints, held to the same contract. */
class IntRowsContractTest {
    @Nested
    class InArrays extends IntRowsContract {
        @Override
        IntRows create(int stride) {
            return new HeapIntRows(stride);
        }

        @Override
        IntRows open(CheckpointReader in, String name, int stride) {
            return HeapIntRows.open(in, name, stride);
        }
    }

    @Nested
    class OutsideTheHeap extends IntRowsContract {
        @Override
        IntRows create(int stride) {
            return NativeIntRows.create(stride);
        }

        @Override
        IntRows open(CheckpointReader in, String name, int stride) {
            return NativeIntRows.open(in, name, stride);
        }
    }
}
