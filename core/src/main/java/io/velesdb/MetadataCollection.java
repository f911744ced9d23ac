package io.velesdb;

import io.velesdb.engine.Engine;

/** Points with a JSON payload and no vector. Thread-safe. */
public final class MetadataCollection extends Collection {
    MetadataCollection(Engine engine, String name, int number) {
        super(engine, name, number);
    }
}
