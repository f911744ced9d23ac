package io.velesdb.vector.quantize;

import io.velesdb.vector.QueryCode;

/**
 * Where the parts of a code stand that is cut into planes of bits, in 64-bit words, and the distance that it estimates:
 *
 * <pre>
 *   highest plane | next | f1 f2 | g aux | the other planes | (unused)
 *                          ^ factors
 * </pre>
 *
 * <p>The planes hold the bits, highest first, of the whole numbers u_j, which stand for component j of the point p as {@code
 * f1 * u_j + g}, up to a factor that makes the estimate unbiased. With the query's point as 4-bit numbers v, q_j ~ low +
 * step * v_j:
 *
 * <pre>
 *   half the squared distance ~ aux + |q|^2/2 - (f1 * (step * sum(u*v)) + g * (step * sum(v) + low * bits) + f2 * low)
 *   sum(u*v) = sum over planes b and k of 2^(b+k) * bits(plane b &amp; v_k)         f2 = f1 * sum(u), as a walk sees it
 * </pre>
 *
 * <p>g meets the sum of the query's quantised components, not of its own: the levels u are not centred, so the difference of
 * the two sums would come back multiplied by half their range.
 *
 * <p>A walk reads two planes at most, and puts the middle of what they leave open for the bits of the rest: at 384
 * dimensions two cache lines instead of seven.
 *
 * @param bits components of a point
 * @param planes bits per component, 1..8
 * @param walked planes that a walk reads
 * @param words words per plane
 * @param factors the word with f1 and f2; g and aux are in the next one
 * @param stride words per row: whole cache lines, or an even part of one
 */
public record PlaneLayout(int bits, int planes, int walked, int words, int factors, int stride) {
    private static final int LINE = 8;

    /** With the second plane a walk ranks as that of a full collection does; a third one costs more than it saves. */
    private static final int MOST_WALKED = 2;

    /** The layout of points of {@code bits} components. */
    public static PlaneLayout of(int bits, int planes) {
        int words = (bits + 63) >> 6;
        int used = planes * words + 2;
        int walked = Math.min(planes, MOST_WALKED);
        int stride = used <= LINE / 2 ? LINE / 2 : wholeLines(used);
        return new PlaneLayout(bits, planes, walked, words, walked * words, stride);
    }

    /** The first word of the b-th plane from the highest. */
    public int plane(int b) {
        return b * words + (b < walked ? 0 : 2);
    }

    private static int wholeLines(int words) {
        return (words + LINE - 1) & -LINE;
    }

    /** Estimates from {@link #stride} words at {@code code[at]}, from the planes of a walk or from all: the definition. */
    float estimate(QueryCode query, long[] code, int at, boolean all) {
        long[] v = query.planes;
        int sum = 0;
        for (int b = 0; b < (all ? planes : walked); b++) {
            sum *= 2;
            for (int w = 0; w < words; w++) {
                sum += weigh(code[at + plane(b) + w], v, w, words);
            }
        }
        int total = total(query);
        long f1f2 = code[at + factors];
        long gAux = code[at + factors + 1];
        if (!all || walked == planes) {
            return distance(query, sum(query, total), completed(sum, total), f1f2, gAux);
        }
        int levels = 0;
        for (int b = 0; b < planes; b++) {
            levels *= 2;
            for (int w = 0; w < words; w++) {
                levels += Long.bitCount(code[at + plane(b) + w]);
            }
        }
        float f1 = Float.intBitsToFloat((int) f1f2);
        return distance(query, sum(query, total), sum, pack(f1, f1 * levels), gAux);
    }

    /** sum(u*v) from the sum over the planes of a walk, when the other bits are taken to be in the middle. */
    public int completed(int sum, int total) {
        int open = planes - walked;
        return (sum << open) + (((1 << open) - 1) * total >> 1);
    }

    /** The sum of the 4-bit numbers of a query. */
    public int total(QueryCode query) {
        int total = 0;
        for (int w = 0; w < words; w++) {
            total += weigh(-1L, query.planes, w, words);
        }
        return total;
    }

    /** What g is multiplied by. */
    public float sum(QueryCode query, int total) {
        return query.step * total + query.low * bits;
    }

    /** The bits that a word of a row has in common with word {@code w} of each plane of the query, weighted. */
    private static int weigh(long bits, long[] planes, int w, int words) {
        return Long.bitCount(bits & planes[w])
                + (Long.bitCount(bits & planes[words + w]) << 1)
                + (Long.bitCount(bits & planes[2 * words + w]) << 2)
                + (Long.bitCount(bits & planes[3 * words + w]) << 3);
    }

    private static float distance(QueryCode query, float querySum, int sum, long f1f2, long gAux) {
        float f1 = Float.intBitsToFloat((int) f1f2);
        float f2 = Float.intBitsToFloat((int) (f1f2 >> 32));
        float g = Float.intBitsToFloat((int) gAux);
        float aux = Float.intBitsToFloat((int) (gAux >> 32));
        return aux + query.half - (f1 * (query.step * sum) + g * querySum + f2 * query.low);
    }

    /** Two floats as a word. */
    public static long pack(float first, float second) {
        return Float.floatToRawIntBits(first) & 0xFFFFFFFFL | (long) Float.floatToRawIntBits(second) << 32;
    }
}
