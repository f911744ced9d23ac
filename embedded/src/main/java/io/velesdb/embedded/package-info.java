/**
 * VelesDB in a JVM process: a folder on disk that survives anything.
 *
 * <pre>{@code
 * try (Database database = VelesDb.open(Path.of("data"))) {
 *     VectorCollection notes = database.createVectorCollection("notes", 384, Metric.COSINE);
 *     notes.upsert(Point.of(1, vector, Obj.of("text", "hello")));
 * }
 * }</pre>
 *
 * <p>This package puts the engine of {@code io.velesdb} on its host: {@link io.velesdb.embedded.VelesDb} opens, recovers
 * and closes; the group committer brings writers into one order; a background thread writes checkpoints and drops dead
 * row versions. Files are in {@code file} and {@code storage}, kernels and mapped vectors in {@code vector}. No engine
 * logic lives here: what a row, a filter or a score is, core decides.
 */
@NullMarked
package io.velesdb.embedded;

import org.jspecify.annotations.NullMarked;
