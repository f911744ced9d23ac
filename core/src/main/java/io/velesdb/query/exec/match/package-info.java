/**
 * Patterns over the graph of a collection. {@link io.velesdb.query.exec.match.MatchRunner} runs MATCH … RETURN;
 * {@link io.velesdb.query.exec.match.RowPatternTest} is a pattern as a condition of WHERE. Both bind a pattern to a {@code
 * BoundPattern}, to be walked from its cheaper end, and walk it with a {@code PatternWalk}, depth first and by ascending edge id.
 * A match is a tuple: source 2i is node i, source 2i + 1 relationship i.
 *
 * <p>Not here: adjacency and the traversals of the API ({@code io.velesdb.graph}), SELECT EDGES and the writes of edges ({@code
 * io.velesdb.query.exec}).
 */
@NullMarked
package io.velesdb.query.exec.match;

import org.jspecify.annotations.NullMarked;
