package io.velesdb.query.exec.step;

/** Steps through slots of a collection. */
public interface SlotCursor {
    /** Goes to the next slot; false at the end. */
    boolean next();

    /** The slot that it stands on. */
    int slot();
}
