package io.velesdb.query.exec.expression;

import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.exec.row.Tuple;
import java.util.List;

/**
 * A chain of score arithmetic, reckoned from left to right. Overflow is clamped after every step, so that a result is always
 * a number. A chain may be as long as a query, so it is a list and no tree of pairs.
 */
record Computed(Expression first, List<Step> steps) implements Expression.Numeric {
    /** Below this magnitude a divisor counts as 0, and so does the quotient. */
    private static final double SMALLEST_DIVISOR = 0x1p-23;

    /** An operator with its right operand. */
    record Step(Arithmetic.Operator operator, Expression operand) {}

    Computed {
        steps = List.copyOf(steps);
    }

    @Override
    public double number(Tuple row) {
        double a = first.number(row);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            double b = step.operand().number(row);
            a = finite(
                    switch (step.operator()) {
                        case ADD -> a + b;
                        case SUBTRACT -> a - b;
                        case MULTIPLY -> a * b;
                        case DIVIDE -> Math.abs(b) < SMALLEST_DIVISOR ? 0 : a / b;
                    });
        }
        return a;
    }

    private static double finite(double x) {
        return Double.isNaN(x) ? 0 : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, x));
    }
}
