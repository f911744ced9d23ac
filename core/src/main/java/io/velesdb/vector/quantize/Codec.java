package io.velesdb.vector.quantize;

import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.Metric;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.ScalarKernels;

/** How the vectors of one collection become rows of code words, and a query becomes something to compare them with. Immutable. */
abstract class Codec {
    /** The deviation of 2-bit codes for unit vectors of one component. */
    static final float TWO_BITS = 0.44f;

    final CodeHost host;
    final Reduction reduction;

    Codec(CodeHost host, Reduction reduction) {
        this.host = host;
        this.reduction = reduction;
    }

    /** Words per row that a walk reads. */
    abstract int stride();

    /** Words per row of a second kind that is kept apart and says more; 0 where there is none. */
    int fineStride() {
        return 0;
    }

    /** For one thread. */
    abstract Encoder newEncoder();

    /** For one thread. */
    abstract Query newQuery();

    /** Appends what {@code read} of the same kind of codec gets back. */
    abstract void write(BinaryWriter out);

    /** Writes rows. */
    abstract static class Encoder {
        /**
         * Encodes {@code vector}.
         *
         * @param row receives {@link Codec#stride} words
         */
        abstract void encode(float[] vector, long[] row);

        /**
         * Encodes {@code vector} as a fine row.
         *
         * @param row receives {@link Codec#fineStride} words
         */
        void encodeFine(float[] vector, long[] row) {
            throw new UnsupportedOperationException("there are no fine rows");
        }
    }

    /** One prepared query at a time. */
    abstract static class Query {
        private final Codec codec;
        private final float[] lanes = new float[ScalarKernels.LANES];
        private float factor;

        Query(Codec codec) {
            this.codec = codec;
        }

        final Codec codec() {
            return codec;
        }

        /** Takes a query from outside; the array is not changed until the next one. */
        final void prepare(float[] vector) {
            float norm = codec.squaredNorm(vector, lanes);
            factor = codec.reduction.queryFactor(norm);
            prepare(vector, norm);
        }

        /** Takes a stored vector. */
        final void prepareRow(float[] vector) {
            prepareRow(vector, codec.squaredNorm(vector, lanes));
        }

        abstract void prepare(float[] vector, float squaredNorm);

        abstract void prepareRow(float[] vector, float squaredNorm);

        /** Estimates for a walk. */
        abstract void score(CodeRows.View codes, int[] slots, int count, float[] out);

        /**
         * The best estimates that the codes allow.
         *
         * @param codes the fine rows where there are any
         */
        void scoreAll(CodeRows.View codes, int[] slots, int count, float[] out) {
            score(codes, slots, count, out);
        }

        /** The standard deviation, about, of an estimate for a row near the query. */
        abstract float deviation();

        /** The same where that of 2-bit codes is 1, whatever the length of the query. */
        abstract float noise();

        /** Whether {@link #scoreAll} says so much more than a walk that it should rank what is scored exactly. */
        boolean refines() {
            return false;
        }

        /** The deviation of {@link #scoreAll} where there are fine rows. */
        float fineDeviation() {
            return deviation();
        }

        /** What {@link #scoreAll} gives too much for a row near the query. */
        float bias() {
            return 0f;
        }

        float estimateOf(float key) {
            return codec.reduction.distance(key, factor);
        }

        final float keyOf(float distance) {
            return codec.reduction.key(distance, factor);
        }
    }

    /** The squared norm where the metric asks for it, else 0. */
    final float squaredNorm(float[] vector, float[] lanes) {
        return reduction.metric() == Metric.EUCLIDEAN
                ? 0f
                : ScalarKernels.dot(vector, 0, vector, 0, vector.length, lanes);
    }

    /** The squared norm of a point. */
    static float squared(QueryCode point) {
        return ScalarKernels.dot(point.point, 0, point.point, 0, point.point.length, point.lanes);
    }
}
