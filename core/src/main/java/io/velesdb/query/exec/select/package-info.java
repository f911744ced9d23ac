/**
 * SELECT and set operations. {@link io.velesdb.query.exec.select.SelectRunner} runs one SELECT,
 * {@link io.velesdb.query.exec.select.CompoundRunner} several that UNION, INTERSECT and EXCEPT join. {@link
 * io.velesdb.query.exec.select.SelectSteps} chooses the steps on the rows that are there; the operators that only a SELECT has
 * are here as well: the select list, DISTINCT, windows, ORDER BY by an index.
 *
 * <p>Not here: what steps are ({@code io.velesdb.query.exec.step}), joins, groups, searches and patterns, which have rooms of
 * their own.
 */
@NullMarked
package io.velesdb.query.exec.select;

import org.jspecify.annotations.NullMarked;
