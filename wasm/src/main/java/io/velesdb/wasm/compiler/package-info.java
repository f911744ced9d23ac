/**
 * Changes to what TeaVM compiles, so that float arithmetic means in JavaScript what it means on a JVM. Runs inside the
 * compiler at build time; nothing of it reaches the browser but {@link io.velesdb.wasm.compiler.JsFloat}.
 */
@NullMarked
package io.velesdb.wasm.compiler;

import org.jspecify.annotations.NullMarked;
