/**
 * Persistent collections: an edit copies what it touches and leaves every published version alone. One writer edits,
 * readers keep the version that they were given for as long as they like, without locks.
 *
 * <p>{@link io.velesdb.persistent.IdTree} is the ordered map from ids to slots that points and edges are found by; {@link
 * io.velesdb.persistent.Vector256} is the array that does not have to be copied whole.
 *
 * <pre>{@code
 * IdTree.Editor editor = IdTree.EMPTY.edit();
 * editor.put(7, 0);
 * IdTree published = editor.tree();
 * editor = published.edit();
 * editor.remove(7);
 * published.get(7); // still 0
 * }</pre>
 */
@NullMarked
package io.velesdb.persistent;

import org.jspecify.annotations.NullMarked;
