package io.velesdb.query.exec;

/** One operation of score arithmetic. Overflow is clamped, so that a result is always a number. */
record Computed(char operator, Expression left, Expression right) implements Expression.Numeric {
    /** Below this magnitude a divisor counts as 0, and so does the quotient. */
    private static final double SMALLEST_DIVISOR = 0x1p-23;

    @Override
    public double number(Tuple row) {
        double a = left.number(row);
        double b = right.number(row);
        return finite(
                switch (operator) {
                    case '+' -> a + b;
                    case '-' -> a - b;
                    case '*' -> a * b;
                    default -> Math.abs(b) < SMALLEST_DIVISOR ? 0 : a / b;
                });
    }

    private static double finite(double x) {
        return Double.isNaN(x) ? 0 : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, x));
    }
}
