package io.velesdb.index.text;

/**
 * The natural logarithm, the same bits on every platform. It is the algorithm of FDLIBM's {@code e_log.c}, which also
 * {@code StrictMath.log} is bound to:
 *
 * <blockquote>Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems,
 * Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.</blockquote>
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the constants as fdlibm prints them
final class NaturalLogarithm {
    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final double L1 = 6.666666666666735130e-01;
    private static final double L2 = 3.999999999940941908e-01;
    private static final double L3 = 2.857142874366239149e-01;
    private static final double L4 = 2.222219843214978396e-01;
    private static final double L5 = 1.818357216161805012e-01;
    private static final double L6 = 1.531383769920937332e-01;
    private static final double L7 = 1.479819860511658591e-01;

    private NaturalLogarithm() {}

    /** The logarithm of a positive, finite, normal number. */
    static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int high = (int) (bits >>> 32);
        int k = (high >> 20) - 1023;
        high &= 0x000fffff;
        int i = high + 0x95f64 & 0x100000;
        // x or x / 2, so that it lies around 1
        double normal = Double.longBitsToDouble((long) (high | i ^ 0x3ff00000) << 32 | bits & 0xffffffffL);
        k += i >> 20;
        double f = normal - 1.0;
        if ((0x000fffff & 2 + high) < 3) {
            if (f == 0) {
                return k == 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
            }
            double r = f * f * (0.5 - 0.33333333333333333 * f);
            return k == 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
        }
        double s = f / (2.0 + f);
        double z = s * s;
        double w = z * z;
        double t1 = w * (L2 + w * (L4 + w * L6));
        double t2 = z * (L1 + w * (L3 + w * (L5 + w * L7)));
        double r = t2 + t1;
        if ((high - 0x6147a | 0x6b851 - high) > 0) {
            double halfSquare = 0.5 * f * f;
            return k == 0
                    ? f - (halfSquare - s * (halfSquare + r))
                    : k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + k * LN2_LOW) - f);
        }
        return k == 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
    }
}
