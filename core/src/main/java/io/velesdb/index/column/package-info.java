/** Typed columns derived from payloads. */
@NullMarked
package io.velesdb.index.column;

import org.jspecify.annotations.NullMarked;
