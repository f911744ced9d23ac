package io.velesdb.embedded;

import io.velesdb.host.BackgroundTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A task on a thread of its own, which keeps no process alive. */
final class BackgroundThread implements BackgroundTask, Runnable {
    private final Work work;
    private final Thread thread;
    private volatile boolean woken;
    private volatile boolean stopped;

    private BackgroundThread(String name, Work work) {
        this.work = work;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    static BackgroundThread start(String name, Work work) {
        BackgroundThread started = new BackgroundThread(name, work);
        started.thread.start();
        return started;
    }

    @Override
    public void run() {
        boolean rested = false;
        while (!stopped) {
            long pause = work.run(rested);
            rested = rest(pause);
        }
    }

    /** Returns true when the pause was over, false when it was cut short. */
    private boolean rest(long millis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        long start = System.nanoTime();
        while (!stopped) {
            if (woken) {
                woken = false;
                return false;
            }
            long left = nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(this, left);
            // nobody has a reason to interrupt it, and an interrupt would keep it from resting
            Thread.interrupted();
        }
        return false;
    }

    @Override
    public void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
