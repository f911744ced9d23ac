/**
 * From syntax to a plan: names are resolved, clauses taken apart, and rules checked that need no data.
 *
 * <p>{@link io.velesdb.query.plan.Validation} checks the rules V001 to V012, which hold for a text whatever the database
 * contains. {@link io.velesdb.query.plan.SelectPlan} says what a SELECT does, clause by clause: a {@link
 * io.velesdb.query.plan.Scope} numbers the sources from left to right and turns paths into {@link
 * io.velesdb.query.plan.FieldRef}s; {@link io.velesdb.query.plan.Searches} tells the branches that rank rows from what only
 * filters them.
 *
 * <p>A {@link io.velesdb.query.plan.StatementPlan} is what is kept in the {@link io.velesdb.query.plan.PlanCache}, for all
 * spellings of a statement and one {@link io.velesdb.query.plan.Generation} of the definitions. Parameters are bound when it
 * runs; which index answers a filter, and whether a search walks the graph or scans, is decided then, on the rows that are
 * there, so a plan stays good whatever is written meanwhile. Errors are made by {@link io.velesdb.query.plan.Refusal}, which
 * gives them their place: who wrote the statement in another way is told the place in his text, so no message may hold a
 * position in its words.
 *
 * <p>Not here: running ({@code io.velesdb.query.exec}), reading text ({@code io.velesdb.query.parse}).
 */
@NullMarked
package io.velesdb.query.plan;

import org.jspecify.annotations.NullMarked;
