package io.velesdb;

import io.velesdb.engine.Session;

/** Points with a JSON payload and no vector. Thread-safe. */
public final class MetadataCollection extends Collection {
    MetadataCollection(Session session, String name, int number) {
        super(session, name, number);
    }
}
