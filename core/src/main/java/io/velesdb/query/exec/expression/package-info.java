/**
 * What is computed of a row and asked of it, with the parameters of the statement bound.
 * {@link io.velesdb.query.exec.expression.Operands} has the values of literals, parameters and subqueries;
 * {@link io.velesdb.query.exec.expression.Expressions} binds LET, ORDER BY and windows to
 * {@link io.velesdb.query.exec.expression.Expression}s and {@link io.velesdb.query.exec.expression.SortKey}s;
 * {@link io.velesdb.query.exec.expression.Conditions} binds WHERE, to a {@link io.velesdb.filter.Filter} where columns can answer
 * it and to a {@link io.velesdb.query.exec.expression.RowCondition} in any case.
 *
 * <p>Not here: conditions that are searches ({@code io.velesdb.query.exec.search}) or patterns ({@code
 * io.velesdb.query.exec.match}); names ({@code io.velesdb.query.plan}); the meaning of a predicate.
 */
@NullMarked
package io.velesdb.query.exec.expression;

import org.jspecify.annotations.NullMarked;
