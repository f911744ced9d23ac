package io.velesdb.query.plan;

import io.velesdb.Configuration;

/**
 * Under what a statement was planned. A plan is used only where this is the same: today no plan depends on definitions or
 * statistics, and one that does needs no other care.
 *
 * @param configuration the limits of the language, by identity: another configuration is another object
 * @param definitions the sequence number of the last change of collections, indexes, codes, settings or statistics
 */
public record Generation(Configuration configuration, long definitions) {
    /** Whether it is this one. */
    @SuppressWarnings("ReferenceEquality") // see configuration
    public boolean is(Configuration otherConfiguration, long otherDefinitions) {
        return definitions == otherDefinitions && configuration == otherConfiguration;
    }

    boolean isSame(Generation other) {
        return is(other.configuration, other.definitions);
    }

    /** Whether it is past and never comes back. */
    @SuppressWarnings("ReferenceEquality") // see configuration
    boolean isBefore(Generation other) {
        return configuration == other.configuration && definitions < other.definitions;
    }
}
