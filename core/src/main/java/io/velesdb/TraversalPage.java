package io.velesdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a traversal found, as many as its limit. Immutable.
 *
 * @param hits in the order found
 * @param next pass it as {@link TraversalOptions#from} to go on; null when everything was found
 */
public record TraversalPage(
        List<TraversalHit> hits, @Nullable String next) {
    public TraversalPage {
        hits = List.copyOf(hits);
    }
}
