/**
 * Sparse vectors, and how the best of them are found by inner product.
 *
 * <p>Rows carry any number of sparse vectors, each under a name. Per name and per index of the vectors stands a list: the
 * slots that have a weight there, ascending, with the weights. A query reads the lists of its own indices.
 *
 * <p><b>Exact.</b> The score of a row is the sum of weight·weight over the indices that both share, in doubles, by
 * ascending index, rounded to a float once. A row that shares no index is no answer, one whose products sum to zero is.
 *
 * <p><b>How.</b> The slots are passed in windows of 4,096. The largest and the smallest weight of every 128 entries bound
 * what a window can reach; a window that cannot reach the best k so far is passed over, another is summed up in an array, list
 * by list. Filters are a bitmap that is laid over the window.
 *
 * <p><b>Costs.</b> 8 bytes per weight. A search costs about a nanosecond per entry of the lists it reads.
 *
 * <p><b>Concurrency.</b> One writer, any number of readers on published {@code View}s, no locks: what a reader may ask about
 * never changes under it, see {@code WeightList}.
 */
@NullMarked
package io.velesdb.index.sparse;

import org.jspecify.annotations.NullMarked;
