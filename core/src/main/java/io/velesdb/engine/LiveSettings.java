package io.velesdb.engine;

import io.velesdb.Configuration;
import io.velesdb.GuardRails;
import io.velesdb.Limits;
import io.velesdb.index.hnsw.Effort;

/** What holds for requests that do not say otherwise, and may change while the database is open. Thread-safe. */
public final class LiveSettings {
    private final ClientLimits clientLimits = new ClientLimits();
    private volatile GuardRails guardRails;
    private volatile Known known = new Known(Configuration.DEFAULTS, Configuration.DEFAULTS.effort());

    /** The effort is looked up by every search, so it is worked out once. */
    private record Known(Configuration configuration, Effort effort) {}

    LiveSettings(Limits limits) {
        guardRails = GuardRails.DEFAULTS.withTimeoutMillis(limits.queryTimeoutMillis());
    }

    /** For hosts, before the engine is used: what searches and new collections get that do not ask for anything. */
    public void configure(Configuration configuration) {
        known = new Known(configuration, configuration.effort());
    }

    /** The settings that the database was opened with. */
    public Configuration configuration() {
        return known.configuration;
    }

    /** How hard a search looks that leaves it to the database. */
    public Effort usualEffort() {
        return known.effort;
    }

    /** The limits of single queries as they are now. */
    public GuardRails guardRails() {
        return guardRails;
    }

    /** Changes the limits of single queries, for every query from now on. */
    public void updateGuardRails(GuardRails rails) {
        guardRails = rails;
    }

    ClientLimits clientLimits() {
        return clientLimits;
    }
}
