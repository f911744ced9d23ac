package io.velesdb.value;

import java.math.BigInteger;

/**
 * Reads decimal numbers as the nearest double, ties to even.
 *
 * <p>The host's {@code Double.parseDouble} is right on a JVM, and off by one bit for some numbers in the browser; this one
 * is the same everywhere. A number of up to 19 digits whose power of ten is at most 22 takes one multiplication or
 * division of doubles that are exact (Clinger, PLDI 1990); any other is a quotient of big integers.
 */
public final class DecimalReader {
    /** No midpoint between two doubles has more digits; of a longer number only whether anything follows counts. */
    private static final int DECISIVE_DIGITS = 770;

    /** What a long holds for certain. */
    private static final int LONG_DIGITS = 18;

    private static final double[] POWERS = new double[23];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DecimalReader() {}

    /**
     * The number in {@code text[from..to)}, which has the form of a JSON number, leading zeros allowed. Infinite when it is
     * too large.
     */
    public static double read(String text, int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(from + i);
        }
        return read(bytes, 0, bytes.length);
    }

    /** The number in the ASCII text {@code bytes[from..to)}, which has the form of a JSON number. */
    static double read(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        byte[] digits = new byte[Math.min(to - from, DECISIVE_DIGITS + 1)];
        int count = 0;
        boolean more = false;
        int exponent = 0;
        boolean fraction = false;
        int at = negative ? from + 1 : from;
        for (; at < to && bytes[at] != 'e' && bytes[at] != 'E'; at++) {
            if (bytes[at] == '.') {
                fraction = true;
                continue;
            }
            int digit = bytes[at] - '0';
            if (count == DECISIVE_DIGITS) {
                more |= digit != 0;
                exponent += fraction ? 0 : 1;
            } else {
                if (count > 0 || digit != 0) {
                    digits[count++] = (byte) digit;
                }
                exponent -= fraction ? 1 : 0;
            }
        }
        if (at < to) {
            exponent += exponent(bytes, at + 1, to);
        }
        if (more) {
            digits[count++] = 1;
            exponent--;
        }
        double value = value(digits, count, exponent);
        // not -value, which the browser computes as 0 - value: 0.0 for a zero
        return negative ? -1.0 * value : value;
    }

    private static int exponent(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int value = 0;
        for (int at = negative || bytes[from] == '+' ? from + 1 : from; at < to; at++) {
            value = Math.min(value * 10 + (bytes[at] - '0'), 100_000_000);
        }
        return negative ? -value : value;
    }

    private static double value(byte[] digits, int count, int exponent) {
        if (count == 0 || count + exponent < -330) {
            return 0;
        }
        if (count + exponent > 310) {
            return Double.POSITIVE_INFINITY;
        }
        if (count <= LONG_DIGITS) {
            long number = 0;
            for (int i = 0; i < count; i++) {
                number = number * 10 + digits[i];
            }
            if (number <= 1L << 53 && Math.abs(exponent) < POWERS.length) {
                return exponent < 0 ? number / POWERS[-exponent] : number * POWERS[exponent];
            }
        }
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + digits[i]));
        }
        BigInteger number = new BigInteger(text.toString());
        BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
        return exponent < 0 ? quotient(number, power) : quotient(number.multiply(power), BigInteger.ONE);
    }

    /** The double nearest to a positive quotient. */
    private static double quotient(BigInteger dividend, BigInteger divisor) {
        // 2^shift times the quotient has 62 or 63 bits before the point
        int shift = 62 - (dividend.bitLength() - divisor.bitLength());
        BigInteger[] parts = shift >= 0
                ? dividend.shiftLeft(shift).divideAndRemainder(divisor)
                : dividend.divideAndRemainder(divisor.shiftLeft(-shift));
        long scaled = parts[0].longValue() | (parts[1].signum() == 0 ? 0 : 1);
        int bits = 64 - Long.numberOfLeadingZeros(scaled);
        int leading = bits - 1 - shift;
        int kept = leading >= Double.MIN_EXPONENT ? 53 : 53 - (Double.MIN_EXPONENT - leading);
        if (kept < 0) {
            return 0;
        }
        int dropped = bits - kept;
        long half = 1L << (dropped - 1);
        long mantissa = kept == 0 ? 0 : scaled >>> dropped;
        long rest = scaled - (mantissa << dropped);
        if (rest > half || rest == half && (mantissa & 1) != 0) {
            mantissa++;
        }
        // A mantissa that was rounded up to the next power of two carries into the exponent, which is just right.
        long encoded = kept == 53 ? ((long) (leading + 1023) << 52) + (mantissa - (1L << 52)) : mantissa;
        return leading > Double.MAX_EXPONENT ? Double.POSITIVE_INFINITY : Double.longBitsToDouble(encoded);
    }
}
