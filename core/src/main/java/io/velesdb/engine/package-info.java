/**
 * The fold: how changes become state, and how readers get a consistent view of it.
 *
 * <p>A write is planned against the published state, journaled, applied, published, in this order and by one writer at
 * a time ({@link io.velesdb.engine.Engine#commitGroup}). A reader takes {@link io.velesdb.engine.Engine#snapshot} once and
 * works on it to its end, without locks. Three kinds of structure make that possible, and everything here is one of them:
 *
 * <ul>
 *   <li><b>Persistent</b>: an edit copies what it touches and leaves the published version alone ({@code IdTree}, {@code
 *       SlotBitmap}).
 *   <li><b>Append-only by slot</b>: a row version gets the next slot and never changes; a reader ignores slots beyond
 *       its snapshot (vectors, columns, document positions). An update is a new slot and a cleared live bit.
 *   <li><b>Tolerant of races</b>: links of the vector index, where a mixture of old and new is a valid set of links.
 * </ul>
 *
 * <p>Invariants: a change is applied only after the journal holds it; applying reads no clock, no randomness, no hash
 * order and no thread timing, so the same journal makes the same state, to the bit, wherever it is applied; what can run
 * out of space is reserved before the journal is written.
 *
 * <p>Costs: a point lookup is O(log n) over nodes of 64 ids; publishing a change of m rows copies O(m log n) ids and O(m)
 * pages of 512 bytes of live bits, whatever the size of the collection.
 *
 * <p>Not here: file formats and syncing (the host), the search algorithms ({@code index}, {@code search}), the public
 * API ({@code io.velesdb}).
 */
@NullMarked
package io.velesdb.engine;

import org.jspecify.annotations.NullMarked;
