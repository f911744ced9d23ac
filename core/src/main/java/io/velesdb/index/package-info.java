/**
 * What the indexes that rank rows share: the best rows so far, and their answer. One package below per kind of index.
 */
@NullMarked
package io.velesdb.index;

import org.jspecify.annotations.NullMarked;
