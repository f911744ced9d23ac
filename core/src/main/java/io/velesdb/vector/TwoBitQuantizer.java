package io.velesdb.vector;

import org.jspecify.annotations.Nullable;

/**
 * RaBitQ codes of 2 bits per dimension (Gao &amp; Long, SIGMOD 2024; several bits: Gao et al., SIGMOD 2025), and the
 * distance of a query estimated from them by counting bits.
 *
 * <p>A row's point p (see {@link Reduction}: centred; then rotated) becomes y with y_j = sign(p_j) * (|p_j| &gt; t ? 1.5 :
 * 0.5), of nine thresholds t the one whose y points most nearly in the direction of p. u = y + 1.5 is 0..3: its high bit
 * is the sign, so the high bits alone are the 1-bit code. Kept beside the bits: f1 = |p|^2/&lt;y,p&gt;, f2 = f1 * sum(u),
 * g1 = |p|^2/sum|p_j| for the 1-bit estimate, and aux = |p|^2/2 + the reduction's correction. With the query's point q as
 * 4-bit integers v, q_j ~ low + step * v_j:
 *
 * <pre>
 *   half the squared distance ~ aux + |q|^2/2 - (f1 * (step * sum(u*v) - 1.5 * sum(q)) + f2 * low)
 *   sum(u*v) = sum over planes k of 2^k * (2 * bits(high &amp; v_k) + bits(low &amp; v_k))
 * </pre>
 *
 * From one bit of the row, with 2v - 15 = sum of 2^k * s_k, every s_k being 1 or -1, it is
 *
 * <pre>
 *   aux + |q|^2/2 - g1 * sum(sign(p) * q),   sum(sign(p) * q) ~ step/2 * sum over planes k of 2^k * (n - 2 * bits(high ^ v_k))
 * </pre>
 *
 * where the lightest planes may be left out.
 *
 * <p>Everything between the points and the last line is integers; the rest has the fixed order of {@link
 * ScalarKernels}. A host may override the protected steps with faster ones of the same bits. Immutable, thread-safe.
 */
public class TwoBitQuantizer {
    /** Thresholds tried, in standard deviations. */
    protected static final float[] THRESHOLDS = {0.70f, 0.78f, 0.86f, 0.94f, 1.02f, 1.10f, 1.18f, 1.26f, 1.34f};

    /**
     * Vectors shorter than this are walked on floats: a code would save no cache line worth naming, and two bits of few
     * components say too little.
     */
    private static final int SHORTEST = 129;

    /** The deviation of an estimate for unit vectors of one component; measured, and about the tangent of the lost angle. */
    private static final float DEVIATION = 0.44f;

    /** The same for one bit, by how many planes of the query are counted. */
    private static final float[] COARSE_DEVIATIONS = {0f, 1.4f, 0.95f, 0.82f, 0.77f};

    /** Planes of the query that {@link #coarseBound} is made for. */
    public static final int SCAN_PLANES = 2;

    /**
     * Deviations of a coarse estimate beyond which a scan need not look: what it looks for lies well within the bound, of which
     * 64 rows or more are kept.
     */
    private static final float COARSE_MARGIN = 1f;

    /** Adding it leaves the nearest integer in the lowest bits of a small float. */
    protected static final float ROUNDER = 1 << 23;

    protected final CodeLayout layout;
    protected final @Nullable Rotation rotation;
    private final Reduction reduction;

    /** The codes of what a reduction learned. */
    public TwoBitQuantizer(Reduction reduction) {
        this(reduction, new Rotation(reduction.length()));
    }

    /** The same with another rotation; null leaves the points as they are. */
    public TwoBitQuantizer(Reduction reduction, @Nullable Rotation rotation) {
        this.reduction = reduction;
        this.rotation = rotation;
        layout = CodeLayout.of(reduction.length());
    }

    /** True where walking on these codes beats walking on the vectors. */
    public static boolean covers(Metric metric, int dimension) {
        return Reduction.covers(metric) && dimension >= SHORTEST;
    }

    public final CodeLayout layout() {
        return layout;
    }

    public final Reduction reduction() {
        return reduction;
    }

    /**
     * Encodes the vector at {@code from[offset..)}.
     *
     * @param squaredNorm its squared norm by {@link ScalarKernels#dot}; not used for the euclidean metric
     * @param row receives {@link CodeLayout#stride} words
     */
    public final void encode(float[] from, int offset, float squaredNorm, QueryCode scratch, long[] row) {
        rowPoint(from, offset, squaredNorm, scratch.point);
        quantiseRow(scratch, reduction.correction(squaredNorm), row);
    }

    /** Prepares the query at {@code from[offset..)}; see {@link #encode} for {@code squaredNorm}. */
    public final void prepare(float[] from, int offset, float squaredNorm, QueryCode into) {
        queryPoint(from, offset, squaredNorm, into.point);
        quantiseQuery(into);
    }

    /** Writes the rotated point of a query. */
    public final void queryPoint(float[] from, int offset, float squaredNorm, float[] point) {
        centre(from, offset, reduction.queryFactor(squaredNorm), point);
        if (layout.bits() > dimension()) {
            point[dimension()] = 0f - reduction.centre()[dimension()];
        }
        rotate(point);
    }

    /** Prepares a stored vector as the query. */
    public final void prepareRow(float[] from, int offset, float squaredNorm, QueryCode into) {
        rowPoint(from, offset, squaredNorm, into.point);
        quantiseQuery(into);
    }

    /** Writes the rotated point of a stored vector. */
    public final void rowPoint(float[] from, int offset, float squaredNorm, float[] point) {
        centre(from, offset, reduction.rowFactor(squaredNorm), point);
        if (layout.bits() > dimension()) {
            point[dimension()] = reduction.rowExtra(squaredNorm) - reduction.centre()[dimension()];
        }
        rotate(point);
    }

    /** Components of the vectors, without the one that a reduction may add. */
    protected final int dimension() {
        return reduction.dimension();
    }

    /** Writes {@code from[offset + j] * factor - centre[j]} for the components of the vector. */
    protected void centre(float[] from, int offset, float factor, float[] point) {
        float[] centre = reduction.centre();
        for (int j = 0, n = dimension(); j < n; j++) {
            point[j] = from[offset + j] * factor - centre[j];
        }
    }

    /**
     * The standard deviation, about, of the estimated distance of a row near the query: the angle that two bits per
     * component lose, spread over all components.
     */
    public final float deviation(QueryCode query) {
        return DEVIATION * 2f * query.half / (float) Math.sqrt(layout.bits());
    }

    /**
     * The largest coarse estimate by {@link #SCAN_PLANES} of a row that is likely to lie within {@code bound}. The error grows with the lengths of
     * query and row; a row at that distance is at least about as long as the longer of query and difference.
     */
    public final float coarseBound(QueryCode query, float bound) {
        float squared = 2f * query.half;
        float longer = Math.max(squared, 2f * bound);
        float deviation = COARSE_DEVIATIONS[SCAN_PLANES] * (float) Math.sqrt(squared * longer / layout.bits());
        return bound + COARSE_MARGIN * deviation;
    }

    /** Rotates a point in place. */
    protected void rotate(float[] point) {
        if (rotation != null) {
            rotation.apply(point);
        }
    }

    /** Writes the code of {@code scratch.point}. */
    protected void quantiseRow(QueryCode scratch, float correction, long[] row) {
        float[] p = scratch.point;
        int n = p.length;
        float squared = ScalarKernels.dot(p, 0, p, 0, n, scratch.lanes);
        float magnitudes = ScalarKernels.sumOfMagnitudesAbove(0f, p, n, scratch.lanes);
        float deviation = (float) Math.sqrt(squared / layout.bits());
        float best = -1f;
        float threshold = 0f;
        float bestDot = 0f;
        for (float candidate : THRESHOLDS) {
            float t = candidate * deviation;
            int above = 0;
            for (int j = 0; j < n; j++) {
                above += Math.abs(p[j]) > t ? 1 : 0;
            }
            float dot = rowDot(magnitudes, ScalarKernels.sumOfMagnitudesAbove(t, p, n, scratch.lanes));
            float direction = direction(dot, above);
            if (direction > best) {
                best = direction;
                threshold = t;
                bestDot = dot;
            }
        }
        int sum = 0;
        for (int w = 0; w < layout.words(); w++) {
            long high = 0;
            long low = 0;
            int end = Math.min(64, layout.bits() - w * 64);
            for (int i = 0; i < end; i++) {
                float x = p[w * 64 + i];
                int u = x > 0f ? (x > threshold ? 3 : 2) : (x < 0f - threshold ? 0 : 1);
                sum += u;
                high |= (long) (u >> 1) << i;
                low |= (long) (u & 1) << i;
            }
            row[w] = high;
            row[layout.low() + w] = low;
        }
        writeFactors(row, squared, magnitudes, bestDot, sum, correction);
    }

    /** The inner product of y and p, from the sum of all magnitudes and of those above the threshold. */
    protected static float rowDot(float magnitudes, float above) {
        return 0.5f * magnitudes + above;
    }

    /** The larger, the nearer y is to the direction of p. */
    protected final float direction(float dot, int above) {
        return dot * dot / (0.25f * layout.bits() + 2f * above);
    }

    /** Writes the four floats of a row. */
    protected final void writeFactors(
            long[] row, float squared, float magnitudes, float dot, int sum, float correction) {
        float f1 = dot > 0f ? squared / dot : 0f;
        float g1 = magnitudes > 0f ? squared / magnitudes : 0f;
        row[layout.factors()] = pack(f1, f1 * sum);
        row[layout.factors() + 1] = pack(g1, squared * 0.5f + correction);
    }

    private static long pack(float first, float second) {
        return Float.floatToRawIntBits(first) & 0xFFFFFFFFL | (long) Float.floatToRawIntBits(second) << 32;
    }

    /** Fills everything of a query but its point. */
    protected void quantiseQuery(QueryCode query) {
        float[] p = query.point;
        int n = p.length;
        float largest = 0f;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, Math.abs(p[j]));
        }
        finishQuery(
                query, largest, ScalarKernels.sum(p, n, query.lanes), ScalarKernels.dot(p, 0, p, 0, n, query.lanes));
        float inverse = inverseStep(largest);
        int words = layout.words();
        for (int w = 0; w < words; w++) {
            long p0 = 0;
            long p1 = 0;
            long p2 = 0;
            long p3 = 0;
            int end = Math.min(64, layout.bits() - w * 64);
            for (int i = 0; i < end; i++) {
                int v = Float.floatToRawIntBits((p[w * 64 + i] + largest) * inverse + ROUNDER);
                p0 |= (long) (v & 1) << i;
                p1 |= (long) (v >> 1 & 1) << i;
                p2 |= (long) (v >> 2 & 1) << i;
                p3 |= (long) (v >> 3 & 1) << i;
            }
            query.planes[w] = p0;
            query.planes[words + w] = p1;
            query.planes[2 * words + w] = p2;
            query.planes[3 * words + w] = p3;
        }
    }

    /** Fills the numbers of a query from its largest magnitude, its sum and its squared norm. */
    protected static void finishQuery(QueryCode query, float largest, float sum, float squared) {
        query.step = 2f * largest / 15f;
        query.low = 0f - largest;
        query.sum = sum;
        query.half = squared * 0.5f;
    }

    /** Steps per unit; 0 for a query at the centre. */
    protected static float inverseStep(float largest) {
        return largest > 0f ? 15f / (2f * largest) : 0f;
    }

    /** Estimates from {@link CodeLayout#stride} words at {@code code[at]}: the definition of the 2-bit distance. */
    public static float estimate(CodeLayout layout, QueryCode query, long[] code, int at) {
        int words = layout.words();
        long[] planes = query.planes;
        int sum = 0;
        for (int w = 0; w < words; w++) {
            long high = code[at + w];
            long low = code[at + layout.low() + w];
            for (int k = 0; k < QueryCode.PLANES; k++) {
                long q = planes[k * words + w];
                sum += ((Long.bitCount(high & q) << 1) + Long.bitCount(low & q)) << k;
            }
        }
        return distance(query, sum, code[at + layout.factors()], code[at + layout.factors() + 1]);
    }

    /** The distance of a row from {@code sum(u*v)} and its two words of floats. */
    public static float distance(QueryCode query, int sum, long f1f2, long g1aux) {
        float f1 = Float.intBitsToFloat((int) f1f2);
        float f2 = Float.intBitsToFloat((int) (f1f2 >> 32));
        float aux = Float.intBitsToFloat((int) (g1aux >> 32));
        return aux + query.half - (f1 * (query.step * sum - 1.5f * query.sum) + f2 * query.low);
    }

    /** The definition of the 1-bit distance, from so many of the query's planes, the heaviest ones. */
    public static float coarseEstimate(CodeLayout layout, QueryCode query, int planes, long[] code, int at) {
        int words = layout.words();
        int sum = 0;
        for (int w = 0; w < words; w++) {
            long high = code[at + w];
            for (int k = 0; k < planes; k++) {
                sum += Long.bitCount(high ^ query.planes[(QueryCode.PLANES - planes + k) * words + w]) << k;
            }
        }
        return coarseDistance(
                query,
                query.coarseStep(planes),
                query.coarseMost(planes, layout.bits()),
                sum,
                code[at + layout.factors() + 1]);
    }

    /**
     * The distance of a row from the weighted count of its high bits that differ from the query's planes.
     *
     * @param step {@link QueryCode#coarseStep}
     * @param most {@link QueryCode#coarseMost}
     * @param differing the lightest plane counted weighs 1
     * @param g1aux the row's second word of floats
     */
    public static float coarseDistance(QueryCode query, float step, float most, int differing, long g1aux) {
        float g1 = Float.intBitsToFloat((int) g1aux);
        float aux = Float.intBitsToFloat((int) (g1aux >> 32));
        return aux + query.half - g1 * (most - step * differing);
    }
}
