package io.velesdb.query.ast;

import java.util.List;

/**
 * A whole request: one statement, with the score bindings that stand before it. The parser accepts bindings before every
 * statement; that they belong before SELECT and MATCH only is checked by validation (V009).
 */
public record Query(Position position, List<Let> lets, Statement statement) implements Node {
    public Query {
        lets = List.copyOf(lets);
    }

    /** {@code LET name = value}. */
    public record Let(Position position, Name name, Arithmetic value) implements Node {}
}
