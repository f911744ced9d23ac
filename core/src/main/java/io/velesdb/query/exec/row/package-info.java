/**
 * What passes between operators. A {@link io.velesdb.query.exec.row.Tuple} has an {@link io.velesdb.query.exec.row.Entity} for
 * each source of a statement: a row of a collection, an edge, the edges of a range, a group, a row of a set operation. A ranked
 * one has a {@link io.velesdb.query.exec.row.Score}. {@link io.velesdb.query.exec.row.RowOrder} is the order of rows for which
 * no ORDER BY asks.
 *
 * <p>Not here: what is computed of rows ({@code io.velesdb.query.exec.expression}), and operators, which make and hand them on
 * ({@code io.velesdb.query.exec.step}).
 */
@NullMarked
package io.velesdb.query.exec.row;

import org.jspecify.annotations.NullMarked;
