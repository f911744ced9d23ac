package io.velesdb.query.ast;

import java.util.List;

/**
 * A number reckoned for each row in 64-bit floats: in LET and in ORDER BY. A {@link Literal} here is a number; a {@link Path}
 * is a binding, a score variable, an alias or a column.
 */
public sealed interface Arithmetic extends SortKey
        permits Literal, Path, Arithmetic.Chain, SimilarityScore, Arithmetic.Similarity {
    /** {@code + - * /}. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Operands joined by operators of one precedence, reckoned from left to right. A chain may be as long as a query, so it is a
     * list and no tree: whoever walks it recurses by parentheses, whose number is limited, and not by length.
     *
     * @param steps one or more; all {@code + -} or all {@code * /}
     */
    record Chain(Position position, Arithmetic first, List<Step> steps) implements Arithmetic {
        public Chain {
            steps = List.copyOf(steps);
        }
    }

    /** An operator with its right operand, at the position of the operator. */
    record Step(Position position, Operator operator, Arithmetic operand) implements Node {}

    /**
     * {@code similarity(field, vector)}: the score of the row against this vector.
     *
     * @param field plain words joined by dots
     */
    record Similarity(Position position, Path field, Operand.VectorOperand vector) implements Arithmetic {}
}
