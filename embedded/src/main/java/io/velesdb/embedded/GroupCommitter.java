package io.velesdb.embedded;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.engine.Committer;
import io.velesdb.engine.Engine;
import io.velesdb.engine.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: writers queue up, one of them becomes the leader and commits everything that is waiting as one journal
 * record with one sync, the others sleep until it is done. There is no writer thread and no timer: a lonely writer pays
 * nothing, and while a sync is under way the next group gathers by itself.
 */
final class GroupCommitter implements Committer {
    private final ReentrantLock leadership = new ReentrantLock();
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger exclusiveWaiting = new AtomicInteger();
    private final int maxGroup;
    private final long delayNanos;
    private final Runnable afterGroup;
    private volatile boolean closed;

    private static final class Pending {
        final Write write;
        final Thread thread = Thread.currentThread();
        volatile boolean done;

        Pending(Write write) {
            this.write = write;
        }
    }

    /**
     * @param maxGroup writes that share a record at most
     * @param delayMicros how long a leader waits for others to join; 0 for not at all, which is best unless syncs are slow
     *     and writers many
     * @param afterGroup runs after each group, quickly
     */
    GroupCommitter(int maxGroup, long delayMicros, Runnable afterGroup) {
        this.maxGroup = maxGroup;
        this.afterGroup = afterGroup;
        delayNanos = delayMicros * 1_000;
    }

    @Override
    public void commit(Engine engine, Write write) {
        Pending mine = new Pending(write);
        queue.add(mine);
        boolean interrupted = false;
        while (!mine.done) {
            if (exclusiveWaiting.get() == 0 && leadership.tryLock()) {
                try {
                    while (!mine.done) {
                        commitWaiting(engine);
                    }
                } finally {
                    leadership.unlock();
                    wakeNextLeader();
                }
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void exclusively(Engine engine, Runnable task) {
        // writers barge in whenever the lock is free: without this they would keep a checkpoint waiting for ever
        exclusiveWaiting.incrementAndGet();
        leadership.lock();
        try {
            exclusiveWaiting.decrementAndGet();
            task.run();
        } finally {
            leadership.unlock();
            wakeNextLeader();
        }
    }

    /** Every later write fails with VELES-011. */
    void close() {
        closed = true;
    }

    private void commitWaiting(Engine engine) {
        if (delayNanos > 0) {
            LockSupport.parkNanos(this, delayNanos);
        }
        List<Pending> group = new ArrayList<>();
        try {
            List<Write> writes = new ArrayList<>();
            while (group.size() < maxGroup) {
                Pending next = queue.peek();
                if (next == null) {
                    break;
                }
                // leaves the queue only when it stands in the group: no failure between the two lets it sleep for ever
                group.add(next);
                queue.poll();
                writes.add(next.write);
            }
            if (closed) {
                throw new VelesException(ErrorCode.IO, "the database is closed: open it again");
            }
            engine.commitGroup(writes);
        } catch (RuntimeException | Error failure) {
            VelesException shown = failure instanceof VelesException known
                    ? known
                    : new VelesException(ErrorCode.INTERNAL, "a write failed unexpectedly: " + failure, failure);
            for (Pending pending : group) {
                pending.write.fail(shown);
            }
        } finally {
            try {
                afterGroup.run();
            } finally {
                for (Pending pending : group) {
                    pending.done = true;
                    if (pending.thread != Thread.currentThread()) {
                        LockSupport.unpark(pending.thread);
                    }
                }
            }
        }
    }

    /** Whoever queued up after the leader's last look, and found the lock taken, sleeps: it leads now. */
    private void wakeNextLeader() {
        @Nullable Pending next = queue.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }
}
