/**
 * Text to vectors.
 *
 * <p>{@link io.velesdb.embedder.Embedder} is the port. Two implementations live here:
 *
 * <ul>
 *   <li>{@link io.velesdb.embedder.MiniLmEmbedder}: all-MiniLM-L6-v2 with 8-bit weights, 384 dimensions, English. The
 *       model is inside a jar: no network, no file outside the temporary directory. Some milliseconds for each text on one
 *       core, about 90 MB of memory, half a second to load.
 *   <li>{@link io.velesdb.embedder.OpenAiCompatibleEmbedder}: any service with an {@code /embeddings} endpoint.
 * </ul>
 *
 * <pre>{@code
 * try (Embedder embedder = MiniLmEmbedder.load()) {
 *     float[] question = embedder.embed("who loves gadgets?");   // 384 floats of unit length
 * }
 * }</pre>
 *
 * <p>Invariants: every vector that leaves this package has {@code dimension()} finite components and unit length; every
 * embedder may be used by any number of threads at once; the same text gives the same bits, alone or inside a list.
 *
 * <p>What does not live here: where vectors are kept and compared. The engine takes plain {@code float[]} and does not
 * know this module.
 */
@NullMarked
package io.velesdb.embedder;

import org.jspecify.annotations.NullMarked;
