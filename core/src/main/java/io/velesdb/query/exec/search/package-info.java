/**
 * The searches of a statement as lists of ranked rows. A {@link io.velesdb.query.exec.search.Branch} retrieves one, by dense
 * vector, sparse vector or text, within rows that are given; {@link io.velesdb.query.exec.search.Ranking} fuses several, and
 * {@link io.velesdb.query.exec.search.RankedRows} hands the best rows on.
 *
 * <p>Not here: how an index is asked ({@code io.velesdb.search}), which branches a SELECT has ({@code
 * io.velesdb.query.exec.select}), similarity as a value of a row ({@code io.velesdb.query.exec.expression}).
 */
@NullMarked
package io.velesdb.query.exec.search;

import org.jspecify.annotations.NullMarked;
