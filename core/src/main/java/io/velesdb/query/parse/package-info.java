/** See the tree. */
@NullMarked
package io.velesdb.query.parse;

import org.jspecify.annotations.NullMarked;
