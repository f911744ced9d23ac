package io.velesdb.value;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes doubles and floats as the shortest decimal that reads back the same, in the form of {@code Double.toString} and
 * {@code Float.toString} of JDK 19 and later: of the shortest decimals (of two digits if one would do) the nearest.
 *
 * <p>The browser's own {@code toString} finds neither the shortest nor, below the normal range, the right decimal. A
 * double of up to 15 digits costs a few multiplications; any other three divisions of big integers, after Steele and
 * White (PLDI 1990).
 */
final class DecimalWriter {
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DecimalWriter() {}

    static String write(double value) {
        double magnitude = Math.abs(value);
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        if (!(magnitude > 0 && magnitude <= Double.MAX_VALUE)) {
            return special(value, negative);
        }
        if (magnitude >= 1e-3 && magnitude < 1e15) {
            String text = fewDigits(magnitude, negative);
            if (text != null) {
                return text;
            }
        }
        long bits = Double.doubleToRawLongBits(magnitude);
        int exponent = (int) (bits >>> 52);
        long mantissa = bits & (1L << 52) - 1;
        return exponent == 0
                ? shortest(mantissa, -1074, false, negative)
                : shortest(mantissa | 1L << 52, exponent - 1075, mantissa == 0 && exponent > 1, negative);
    }

    static String write(float value) {
        float magnitude = Math.abs(value);
        boolean negative = Float.floatToRawIntBits(value) < 0;
        if (!(magnitude > 0 && magnitude <= Float.MAX_VALUE)) {
            return special(value, negative);
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int exponent = bits >>> 23;
        int mantissa = bits & (1 << 23) - 1;
        return exponent == 0
                ? shortest(mantissa, -149, false, negative)
                : shortest(mantissa | 1 << 23, exponent - 150, mantissa == 0 && exponent > 1, negative);
    }

    private static String special(double value, boolean negative) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return (negative ? "-" : "") + (value == 0 ? "0.0" : "Infinity");
    }

    /** The decimal of at most 15 digits, with up to 15 of them behind the point, that reads back the same; or null. */
    private static @Nullable String fewDigits(double magnitude, boolean negative) {
        // Decimals of up to 15 digits are further apart than doubles: the one that reads back the same is the only one.
        for (int places = 0; places <= 15; places++) {
            double scaled = Math.rint(magnitude * POWERS[places]);
            if (scaled >= 1e15) {
                return null;
            }
            if (scaled / POWERS[places] == magnitude) {
                return layout((long) scaled, -places, negative);
            }
        }
        return null;
    }

    /** Of mantissa * 2^exponent; below a power of two ({@code narrow}) the neighbours are twice as near. */
    private static String shortest(long mantissa, int exponent, boolean narrow, boolean negative) {
        // in quarters of the last bit: the value, and the ends of what reads back as it
        BigInteger value = BigInteger.valueOf(mantissa << 2);
        BigInteger low = BigInteger.valueOf((mantissa << 2) - (narrow ? 1 : 2));
        BigInteger high = BigInteger.valueOf((mantissa << 2) + 2);
        int two = exponent - 2;
        int leading = exponent + 63 - Long.numberOfLeadingZeros(mantissa);
        // log10(2) is a little more than 1233/4096; the unit of the last of 18 digits
        int unit = (leading * 1233 >> 12) - 17;
        Scale scale = Scale.of(two, unit);
        if (scale.floor(value) >= POWERS[18]) {
            scale = Scale.of(two, ++unit);
        }
        long number = scale.floor(value);
        boolean exact = scale.exact(value, number);
        boolean closed = (mantissa & 1) == 0;
        long least = scale.floor(low);
        least += scale.exact(low, least) && closed ? 0 : 1;
        long most = scale.floor(high);
        most -= scale.exact(high, most) && !closed ? 1 : 0;
        int size = number >= POWERS[17] ? 18 : 17;
        for (int drop = size - 2; drop > 0; drop--) {
            long step = POWERS[drop];
            long below = number / step * step;
            long above = below + step;
            boolean belowFits = below >= least;
            boolean aboveFits = above <= most;
            if (belowFits || aboveFits) {
                long twice = 2 * (number - below);
                boolean nearAbove = twice > step || twice == step && (!exact || (below / step & 1) != 0);
                return layout(belowFits && !(aboveFits && nearAbove) ? below : above, unit, negative);
            }
        }
        return layout(exact || number >= least ? number : number + 1, unit, negative);
    }

    /** Units of 10^unit in a number of 2^two. */
    private record Scale(BigInteger factor, BigInteger divisor) {
        static Scale of(int two, int unit) {
            BigInteger factor = BigInteger.ONE;
            BigInteger divisor = BigInteger.ONE;
            if (unit < 0) {
                factor = BigInteger.TEN.pow(-unit);
            } else {
                divisor = BigInteger.TEN.pow(unit);
            }
            return two < 0 ? new Scale(factor, divisor.shiftLeft(-two)) : new Scale(factor.shiftLeft(two), divisor);
        }

        long floor(BigInteger number) {
            return number.multiply(factor).divide(divisor).longValue();
        }

        boolean exact(BigInteger number, long floor) {
            return number.multiply(factor).equals(divisor.multiply(BigInteger.valueOf(floor)));
        }
    }

    /** Plain between 10^-3 and 10^7, else with an exponent; at least one digit behind the point. */
    private static String layout(long number, int unit, boolean negative) {
        while (number % 10 == 0) {
            number /= 10;
            unit++;
        }
        String digits = Long.toString(number);
        int point = digits.length() + unit;
        StringBuilder text = new StringBuilder(26);
        if (negative) {
            text.append('-');
        }
        if (point > 7 || point < -2) {
            text.append(digits.charAt(0)).append('.');
            text.append(digits.length() == 1 ? "0" : digits.substring(1));
            return text.append('E').append(point - 1).toString();
        }
        if (point <= 0) {
            text.append("0.");
            for (int i = point; i < 0; i++) {
                text.append('0');
            }
            return text.append(digits).toString();
        }
        for (int i = 0; i < point; i++) {
            text.append(i < digits.length() ? digits.charAt(i) : '0');
        }
        return text.append('.')
                .append(digits.length() > point ? digits.substring(point) : "0")
                .toString();
    }
}
