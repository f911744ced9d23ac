/**
 * Where vectors live and how they are compared.
 *
 * <p>{@link io.velesdb.vector.VectorSpace} is the port: a host stores vectors by slot and scores one query against a
 * list of slots in one call, so that the price of the call is paid per batch. {@link io.velesdb.vector.HeapVectorSpace}
 * keeps them in plain arrays, for the browser, for memory-only databases and as the reference in tests.
 *
 * <p>Numbers are the same on every host, bit for bit. {@link io.velesdb.vector.ScalarKernels} defines the sums,
 * {@link io.velesdb.vector.Scores} what becomes of them, {@link io.velesdb.vector.Rotation} and {@link
 * io.velesdb.vector.TwoBitQuantizer} the codes:
 *
 * <pre>
 *   vector --Reduction--&gt; point, nearer = smaller distance --Rotation--&gt; 2 bits a dimension + 4 floats
 * </pre>
 *
 * <p>A {@link io.velesdb.vector.Reduction} turns cosine and dot product into Euclidean distance, so that one code, one
 * estimator and one rule to stop a graph walk serve all three. Hamming needs no estimate: its codes are the bits
 * themselves. Jaccard and short vectors are walked on exact floats, which cost no more than a code would.
 *
 * <p>Not here: which slots are scored ({@link io.velesdb.index.hnsw}), ids, deletes, files.
 */
@NullMarked
package io.velesdb.vector;

import org.jspecify.annotations.NullMarked;
