/**
 * Joins. {@link io.velesdb.query.exec.join.JoinSteps} chooses their order and which side is read first; a {@link
 * io.velesdb.query.exec.join.Join} streams the left rows past a table of the right ones. Where it pays, the keys of the smaller
 * side narrow the scan of the other ({@link io.velesdb.query.exec.join.Narrowing}).
 * {@link io.velesdb.query.exec.join.JoinCount} counts the rows of a join without making one.
 *
 * <p>Not here: which conditions are tested before a join ({@code io.velesdb.query.exec.select}), what a join is on ({@code
 * io.velesdb.query.plan}).
 */
@NullMarked
package io.velesdb.query.exec.join;

import org.jspecify.annotations.NullMarked;
