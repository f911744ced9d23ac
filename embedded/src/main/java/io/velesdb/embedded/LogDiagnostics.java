package io.velesdb.embedded;

import io.velesdb.VelesException;
import io.velesdb.host.Diagnostics;

/** Tells the operator through the platform's logger. */
enum LogDiagnostics implements Diagnostics {
    INSTANCE;

    private static final System.Logger LOG = System.getLogger("io.velesdb");

    @Override
    public void rebuilt(String structure, VelesException damage) {
        LOG.log(System.Logger.Level.WARNING, "rebuilt " + structure + ", which was damaged: " + damage.getMessage());
    }

    @Override
    public void observerFailed(RuntimeException failure) {
        LOG.log(System.Logger.Level.WARNING, "the observer threw where it was only told of something", failure);
    }
}
