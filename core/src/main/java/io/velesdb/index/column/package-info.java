/**
 * Columns derived from payloads, and how they answer filters.
 *
 * <p>Each field of the payloads gets a column by itself, fields of nested objects included, and nobody declares anything.
 * A column knows for every slot what a filter may ask:
 *
 * <table>
 * <caption>Where a value goes</caption>
 * <tr><th>value</th><th>kept as</th><th>answered</th></tr>
 * <tr><td>null, boolean, number, string up to 64 characters</td><td>a dictionary: distinct value to set of slots</td>
 *     <td>equality by one look-up; ranges and patterns by one test per distinct value</td></tr>
 * <tr><td>numbers, once there are many distinct ones</td><td>a 64-bit key per row, ordered as the numbers</td>
 *     <td>equality and ranges by one pass</td></tr>
 * <tr><td>strings, once there are many distinct ones, and long strings</td><td>a 32-bit hash per row</td>
 *     <td>equality by one pass, and a look at the payloads that it finds; everything else by payloads</td></tr>
 * <tr><td>arrays</td><td>a dictionary of their elements</td><td>membership; equality by payloads</td></tr>
 * <tr><td>objects</td><td>their members as columns</td><td>boxes and circles by those; equality by payloads</td></tr>
 * </table>
 *
 * <p><b>In doubt, ask the row.</b> An evaluation carries two bitmaps up the tree of the filter: the slots that certainly
 * match, and those that possibly do. Where columns know everything the two are one. At the end the payloads of the live
 * rows in between are read and held against the whole filter, so that what an {@code and} has excluded is never read. The
 * answer is always that of {@link io.velesdb.filter.Filter#matches}, never an estimate.
 *
 * <p><b>Costs.</b> Sets of slots are lists while rare and bitmaps when frequent, so a value costs at most 4 bytes per row
 * that has it. An equality costs its members plus a bitmap of the collection; a conjunction starts with the condition that
 * selects the fewest, and asks the others slot by slot when few are left. A field costs nothing in rows without it, and at
 * most 1,000 fields have columns.
 *
 * <p><b>Indexes.</b> What columns are slow at has structures of its own, for fields for which an index is declared ({@code
 * FieldIndexes}): slots sorted by value, trigrams of the strings of which a column keeps only a hash, points in bands of
 * latitude. The writer does nothing for them. Whoever needs one lets it take in the slots that it lacks, one thread at a
 * time, and evaluates without it while another is at it.
 *
 * <p><b>Concurrency.</b> One writer appends slots in ascending order, readers evaluate on a {@code View} that was
 * published to them; no locks. What a reader may ask about never changes under it, see {@code SlotSet}.
 *
 * <pre>{@code
 * ColumnIndex columns = new ColumnIndex();
 * columns.append(0, Obj.of("pos", "noun", "senses", 3));
 * columns.append(1, Obj.of("pos", "verb"));
 * long[] members = new long[1];
 * int count = columns.view().evaluate(Filter.eq("pos", "noun"), rows, live, Cancellation.NONE, members); // 1
 * }</pre>
 *
 * <p>Not here: what filters mean ({@code io.velesdb.filter}), which rows are live and where payloads lie ({@code
 * io.velesdb.engine}), and what a search does with the bitmap ({@code io.velesdb.search}).
 */
@NullMarked
package io.velesdb.index.column;

import org.jspecify.annotations.NullMarked;
