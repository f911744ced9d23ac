/**
 * What the browser build exports to JavaScript: a thin face over {@link io.velesdb.Database}, compiled by TeaVM to
 * WebAssembly with garbage-collected objects, and to JavaScript for hosts whose WebAssembly is too old.
 *
 * <p>Here live conversions only: JavaScript values to those of core and back. Everything else (search, filters, scores,
 * checks) is core's, which is how ids and score bits come out the same as on a JVM; {@code src/test/node} compares them
 * with what the JVM answered.
 */
@NullMarked
package io.velesdb.wasm;

import org.jspecify.annotations.NullMarked;
