/**
 * SELECT and set operations. {@link io.velesdb.query.exec.select.SelectRunner} runs one SELECT,
 * {@link io.velesdb.query.exec.select.CompoundRunner} several that UNION, INTERSECT and EXCEPT join. {@link
 * io.velesdb.query.exec.select.SelectSteps} chooses the steps on the rows that are there, each group of clauses in a class of its
 * own: {@code RowSteps} for FROM, JOIN and WHERE, with {@code SourceScans} that read and {@code RankingSteps} that search;
 * {@code GroupSteps} for groups; {@code IndexOrder} for ORDER BY by an index. All of them work on one {@code BoundSelect}. The
 * operators that only a SELECT has are here as well: the select list, DISTINCT, windows. UPDATE and DELETE take their rows from
 * {@code SelectSteps.found}.
 *
 * <p>Not here: what steps are ({@code io.velesdb.query.exec.step}), joins, groups, searches and patterns, which have rooms of
 * their own.
 */
@NullMarked
package io.velesdb.query.exec.select;

import org.jspecify.annotations.NullMarked;
