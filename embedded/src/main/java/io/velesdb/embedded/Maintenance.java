package io.velesdb.embedded;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.engine.Engine;
import io.velesdb.engine.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The background thread of an open database: writes a checkpoint when the journal has grown, deletes expired rows, drops
 * dead row versions when they are many, rebuilds vector indexes where that is allowed and advised, links vectors that
 * wait (those that writers left for the next ones once nobody has written for a second), lets indexes catch up. A failure
 * is logged and tried again later; nothing depends on it for safety.
 */
final class Maintenance implements Runnable {
    private static final System.Logger LOG = System.getLogger("io.velesdb");
    private static final long PAUSE_NANOS = 250_000_000L;
    private static final int PAUSES_AFTER_FAILURE = 40;

    /** Pauses without a write after which no writer is expected to bring company to vectors that wait for it. */
    private static final int QUIET = 4;

    private final OpenDatabase database;
    private final Engine engine;
    private final Thread thread = new Thread(this, "velesdb-maintenance");
    private volatile boolean stopped;
    private int sleepThrough;

    /** The last change at the pause before, and for how many pauses there was none. */
    private long lsn;

    private int quietPauses;

    Maintenance(OpenDatabase database, Engine engine) {
        this.database = database;
        this.engine = engine;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the present pause: something is due. */
    void wake() {
        LockSupport.unpark(thread);
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
            Upkeep upkeep = engine.upkeep();
            boolean failed = attempt("checkpoint", () -> {
                if (database.checkpointDue()) {
                    database.checkpoint();
                }
            });
            failed |= attempt("closing files of what was dropped", database::closeDropped);
            // before what may take long: somebody has just asked for them
            failed |= forEach(upkeep::indexesDue, upkeep::refreshIndexes);
            failed |= forEach(upkeep::expiryDue, upkeep::sweepExpired);
            failed |= forEach(upkeep::vacuumDue, upkeep::vacuum);
            failed |= forEach(upkeep::reindexDue, upkeep::reindexAsAdvised);
            failed |= forEach(upkeep::linkingDue, upkeep::linkWaiting);
            if (isQuiet()) {
                failed |= forEach(upkeep::linkingLeft, upkeep::linkWaiting);
            }
            if (failed) {
                sleepThrough = PAUSES_AFTER_FAILURE;
            }
        }
    }

    /**
     * Does something for each collection in which it is due, whatever becomes of the others. One that was deleted since it
     * was found due is no failure.
     *
     * @return whether anything failed
     */
    static boolean forEach(Supplier<List<String>> due, Consumer<String> task) {
        List<String> collections = new ArrayList<>();
        boolean failed = attempt("looking for what is due", () -> collections.addAll(due.get()));
        for (String collection : collections) {
            failed |= attempt("collection '" + collection + "'", () -> task.accept(collection));
        }
        return failed;
    }

    private static boolean attempt(String what, Runnable task) {
        try {
            task.run();
            return false;
        } catch (VelesException failure) {
            if (failure.code() == ErrorCode.COLLECTION_NOT_FOUND) {
                return false;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "maintenance (" + what + ") will be tried again: " + failure.getMessage());
        } catch (RuntimeException | Error failure) {
            // No memory, a mapped page that cannot be read: without this thread the journal would grow for ever.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "maintenance (" + what + ") failed unexpectedly and will be tried again",
                    failure);
        }
        return true;
    }

    private boolean isQuiet() {
        long now = engine.snapshot().lsn();
        quietPauses = now == lsn ? quietPauses + 1 : 0;
        lsn = now;
        return quietPauses >= QUIET;
    }
}
