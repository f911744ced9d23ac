/**
 * What all statements that read are made of. A {@link io.velesdb.query.exec.step.Step} is what EXPLAIN shows; open, it is an
 * {@link io.velesdb.query.exec.step.Operator}, which hands rows on in batches. An {@link io.velesdb.query.exec.step.Execution} is
 * one run of a statement with its bounds, {@link io.velesdb.query.exec.step.Measurements} what EXPLAIN ANALYZE tells of it. A
 * {@link io.velesdb.query.exec.step.RowSet} is rows of a collection that are known before one of them is read.
 *
 * <p>The operators here belong to no one clause or to those that SELECT and MATCH share: reading a set, testing, LET, sorting,
 * OFFSET and LIMIT. {@link io.velesdb.query.exec.step.KeyNumbers} numbers the keys of joins and of groups.
 *
 * <p>Not here: which steps a statement has. SELECT ({@code io.velesdb.query.exec.select}) and MATCH ({@code
 * io.velesdb.query.exec.match}) choose theirs.
 */
@NullMarked
package io.velesdb.query.exec.step;

import org.jspecify.annotations.NullMarked;
