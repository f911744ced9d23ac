/**
 * Codes that memory holds instead of vectors: what the storage modes {@code sq8}, {@code binary}, {@code pq} and {@code
 * rabitq} search on. The exact vectors stay where they are, on disk, and are read for rescoring and for linking new rows.
 *
 * <p>{@link io.velesdb.vector.quantize.QuantizedVectorSpace} is the door: a {@link io.velesdb.vector.VectorSpace} over
 * another one, which keeps the vectors. It learns a {@link io.velesdb.vector.quantize.Codec}, keeps a row of code words per
 * slot in {@link io.velesdb.vector.quantize.CodeRows}, and answers the scorers that walk from these alone.
 *
 * <pre>
 *   vector --Reduction--&gt; point --rotation--&gt; planes of bits + 4 floats     sq8 8 planes, binary 1, rabitq 1 to 8
 *                               --cut in m--&gt; number of the nearest centroid  pq, a byte each
 * </pre>
 *
 * <p>Both families estimate half the squared distance of points, as the rest of {@link io.velesdb.vector} does, from a
 * query that is quantised once: {@link io.velesdb.vector.quantize.PlaneLayout} counts bits of planes, {@link
 * io.velesdb.vector.quantize.QueryTable} adds bytes of a table. Sums are integers, so estimates are the same on every host;
 * {@link io.velesdb.vector.quantize.CodeHost} is the port for memory outside the heap and for wider kernels.
 *
 * <p>What is learned is a function of the vectors, their order and a seed: sums run in the order of slots, whatever the
 * number of threads.
 *
 * <p>Costs at 384 dimensions, bytes of code per vector: sq8 448, rabitq 64 at 1 bit and 128 at 2, binary 64, pq 96.
 */
@NullMarked
package io.velesdb.vector.quantize;

import org.jspecify.annotations.NullMarked;
