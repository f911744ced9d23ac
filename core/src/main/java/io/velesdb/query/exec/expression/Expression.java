package io.velesdb.query.exec.expression;

import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** Something with a value in each row, with its parameters bound. */
@FunctionalInterface
public interface Expression {
    /** The value; null when it is missing. */
    @Nullable
    Value value(Tuple row);

    /** A value that equals the value, for comparing: it may be quicker to have. Null when it is missing. */
    default @Nullable Value key(Tuple row) {
        return value(row);
    }

    /** The value as an operand of arithmetic: what is no number counts as 0. */
    default double number(Tuple row) {
        return key(row) instanceof Value.Num number ? number.doubleValue() : 0;
    }

    /** Arithmetic in 64-bit floats; always finite. */
    interface Numeric extends Expression {
        @Override
        double number(Tuple row);

        @Override
        default Value value(Tuple row) {
            return Value.of(number(row));
        }
    }
}
