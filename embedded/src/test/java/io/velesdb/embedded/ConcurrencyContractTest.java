package io.velesdb.embedded;

import io.velesdb.host.Concurrency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Every way of running the pieces of a task, held to the same contract. */
class ConcurrencyContractTest {
    @Nested
    class OnTheCallersThread extends ConcurrencyContract {
        @Override
        Concurrency concurrency() {
            return Concurrency.SERIAL;
        }
    }

    private abstract static class Pooled extends ConcurrencyContract {
        private final WorkerPool pool;

        Pooled(int workers) {
            pool = new WorkerPool(workers);
        }

        @Override
        Concurrency concurrency() {
            return pool;
        }

        @AfterEach
        void close() {
            pool.close();
        }
    }

    @Nested
    class OneWorker extends Pooled {
        OneWorker() {
            super(1);
        }
    }

    @Nested
    class FourWorkers extends Pooled {
        FourWorkers() {
            super(4);
        }
    }
}
