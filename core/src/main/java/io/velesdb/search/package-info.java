/**
 * How a search request is answered: on one snapshot, filter first, then the cheapest way to the nearest of what is left.
 *
 * <p>A filter is evaluated to a bitmap over slots and counted before any vector is looked at, so the index can choose by
 * cost between an exact scan of few members, a scan of codes, and a walk of the graph; never an over-fetched window. No
 * answer is short while rows qualify.
 *
 * <p>Not here: the index itself ({@code io.velesdb.index.hnsw}), the columns ({@code io.velesdb.index.column}), the
 * meaning of a filter ({@code io.velesdb.filter}).
 */
@NullMarked
package io.velesdb.search;

import org.jspecify.annotations.NullMarked;
