package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
    private static final int WORKERS = 4;

    /** Returns when every worker of the pool has begun a piece. */
    private static void together(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureIsThrownWhenNoPieceRunsAnyMoreWithTheLaterOnesSuppressed() {
        CyclicBarrier barrier = new CyclicBarrier(WORKERS);
        AtomicInteger running = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(WORKERS)) {
            assertThatThrownBy(() -> pool.forEach(100, 1, (worker, from, to) -> {
                        running.incrementAndGet();
                        try {
                            together(barrier);
                            if (worker == WORKERS - 1) {
                                Thread.sleep(200);
                                return;
                            }
                            throw new IllegalStateException("worker " + worker);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        } finally {
                            running.decrementAndGet();
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("worker 0")
                    .satisfies(failure -> assertThat(
                                    Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage))
                            .containsExactly("worker 1", "worker 2"));
            assertThat(running).hasValue(0);
        }
    }

    @Test
    void anErrorOfAWorkerReachesTheCallerAsItIs() {
        CyclicBarrier barrier = new CyclicBarrier(WORKERS);
        try (WorkerPool pool = new WorkerPool(WORKERS)) {
            assertThatThrownBy(() -> pool.forEach(WORKERS * 2, 2, (worker, from, to) -> {
                        together(barrier);
                        if (worker == 2) {
                            throw new OutOfMemoryError("simulated");
                        }
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void aClosedPoolRefusesAJob() {
        WorkerPool pool = new WorkerPool(WORKERS);
        pool.close();
        assertThatThrownBy(() -> pool.forEach(100, 1, (worker, from, to) -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
