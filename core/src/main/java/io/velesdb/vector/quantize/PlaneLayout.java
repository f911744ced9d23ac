package io.velesdb.vector.quantize;

import io.velesdb.vector.QueryCode;

/**
 * Where the parts of a code stand that is cut into planes of bits, in 64-bit words, and the distance that it estimates:
 *
 * <pre>
 *   plane 0 | plane 1 | ... | f1 f2 | g aux | (unused)
 *                             ^ factors
 * </pre>
 *
 * <p>Bit j of plane b is bit b of the whole number u_j, which stands for component j of the point p as {@code f1 * u_j +
 * g}, up to a factor that makes the estimate unbiased. With the query's point as 4-bit numbers v, q_j ~ low + step * v_j:
 *
 * <pre>
 *   half the squared distance ~ aux + |q|^2/2 - (f1 * (step * sum(u*v)) + g * sum(q) + f2 * low)
 *   sum(u*v) = sum over planes b and k of 2^(b+k) * bits(plane b &amp; v_k)         f2 = f1 * sum(u)
 * </pre>
 *
 * @param bits components of a point
 * @param planes bits per component, 1..8
 * @param words words per plane
 * @param factors the word with f1 and f2; g and aux are in the next one
 * @param stride words per row: whole cache lines, or an even part of one
 */
public record PlaneLayout(int bits, int planes, int words, int factors, int stride) {
    private static final int LINE = 8;

    /** The layout of points of {@code bits} components. */
    public static PlaneLayout of(int bits, int planes) {
        int words = (bits + 63) >> 6;
        int used = planes * words + 2;
        return new PlaneLayout(bits, planes, words, planes * words, used <= LINE / 2 ? LINE / 2 : wholeLines(used));
    }

    private static int wholeLines(int words) {
        return (words + LINE - 1) & -LINE;
    }

    /** Estimates from {@link #stride} words at {@code code[at]}: the definition. */
    float estimate(QueryCode query, long[] code, int at) {
        long[] v = query.planes;
        int sum = 0;
        for (int b = 0; b < planes; b++) {
            int plane = 0;
            for (int w = 0; w < words; w++) {
                plane += weigh(code[at + b * words + w], v, w, words);
            }
            sum += plane << b;
        }
        return distance(query, sum, code[at + factors], code[at + factors + 1]);
    }

    /** The bits that a word of a row has in common with word {@code w} of each plane of the query, weighted. */
    public static int weigh(long bits, long[] planes, int w, int words) {
        return Long.bitCount(bits & planes[w])
                + (Long.bitCount(bits & planes[words + w]) << 1)
                + (Long.bitCount(bits & planes[2 * words + w]) << 2)
                + (Long.bitCount(bits & planes[3 * words + w]) << 3);
    }

    /** The distance of a row from {@code sum(u*v)} and its two words of floats. */
    public static float distance(QueryCode query, int sum, long f1f2, long gAux) {
        float f1 = Float.intBitsToFloat((int) f1f2);
        float f2 = Float.intBitsToFloat((int) (f1f2 >> 32));
        float g = Float.intBitsToFloat((int) gAux);
        float aux = Float.intBitsToFloat((int) (gAux >> 32));
        return aux + query.half - (f1 * (query.step * sum) + g * query.sum + f2 * query.low);
    }

    static long pack(float first, float second) {
        return Float.floatToRawIntBits(first) & 0xFFFFFFFFL | (long) Float.floatToRawIntBits(second) << 32;
    }
}
