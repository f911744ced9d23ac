/**
 * GROUP BY, aggregates and HAVING. {@link io.velesdb.query.exec.group.GroupBy} groups any rows, one by one;
 * {@link io.velesdb.query.exec.group.ColumnGroups} reads keys and arguments from columns and looks at no row. Both yield the same
 * groups: tuples of one {@link io.velesdb.query.exec.row.GroupEntity}.
 *
 * <p>Not here: which of the two a SELECT takes ({@code io.velesdb.query.exec.select}).
 */
@NullMarked
package io.velesdb.query.exec.group;

import org.jspecify.annotations.NullMarked;
