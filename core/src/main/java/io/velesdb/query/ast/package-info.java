/**
 * The abstract syntax of VelesQL: what a text says, and nothing about what it does. Sealed interfaces and records without
 * behaviour, so a planner walks them with {@code switch} and the compiler tells which form it forgot.
 *
 * <p>A {@link io.velesdb.query.ast.Query} is zero or more {@code LET} bindings and one
 * {@link io.velesdb.query.ast.Statement}, one record per form. The parts that forms share:
 *
 * <table>
 * <caption>The parts</caption>
 * <tr><td>{@link io.velesdb.query.ast.Select}</td><td>one SELECT; {@code Statement.Compound} joins several by set operators
 * </td></tr>
 * <tr><td>{@link io.velesdb.query.ast.Condition}</td><td>WHERE: AND, OR, NOT over 17 predicates</td></tr>
 * <tr><td>{@link io.velesdb.query.ast.Operand}</td><td>values: literals, parameters, times, subqueries, vectors</td></tr>
 * <tr><td>{@link io.velesdb.query.ast.Arithmetic}</td><td>numbers reckoned from scores and columns</td></tr>
 * <tr><td>{@link io.velesdb.query.ast.Pattern}</td><td>chains of nodes and relationships</td></tr>
 * <tr><td>{@link io.velesdb.query.ast.Path}</td><td>names joined by dots, not resolved yet</td></tr>
 * </table>
 *
 * <pre>{@code
 * SELECT title FROM books WHERE year > 2000 AND vector NEAR $q LIMIT 3
 *
 * Query
 *   Compound
 *     Select items=[Column title] source=books limit=3
 *       And
 *         Comparison year GT 2000
 *         Near Parameter q
 * }</pre>
 *
 * <p><b>Invariants.</b> Every node has the position where it begins. Equality leaves positions out: two nodes are equal when
 * they say the same, so an aggregate of ORDER BY finds its equal in the select list. Strings and names are without quotes
 * and escapes. Parameters stay parameters. Lengths are unbounded, but depth is not: chains are lists, and only parentheses,
 * NOT and subqueries nest, which the parser limits before it recurses; a recursive walk is safe.
 *
 * <p>What a record says about its components holds for every tree that the parser makes. Whether names exist, and the rules
 * that need more than one clause, are checked later.
 */
@NullMarked
package io.velesdb.query.ast;

import org.jspecify.annotations.NullMarked;
