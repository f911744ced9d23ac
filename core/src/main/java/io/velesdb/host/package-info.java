/**
 * The ports of the engine: what an open database asks of the place where it runs. The JVM implements them with files,
 * mappings and threads, the browser with arrays, tests with things that fail on purpose.
 *
 * <p>Only interfaces and their value types live here; no engine logic and no implementation beyond the trivial serial
 * one.
 */
@NullMarked
package io.velesdb.host;

import org.jspecify.annotations.NullMarked;
