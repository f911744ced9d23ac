/**
 * From syntax to a plan: names are resolved, clauses taken apart, and rules checked that need no data.
 *
 * <p>{@link io.velesdb.query.plan.Validation} checks the rules V001 to V012, which hold for a text whatever the database
 * contains. {@link io.velesdb.query.plan.SelectPlan} says what a SELECT does, clause by clause: a {@link
 * io.velesdb.query.plan.Scope} numbers the sources from left to right and turns paths into {@link
 * io.velesdb.query.plan.FieldRef}s; {@link io.velesdb.query.plan.Searches} tells the branches that rank rows from what only
 * filters them.
 *
 * <p>A plan names no collection's number and no statistics, so it stays good whatever is written or defined meanwhile, and
 * may be kept for the text that it was made from. Parameters are bound when it runs. Which index answers a filter, and
 * whether a search walks the graph or scans, is decided then, on the rows that are there.
 *
 * <p>Not here: running ({@code io.velesdb.query.exec}), reading text ({@code io.velesdb.query.parse}).
 */
@NullMarked
package io.velesdb.query.plan;

import org.jspecify.annotations.NullMarked;
