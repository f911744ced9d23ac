package io.velesdb.embedded;

import io.velesdb.VelesException;
import io.velesdb.engine.Engine;
import java.util.concurrent.locks.LockSupport;

/**
 * The background thread of an open database: writes a checkpoint when the journal has grown, deletes expired rows, drops
 * dead row versions when they are many, rebuilds vector indexes where that is allowed and advised, links vectors that
 * wait, lets indexes catch up. A failure is logged and tried again later; nothing depends on it for safety.
 */
final class Maintenance implements Runnable {
    private static final System.Logger LOG = System.getLogger("io.velesdb");
    private static final long PAUSE_NANOS = 250_000_000L;
    private static final int PAUSES_AFTER_FAILURE = 40;

    private final OpenDatabase database;
    private final Engine engine;
    private final Thread thread = new Thread(this, "velesdb-maintenance");
    private volatile boolean stopped;
    private int sleepThrough;

    Maintenance(OpenDatabase database, Engine engine) {
        this.database = database;
        this.engine = engine;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns when the thread has ended. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
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

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            if (stopped) {
                return;
            }
            if (sleepThrough > 0) {
                sleepThrough--;
                continue;
            }
            try {
                if (database.checkpointDue()) {
                    database.checkpoint();
                }
                for (String collection : engine.upkeep().expiryDue()) {
                    engine.upkeep().sweepExpired(collection);
                }
                for (String collection : engine.upkeep().vacuumDue()) {
                    engine.upkeep().vacuum(collection);
                }
                for (String collection : engine.upkeep().reindexDue()) {
                    engine.upkeep().reindexAsAdvised(collection);
                }
                for (String collection : engine.upkeep().linkingDue()) {
                    engine.upkeep().linkWaiting(collection);
                }
                for (String collection : engine.upkeep().indexesDue()) {
                    engine.upkeep().refreshIndexes(collection);
                }
            } catch (VelesException failure) {
                sleepThrough = PAUSES_AFTER_FAILURE;
                LOG.log(System.Logger.Level.WARNING, "maintenance will be tried again: " + failure.getMessage());
            } catch (RuntimeException | Error failure) {
                // No memory, a mapped page that cannot be read: without this thread the journal would grow for ever.
                sleepThrough = PAUSES_AFTER_FAILURE;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "maintenance failed unexpectedly and will be tried again",
                        failure);
            }
        }
    }
}
