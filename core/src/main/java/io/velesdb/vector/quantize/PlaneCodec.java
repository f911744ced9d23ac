package io.velesdb.vector.quantize;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.Metric;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Rotation;
import io.velesdb.vector.TwoBitQuantizer;

/**
 * Codes of 1 to 8 bits per component, in planes.
 *
 * <ul>
 *   <li>{@link Levels#RANGE}: 256 levels between the smallest and the largest component of the rotated point; {@code sq8}.
 *   <li>{@link Levels#DIRECTION}: RaBitQ (Gao &amp; Long, SIGMOD 2024; several bits: Gao et al., SIGMOD 2025): levels
 *       (u - (2^B - 1)/2) * step, of a few steps the one whose code points most nearly in the direction of the rotated
 *       point; {@code rabitq}. With one bit it is the sign.
 *   <li>{@link Levels#SIGN}: the sign of the components as they are, neither centred nor rotated; {@code binary}.
 * </ul>
 *
 * <p>In all of them the row's floats are scaled so that the estimate of its inner product with itself is exact, which makes
 * the estimate for a query that lies evenly around it unbiased.
 */
final class PlaneCodec extends Codec {
    /** How the levels of a row are chosen. */
    enum Levels {
        RANGE,
        DIRECTION,
        SIGN
    }

    /** The deviation of an estimate for unit vectors of one component from one plane, from both of two, and from two of more. */
    private static final float ONE = 0.77f;

    private static final float BOTH = 0.39f;
    private static final float TWO_OF_MORE = 0.5f;

    /** The same from all planes, where they are more than two: what is left is the rounding of the query to 4 bits. */
    private static final float ALL = 0.13f;

    /** Unrotated signs say less than rotated ones. */
    private static final float SIGN_DEVIATION = 0.90f;

    /** The step of levels that are best for normally distributed components, in standard deviations, by bits (Max 1960). */
    private static final float[] STEP = {0f, 1.596f, 0.996f, 0.586f, 0.335f, 0.188f, 0.104f, 0.0569f, 0.0308f};

    private static final float[] STEPS_TRIED = {0.8f, 0.9f, 1f, 1.1f, 1.25f};

    private final Levels levels;
    private final long seed;
    private final PlaneLayout layout;
    private final TwoBitQuantizer points;

    private PlaneCodec(CodeHost host, Reduction reduction, Levels levels, int planes, long seed) {
        super(host, reduction);
        this.levels = levels;
        this.seed = seed;
        layout = PlaneLayout.of(reduction.length(), planes);
        points = host.points(reduction, levels == Levels.SIGN ? null : new Rotation(reduction.length(), seed));
    }

    static PlaneCodec sq8(CodeHost host, Reduction reduction) {
        return new PlaneCodec(host, reduction, Levels.RANGE, 8, 0);
    }

    static PlaneCodec binary(CodeHost host, Reduction reduction) {
        return new PlaneCodec(host, reduction.uncentred(), Levels.SIGN, 1, 0);
    }

    static PlaneCodec rabitq(CodeHost host, Reduction reduction, int bits, long seed) {
        return new PlaneCodec(host, reduction, Levels.DIRECTION, bits, seed);
    }

    /** @throws io.velesdb.VelesException VELES-006 for what {@link #write} did not write */
    static PlaneCodec read(CodeHost host, BinaryReader in, Metric metric, int dimension) {
        int levels = in.readUnsignedByte();
        int planes = in.readUnsignedByte();
        if (levels >= Levels.values().length || planes < 1 || planes > 8) {
            throw in.damaged("levels " + levels + ", planes " + planes);
        }
        long seed = in.readLong();
        return new PlaneCodec(host, Reduction.read(in, metric, dimension), Levels.values()[levels], planes, seed);
    }

    @Override
    void write(BinaryWriter out) {
        out.writeByte(levels.ordinal()).writeByte(layout.planes()).writeLong(seed);
        reduction.write(out);
    }

    /** A row of {@code planes} bits of so many components. */
    static int stride(int length, int planes) {
        return PlaneLayout.of(length, planes).stride();
    }

    @Override
    int stride() {
        return layout.stride();
    }

    @Override
    Encoder newEncoder() {
        return new Rows();
    }

    @Override
    Query newQuery() {
        return new Estimate(this);
    }

    /** Encodes rows. */
    private final class Rows extends Encoder {
        private final QueryCode scratch = new QueryCode(CodeLayout.of(reduction.length()));
        private final int[] levelsOf = new int[layout.words() * 64];
        private float scale;
        private float offset;

        @Override
        void encode(float[] vector, long[] row) {
            float norm = squaredNorm(vector, scratch.lanes);
            points.rowPoint(vector, 0, norm, scratch.point);
            float squared = squared(scratch);
            float[] p = scratch.point;
            int n = layout.bits();
            if (levels == Levels.RANGE) {
                byRange(p, n);
            } else {
                byDirection(p, n, squared);
            }
            int high = 0;
            int open = layout.planes() - layout.walked();
            double own = 0;
            for (int j = 0; j < n; j++) {
                high += levelsOf[j] >> open;
                own += (double) p[j] * (scale * levelsOf[j] + offset);
            }
            float unbias = own > 0 && squared <= Float.MAX_VALUE ? (float) (squared / own) : 0f;
            float f1 = scale * unbias;
            pack(row);
            row[layout.factors()] = PlaneLayout.pack(f1, f1 * layout.completed(high, n));
            row[layout.factors() + 1] = PlaneLayout.pack(offset * unbias, squared * 0.5f + reduction.correction(norm));
        }

        private void byRange(float[] p, int n) {
            float least = p[0];
            float most = p[0];
            for (int j = 1; j < n; j++) {
                least = Math.min(least, p[j]);
                most = Math.max(most, p[j]);
            }
            int top = (1 << layout.planes()) - 1;
            scale = (most - least) / top;
            offset = least;
            float inverse = scale > 0f ? 1f / scale : 0f;
            for (int j = 0; j < n; j++) {
                levelsOf[j] = Math.max(0, Math.min(top, (int) ((p[j] - least) * inverse + 0.5f)));
            }
        }

        private void byDirection(float[] p, int n, float squared) {
            int bits = layout.planes();
            float deviation = (float) Math.sqrt(squared / n);
            float bestStep = STEP[bits] * deviation;
            if (bits > 1) {
                double best = -1;
                for (float tried : STEPS_TRIED) {
                    float step = tried * STEP[bits] * deviation;
                    double direction = direction(p, n, bits, step);
                    if (direction > best) {
                        best = direction;
                        bestStep = step;
                    }
                }
            }
            float inverse = bestStep > 0f ? 1f / bestStep : 0f;
            int half = 1 << bits - 1;
            int top = (1 << bits) - 1;
            for (int j = 0; j < n; j++) {
                levelsOf[j] = level(p[j], inverse, half, top);
            }
            scale = 1f;
            offset = 0.5f - half;
        }

        /** The larger, the nearer the code is to the direction of p. */
        private static double direction(float[] p, int n, int bits, float step) {
            float inverse = step > 0f ? 1f / step : 0f;
            int half = 1 << bits - 1;
            int top = (1 << bits) - 1;
            float dot = 0f;
            int norm = 0;
            for (int j = 0; j < n; j++) {
                // twice the level, an odd number
                int y = 2 * (level(p[j], inverse, half, top) - half) + 1;
                dot += p[j] * y;
                norm += y * y;
            }
            return (double) dot * dot / norm;
        }

        /** With one bit, the sign: 0 is not positive. */
        private static int level(float x, float inverse, int half, int top) {
            if (top == 1) {
                return x > 0f ? 1 : 0;
            }
            // the truncated number is positive wherever the range does not cut it off
            return Math.max(0, Math.min(top, (int) (x * inverse + half)));
        }

        private void pack(long[] row) {
            int planes = layout.planes();
            int words = layout.words();
            for (int w = 0; w < words; w++) {
                int end = Math.min(64, layout.bits() - w * 64);
                for (int b = 0; b < planes; b++) {
                    long bits = 0;
                    for (int i = 0; i < end; i++) {
                        bits |= (long) (levelsOf[w * 64 + i] >> b & 1) << i;
                    }
                    row[layout.plane(planes - 1 - b) + w] = bits;
                }
            }
        }
    }

    /** Estimates distances. */
    private static final class Estimate extends Query {
        private final PlaneCodec codec;
        private final QueryCode code;
        private final PlaneKernel kernel;

        Estimate(PlaneCodec codec) {
            super(codec);
            this.codec = codec;
            code = new QueryCode(CodeLayout.of(codec.layout.bits()));
            kernel = codec.host.planes(codec.layout);
        }

        @Override
        void prepare(float[] vector, float squaredNorm) {
            codec.points.prepare(vector, 0, squaredNorm, code);
            kernel.query(code);
        }

        @Override
        void prepareRow(float[] vector, float squaredNorm) {
            codec.points.prepareRow(vector, 0, squaredNorm, code);
            kernel.query(code);
        }

        @Override
        void score(CodeRows.View codes, int[] slots, int count, float[] out) {
            kernel.score(codes, slots, count, out);
        }

        private float unit() {
            if (codec.levels == Levels.SIGN) {
                return SIGN_DEVIATION;
            }
            return switch (codec.layout.planes()) {
                case 1 -> ONE;
                case 2 -> BOTH;
                default -> TWO_OF_MORE;
            };
        }

        @Override
        float noise() {
            return unit() / TWO_BITS;
        }

        @Override
        void scoreAll(CodeRows.View codes, int[] slots, int count, float[] out) {
            kernel.scoreAll(codes, slots, count, out);
        }

        @Override
        float deviation() {
            return deviation(unit());
        }

        @Override
        float fineDeviation() {
            return deviation(codec.layout.walked() < codec.layout.planes() ? ALL : unit());
        }

        private float deviation(float unit) {
            return unit * 2f * code.half / (float) Math.sqrt(codec.layout.bits());
        }
    }
}
