package io.velesdb.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Wakes those who wait for changes. Whoever signals takes no lock and never waits. Thread-safe. */
final class ChangeSignal {
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /** Something may have become true. */
    void signal() {
        for (Thread thread : waiting) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits until {@code ready} holds.
     *
     * @return nanoseconds that are left; 0 when the time is over or the thread was interrupted, which it then still is
     */
    long await(BooleanSupplier ready, long nanos) {
        Thread me = Thread.currentThread();
        long start = System.nanoTime();
        long left = nanos;
        waiting.add(me);
        try {
            while (left > 0 && !ready.getAsBoolean()) {
                if (me.isInterrupted()) {
                    return 0;
                }
                LockSupport.parkNanos(this, left);
                left = nanos - (System.nanoTime() - start);
            }
        } finally {
            waiting.remove(me);
        }
        return Math.max(0, left);
    }
}
