package io.velesdb.query.ast;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;

/** A null, boolean, number or string as written; integers exact in -2^63..2^64-1. In arithmetic it is a number. */
public record Literal(Position position, Value value) implements Operand, Arithmetic {
    public Literal {
        if (value instanceof Arr || value instanceof Obj) {
            throw new IllegalArgumentException("a literal is a scalar");
        }
    }
}
