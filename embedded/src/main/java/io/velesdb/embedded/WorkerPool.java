package io.velesdb.embedded;

import io.velesdb.host.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

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
        for (int worker = 1; worker < workers; worker++) {
            int number = worker;
            others.add(threads.submit(() -> drain(number, next, count, grain, task)));
        }
        try {
            drain(0, next, count, grain, task);
        } finally {
            join(others);
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
            task.run(worker, from, Math.min(count, from + grain));
        }
    }

    private static void join(List<Future<?>> others) {
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
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException("an index worker failed", e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
