package io.velesdb.cli.shell;

import io.velesdb.GuardRail;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;

/** Ctrl-C: ends the statement that runs. Set from the thread of the signal, read by the one that runs. */
final class Interrupt implements Cancellation {
    private volatile boolean wanted;

    /** Ends what runs now. */
    void raise() {
        wanted = true;
    }

    /** Forgets what was wanted before: called when a statement begins. */
    void clear() {
        wanted = false;
    }

    @Override
    public void check() {
        if (wanted) {
            throw VelesException.guardRail(GuardRail.LIMIT, "interrupted");
        }
    }
}
