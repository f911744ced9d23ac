package io.velesdb.query.ast;

import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.List;

/** What stands for a value: the right side of a comparison, an element of a list, what is assigned to a column. */
public sealed interface Operand extends Node
        permits Literal, Operand.Subquery, Operand.Temporal, Operand.VectorOperand, Operand.SparseOperand {

    /** A vector to search with. */
    sealed interface VectorOperand extends Operand permits VectorLiteral, Parameter {}

    /** A sparse vector to search with. */
    sealed interface SparseOperand extends Operand permits SparseLiteral, Parameter {}

    /** {@code $name}. Its value is bound when the query runs and is never text of a query. */
    record Parameter(Position position, String name) implements VectorOperand, SparseOperand {}

    /** {@code [0.1, 2]}: one or more numbers, as written. */
    record VectorLiteral(Position position, Arr components) implements VectorOperand {}

    /** <code>{17: 0.4, 2: 1}</code>: one or more entries in the order written, repeated indices included. */
    record SparseLiteral(Position position, List<SparseTerm> terms) implements SparseOperand {
        public SparseLiteral {
            terms = List.copyOf(terms);
        }
    }

    /**
     * An entry of a sparse literal.
     *
     * @param index 0..2^32-1
     */
    record SparseTerm(Position position, long index, Value.Num weight) implements Node {}

    /** A query in parentheses that yields one value: it has no DISTINCT, alias, JOIN, ORDER BY, OFFSET, WITH and fusion. */
    record Subquery(Position position, Select select) implements Operand {}

    /** A number of seconds, reckoned when the query runs. */
    sealed interface Temporal extends Operand permits Moment, TemporalSum {}

    /** One end of a temporal sum. */
    sealed interface Moment extends Temporal permits Now, Interval {}

    /** {@code NOW()}. */
    record Now(Position position) implements Moment {}

    /** {@code INTERVAL '-3 days'}; its seconds fit a signed 64-bit integer. */
    record Interval(Position position, long amount, IntervalUnit unit) implements Moment {
        public long seconds() {
            return amount * unit.seconds();
        }
    }

    /** {@code left + right} or {@code left - right}. */
    record TemporalSum(Position position, Moment left, Arithmetic.Operator operator, Moment right)
            implements Temporal {}
}
