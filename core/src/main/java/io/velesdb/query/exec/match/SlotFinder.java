package io.velesdb.query.exec.match;

import io.velesdb.engine.CollectionSnapshot;

/**
 * Finds rows by id, one after another. Where ids follow each other as their slots do, as in a collection that was filled in
 * order, the last row that was found tells where the next one stands, and no tree is searched. For one thread.
 */
final class SlotFinder {
    private final CollectionSnapshot collection;
    /** What to add to an id, modulo 2^64. */
    private long offset;

    SlotFinder(CollectionSnapshot collection) {
        this.collection = collection;
    }

    /** The slot of a row, or -1. */
    int slotOf(long id) {
        long guess = id + offset;
        if (guess >= 0
                && guess < collection.slots()
                && collection.id((int) guess) == id
                && collection.isLive((int) guess)) {
            return (int) guess;
        }
        int slot = collection.slotOf(id);
        if (slot >= 0) {
            offset = slot - id;
        }
        return slot;
    }
}
