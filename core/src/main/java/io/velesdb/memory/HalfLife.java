package io.velesdb.memory;

/**
 * Halving by time or use: 2^-x. Of additions and multiplications only, so that it is the same on every host; the power
 * functions of hosts differ in the last digit.
 */
final class HalfLife {
    private static final double LN2 = 0.6931471805599453;

    /** From here on nothing is left that a double could hold. */
    private static final double ALL_GONE = 1_100;

    /** Terms of the exponential series; the next is below 1e-19 of the sum. */
    private static final int TERMS = 18;

    private HalfLife() {}

    /**
     * What is left of 1.
     *
     * @param amount not negative
     * @param halving the amount after which half is left, positive
     */
    static double remaining(double amount, double halving) {
        double halvings = amount / halving;
        if (!(halvings < ALL_GONE)) {
            return 0;
        }
        int whole = (int) halvings;
        double exponent = (whole - halvings) * LN2;
        double left = 1;
        for (int n = TERMS; n >= 1; n--) {
            left = 1 + exponent / n * left;
        }
        for (int i = 0; i < whole; i++) {
            left *= 0.5;
        }
        return left;
    }
}
