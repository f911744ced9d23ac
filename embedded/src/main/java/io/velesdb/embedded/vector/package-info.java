/**
 * Vectors on a JVM with files and SIMD: {@link io.velesdb.embedded.vector.MappedVectorSpace} keeps the exact vectors in an
 * append-only file that is read through a shared mapping, and codes, norms and links ({@link
 * io.velesdb.embedded.vector.NativeIntRows}) outside the heap, opened as private mappings of the checkpoint.
 *
 * <p>{@link io.velesdb.embedded.vector.FloatKernels} and {@link io.velesdb.embedded.vector.CodeKernels} return the bits
 * that {@link io.velesdb.vector.ScalarKernels} and {@link io.velesdb.vector.TwoBitQuantizer} define, at the speed of the
 * widest registers there are. Which implementation runs is decided once, when the classes load.
 *
 * <p>Rules that keep the kernels fast, each learned by measuring: species and shuffles are static and final; a loop body
 * is small, or the compiler stops inlining and boxes every vector; fields are copied to locals before a loop; rows of
 * codes start on cache lines.
 *
 * <p>Not here: which slots are scored, when data is checkpointed, where files lie.
 */
@NullMarked
package io.velesdb.embedded.vector;

import org.jspecify.annotations.NullMarked;
