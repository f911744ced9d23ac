/**
 * Changes, their binary form, and the ports through which they become durable.
 *
 * <p>A {@link io.velesdb.journal.Change} is what one group commit writes: a list of {@link io.velesdb.journal.Operation}s
 * applied in order and published together. The database is a fold over changes, so a change carries everything that
 * applying it needs (the time, the vectors, the payloads) and names collections by number, never by name.
 *
 * <p>{@link io.velesdb.journal.UpsertBuilder} makes the commonest operation of points, checked row by row.
 *
 * <p>Also here: the {@link io.velesdb.journal.Journal} port that records changes, and checkpoints as named byte sections
 * ({@link io.velesdb.journal.CheckpointWriter}, {@link io.velesdb.journal.CheckpointReader}). Not here: files,
 * checksums and syncing, which belong to the host.
 */
@NullMarked
package io.velesdb.journal;

import org.jspecify.annotations.NullMarked;
