package io.velesdb.embedded;

import io.velesdb.host.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pieces of an index build on the calling thread and a few daemon threads. Small jobs stay on the calling
 * thread: waking another one costs more than they do.
 */
final class WorkerPool implements Concurrency, AutoCloseable {
    private static final int SMALLEST_SHARED_JOB = 8;

    private final int workers;
    private final ExecutorService threads;

    WorkerPool(int workers) {
        this.workers = workers;
        threads = Executors.newFixedThreadPool(Math.max(1, workers - 1), task -> {
            Thread thread = new Thread(task, "velesdb-index");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void forEach(int count, int grain, RangeTask task) {
        if (count <= 0) {
            return;
        }
        if (workers == 1 || count < SMALLEST_SHARED_JOB || count <= grain) {
            task.run(0, 0, count);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>(workers - 1);
        Throwable failure = null;
        try {
            for (int worker = 1; worker < workers; worker++) {
                int number = worker;
                others.add(threads.submit(() -> drain(number, next, count, grain, task)));
            }
            drain(0, next, count, grain, task);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        failure = join(others, failure);
        switch (failure) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("an index worker failed", failure);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static void drain(int worker, AtomicInteger next, int count, int grain, RangeTask task) {
        while (true) {
            int from = next.getAndAdd(grain);
            if (from >= count) {
                return;
            }
            try {
                task.run(worker, from, Math.min(count, from + grain));
            } catch (RuntimeException | Error failure) {
                // the job has failed: nobody begins another piece of it
                next.set(count);
                throw failure;
            }
        }
    }

    /**
     * Waits for all of them, whatever becomes of any: what a job that failed still writes to must not be in use again.
     *
     * @return the first failure, later ones suppressed in it; null when there was none
     */
    private static @Nullable Throwable join(List<Future<?>> others, @Nullable Throwable failure) {
        Throwable first = failure;
        boolean interrupted = false;
        for (Future<?> other : others) {
            while (true) {
                try {
                    other.get();
                    break;
                } catch (InterruptedException e) {
                    // a half-built graph is worse than a late interrupt
                    interrupted = true;
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    if (first == null) {
                        first = cause;
                    } else if (!first.equals(cause)) {
                        first.addSuppressed(cause);
                    }
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return first;
    }
}
