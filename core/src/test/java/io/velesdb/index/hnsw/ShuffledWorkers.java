package io.velesdb.index.hnsw;

import io.velesdb.host.Concurrency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Real threads that take the ranges of a task in a random order. */
record ShuffledWorkers(int workers) implements Concurrency {
    @Override
    public void forEach(int count, int grain, RangeTask task) {
        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at < count; at += grain) {
            starts.add(at);
        }
        Collections.shuffle(starts, new Random(count));
        List<Thread> threads = new ArrayList<>();
        Throwable[] failures = new Throwable[workers];
        for (int w = 0; w < workers; w++) {
            int worker = w;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int i = worker; i < starts.size(); i += workers) {
                        task.run(worker, starts.get(i), Math.min(count, starts.get(i) + grain));
                    }
                } catch (Throwable e) {
                    failures[worker] = e;
                }
            }));
        }
        for (int w = 0; w < workers; w++) {
            try {
                threads.get(w).join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (failures[w] != null) {
                throw new IllegalStateException(failures[w]);
            }
        }
    }
}
