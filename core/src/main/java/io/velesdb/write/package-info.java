/**
 * From a request to change something to the operations that a change is made of: every check of a write is here, and all
 * of them run before anything is journaled.
 *
 * <p>{@link io.velesdb.journal.UpsertBuilder} turns points into one operation and needs no state. What depends on the state
 * (edges between rows that exist, updates by filter, several steps that must hold together) goes through {@link
 * io.velesdb.write.BatchPlanner}: it takes {@link io.velesdb.write.Step}s in order, each seeing what those before it did,
 * against the one state that the change will be applied to. Operations say what to do without conditions, so that applying
 * them again, here or elsewhere, cannot come out differently.
 *
 * <p>Not here: the journal and applying ({@code engine}), the public builders ({@code io.velesdb}).
 */
@NullMarked
package io.velesdb.write;

import org.jspecify.annotations.NullMarked;
