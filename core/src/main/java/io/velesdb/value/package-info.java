/** JSON values, their text and binary forms, and the ids of points. */
@NullMarked
package io.velesdb.value;

import org.jspecify.annotations.NullMarked;
