/**
 * Running statements. {@link io.velesdb.query.exec.Statements} is the way in; what it gets was parsed and validated. Here is
 * also what no other room has: writes, SELECT EDGES, administration, and EXPLAIN.
 *
 * <p>A {@code SELECT} becomes a tree of {@code Step}s, which EXPLAIN shows and running opens: each opens an {@code Operator}
 * over those of its inputs, and rows are pulled in batches:
 *
 * <pre>
 *   RowScan | RankedRows    rows of a collection by id, or best first; OrderedRows: in the order of an index
 *     Join ...              hash joins, left to right
 *       Restrict            what columns and indexes could not decide
 *         GroupBy, Having
 *           LetBindings, Distinct, WindowFunctions
 *             Sort, Slice   ORDER BY with a bound, OFFSET and LIMIT
 *               Projection  the columns of the result
 * </pre>
 *
 * <p>UPDATE and DELETE are a step over those that find their rows, which are the steps of a SELECT with the same WHERE:
 *
 * <pre>
 *   FullScan | IndexLookup  the rows that columns and indexes decide, on the state that the change is applied to
 *     Filter                the rest of WHERE
 *       Update | Delete     what is written down when all rows are found
 * </pre>
 *
 * <p><b>Rooms.</b> Each knows those under it and no other:
 *
 * <pre>
 *   exec                    statements
 *     select                SELECT and set operations: chooses the steps
 *       match               patterns: MATCH, and MATCH as a condition
 *         search            branches that rank rows
 *       join, group         joins; GROUP BY, aggregates, HAVING
 *         step              steps, operators, a run and its bounds
 *           expression      what is computed of a row and asked of it
 *             row           what passes between operators
 * </pre>
 *
 * <p>A row between operators is a {@code Tuple}: one {@code Entity} per source, and a {@code Score} if it is ranked. Payloads
 * are read when a field is first asked for.
 *
 * <p><b>Filters first.</b> The terms of WHERE that columns can answer are bound to one {@link io.velesdb.filter.Filter} and
 * evaluated to a bitmap before anything else; what is left is tested row by row. Searches then rank within what is left, so
 * no answer depends on a window of candidates. Joins keep the filters of a source before the join only where the result is
 * the same.
 *
 * <p><b>Order.</b> Rows come in the order of section 5 of the language: ranked ones best first, then by id. Every operator
 * keeps the order of its input or sorts with a last key that leaves no tie, so a result is a function of the data.
 *
 * <p><b>Bounds.</b> An {@code Execution} is one run: one state, one moment, one deadline. It is asked at every batch, and
 * every operator that holds rows reports how many ({@code max_cardinality}).
 *
 * <p>Not here: text ({@code io.velesdb.query.parse}), names and rules ({@code io.velesdb.query.plan}), the meaning of a
 * predicate ({@link io.velesdb.filter.Filter}), the indexes.
 */
@NullMarked
package io.velesdb.query.exec;

import org.jspecify.annotations.NullMarked;
