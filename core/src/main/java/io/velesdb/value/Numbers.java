package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/** Exact comparison of 64-bit integers, signed and unsigned, and doubles. */
final class Numbers {
    private static final double TWO_63 = 0x1p63;
    private static final double TWO_64 = 0x1p64;

    private Numbers() {}

    /** Compares mathematical values: nothing is rounded on the way. */
    static int compare(Value.Num a, Value.Num b) {
        return switch (a) {
            case Value.Int x ->
                switch (b) {
                    case Value.Int y -> Long.compare(x.value(), y.value());
                    case Value.UInt y -> -1;
                    case Value.Dbl y -> compare(x.value(), y.value());
                };
            case Value.UInt x ->
                switch (b) {
                    case Value.Int y -> 1;
                    case Value.UInt y -> Long.compare(x.bits(), y.bits());
                    case Value.Dbl y -> compareUnsigned(x.bits(), y.value());
                };
            case Value.Dbl x ->
                switch (b) {
                    case Value.Int y -> -compare(y.value(), x.value());
                    case Value.UInt y -> -compareUnsigned(y.bits(), x.value());
                    case Value.Dbl y -> x.value() < y.value() ? -1 : x.value() > y.value() ? 1 : 0;
                };
        };
    }

    /** A long against a finite double. */
    static int compare(long a, double b) {
        if (b >= TWO_63) {
            return -1;
        }
        if (b < -TWO_63) {
            return 1;
        }
        long whole = (long) b;
        if (a != whole) {
            return a < whole ? -1 : 1;
        }
        // From 2^53 on a double is whole, below that (double) whole is exact: the fraction is exact either way.
        double fraction = b - whole;
        return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
    }

    /** An integer of 2^63 or more against a finite double. */
    private static int compareUnsigned(long bits, double b) {
        if (b < TWO_63) {
            return 1;
        }
        if (b >= TWO_64) {
            return -1;
        }
        return Long.compare(bits, (long) (b - TWO_63) + Long.MIN_VALUE);
    }

    /** The hash of the integer that equals the double, if there is one. */
    static int hash(double value) {
        if (value >= -TWO_63 && value < TWO_63) {
            long whole = (long) value;
            if (whole == value) {
                return Long.hashCode(whole);
            }
        } else if (value >= TWO_63 && value < TWO_64) {
            return Long.hashCode((long) (value - TWO_63) + Long.MIN_VALUE);
        }
        return Double.hashCode(value);
    }

    /** The double nearest to an unsigned number; the lost bit is kept as a sticky one, so that ties round right. */
    static double unsignedToDouble(long bits) {
        return bits >= 0 ? (double) bits : (double) (bits >>> 1 | bits & 1) * 2.0;
    }

    static VelesException integerOutOfRange(String number) {
        return new VelesException(
                ErrorCode.OVERFLOW,
                "integer " + number + " is out of range: -9223372036854775808 to 18446744073709551615 is kept exactly,"
                        + " write a larger one with a fraction or an exponent");
    }
}
