package io.velesdb;

import io.velesdb.value.Obj;
import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link QueryResult}. Immutable.
 *
 * @param values the columns in projection order, missing ones as null
 * @param id the id of the row that it was made from, unsigned; 0 where there is none, as for groups
 * @param score null where the row is unranked
 * @param match what a MATCH bound; null elsewhere
 */
public record QueryRow(
        Obj values,
        long id,
        @Nullable Float score,
        @Nullable Match match) {
    /**
     * What a pattern bound.
     *
     * @param bindings the ids of nodes by alias
     * @param edges the ids of edges by the alias of their relationship
     * @param paths lists of edge ids by the alias of a relationship with a range
     * @param depth the number of edges
     */
    public record Match(Obj bindings, Obj edges, Obj paths, int depth) {}
}
