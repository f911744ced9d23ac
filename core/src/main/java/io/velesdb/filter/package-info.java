/**
 * Filters: conditions on the payload and the id of a row.
 *
 * <p>A {@link io.velesdb.filter.Filter} is an immutable tree of records: leaves test the value at one {@link
 * io.velesdb.filter.FieldPath}, {@code And}, {@code Or} and {@code Not} join them. It is built by factory methods or read
 * from JSON, and the two are the same thing:
 *
 * <pre>{@code
 * Filter day = Filter.and(Filter.eq("crew.base", "Oslo"), Filter.not(Filter.in("shift", "night")));
 * Filter same = Filter.parse(
 *         """
 *         {"condition": {"type": "and", "conditions": [
 *           {"type": "eq", "field": "crew.base", "value": "Oslo"},
 *           {"type": "not", "condition": {"type": "in", "field": "shift", "values": ["night"]}}]}}""");
 * day.equals(same); // true
 * day.matches(7, Obj.of("crew", Obj.of("base", "Oslo"))); // true
 * }</pre>
 *
 * <p><b>Meaning.</b> Logic has two values: a predicate on a missing field is false (or true, for {@code neq} and {@code
 * isNull}), never unknown, and {@code Not} is plain negation. There is no coercion: text never equals a number. Numbers
 * compare by exact value, strings by code points. A leaf sees nothing but one value, so {@link
 * io.velesdb.filter.Filter.Leaf#test} decides as well for one row as for all rows that share the value; the column index
 * lives on that.
 *
 * <p><b>Costs.</b> A leaf costs one look-up per step of its path and one comparison; {@code in} with many values one
 * hash; {@code like} time linear in the text for any pattern without {@code _}, and a 64th of text times pattern with it.
 * Trees are at most {@value io.velesdb.filter.Filter#MAX_LEVELS} levels deep.
 *
 * <p>Not here: how a filter is answered without reading every row ({@code io.velesdb.index.column}), and the WHERE clause
 * of the query language, which is planned into these same records.
 */
@NullMarked
package io.velesdb.filter;

import org.jspecify.annotations.NullMarked;
