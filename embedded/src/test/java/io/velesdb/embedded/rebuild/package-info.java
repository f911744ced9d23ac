/** Databases whose derived structures are made again from what they derive from, compared with those that grew. */
@NullMarked
package io.velesdb.embedded.rebuild;

import org.jspecify.annotations.NullMarked;
