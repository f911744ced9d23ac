package io.velesdb.index.hnsw;

/** The id of the row in a slot: decides between equal scores, and the level of a row in the graph. */
@FunctionalInterface
public interface SlotIds {
    long id(int slot);
}
