/**
 * What the bytes of a database folder mean, and how they survive.
 *
 * <p>The journal ({@link io.velesdb.embedded.storage.WriteAheadLog}) holds every change until a checkpoint holds its
 * effect. The byte-exact formats are in {@code docs/storage-format.md}, the promises and what upholds them in
 * {@code docs/durability.md}. What a change means is decided in core; how files are reached, in
 * {@code io.velesdb.embedded.file}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A write is acknowledged only when its journal record is as safe as the {@link
 *       io.velesdb.embedded.storage.LogMode} says.
 *   <li>Whenever a crash comes, the folder opens to a prefix of the acknowledged and attempted writes that contains all
 *       acknowledged ones. What was durable and cannot be read is VELES-006 with file and offset.
 *   <li>A file or segment counts from the moment at which one rename names it, and was durable before that.
 *   <li>Nothing is deleted before what replaces it is durable.
 *   <li>Every length, offset and count is checked against what is there before it is used.
 * </ul>
 */
@NullMarked
package io.velesdb.embedded.storage;

import org.jspecify.annotations.NullMarked;
