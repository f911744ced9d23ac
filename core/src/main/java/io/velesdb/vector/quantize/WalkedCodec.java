package io.velesdb.vector.quantize;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.Metric;
import io.velesdb.vector.Reduction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A codec whose rows are too long to walk on, beside rows of one bit per component that a walk reads instead: one cache line
 * of 384 dimensions where {@code sq8} fills seven and {@code pq} adds up 96 numbers from a table. Scores without the vectors are
 * those of the long rows; with the vectors, the rows of {@code sq8} decide what is scored exactly.
 */
final class WalkedCodec extends Codec {
    /** Points of fewer components are walked on as they are: one bit of each says too little. */
    private static final int SHORTEST = 257;

    private final PlaneCodec walk;
    private final Codec fine;

    private WalkedCodec(CodeHost host, PlaneCodec walk, Codec fine) {
        super(host, fine.reduction);
        this.walk = walk;
        this.fine = fine;
    }

    /** True where points of so many components are not walked on as they are. */
    static boolean covers(int length) {
        return length >= SHORTEST;
    }

    /** {@code codec} with rows to walk on, or {@code codec} where its points are short. */
    static Codec over(CodeHost host, Codec codec, long seed) {
        return covers(codec.reduction.length())
                ? new WalkedCodec(host, PlaneCodec.rabitq(host, codec.reduction, 1, seed), codec)
                : codec;
    }

    /**
     * The codec that {@link #write} wrote.
     *
     * @param fine reads the codec of the long rows
     * @throws io.velesdb.VelesException VELES-006 for what it did not write
     */
    static Codec read(CodeHost host, BinaryReader in, Metric metric, int dimension, Supplier<Codec> fine) {
        if (!covers(Reduction.length(metric, dimension))) {
            return fine.get();
        }
        PlaneCodec walk = PlaneCodec.read(host, in, metric, dimension);
        return new WalkedCodec(host, walk, fine.get());
    }

    @Override
    int stride() {
        return walk.stride();
    }

    @Override
    int fineStride() {
        return fine.stride();
    }

    @Override
    Encoder newEncoder() {
        Encoder bits = walk.newEncoder();
        Encoder all = fine.newEncoder();
        return new Encoder() {
            @Override
            void encode(float[] vector, long[] row) {
                bits.encode(vector, row);
            }

            @Override
            void encodeFine(float[] vector, long[] row) {
                all.encode(vector, row);
            }
        };
    }

    @Override
    Query newQuery() {
        return new Estimate(this);
    }

    @Override
    void write(BinaryWriter out) {
        walk.write(out);
        fine.write(out);
    }

    /** The fine query is prepared when it is first asked for. */
    private static final class Estimate extends Query {
        private final Query walk;
        private final Query fine;

        /** Not by centroids: how much a row lost to its own differs, and the nearest were found to be among the discarded. */
        private final boolean refines;

        private float @Nullable [] vector;
        private boolean row;
        private float fineDeviation;

        Estimate(WalkedCodec codec) {
            super(codec);
            walk = codec.walk.newQuery();
            fine = codec.fine.newQuery();
            refines = codec.fine instanceof PlaneCodec;
        }

        @Override
        void prepare(float[] query, float squaredNorm) {
            walk.prepare(query, squaredNorm);
            vector = query;
            row = false;
        }

        @Override
        void prepareRow(float[] query, float squaredNorm) {
            walk.prepareRow(query, squaredNorm);
            vector = query;
            row = true;
        }

        @Override
        void score(CodeRows.View codes, int[] slots, int count, float[] out) {
            walk.score(codes, slots, count, out);
        }

        private void prepareFine() {
            float[] query = vector;
            if (query == null) {
                return;
            }
            if (row) {
                fine.prepareRow(query);
            } else {
                fine.prepare(query);
            }
            fineDeviation = fine.fineDeviation();
            vector = null;
        }

        @Override
        void scoreAll(CodeRows.View codes, int[] slots, int count, float[] out) {
            prepareFine();
            fine.scoreAll(codes, slots, count, out);
            float bias = fine.bias();
            if (bias != 0f) {
                for (int i = 0; i < count; i++) {
                    out[i] -= bias;
                }
            }
        }

        @Override
        boolean refines() {
            return refines;
        }

        @Override
        float deviation() {
            return walk.deviation();
        }

        @Override
        float fineDeviation() {
            prepareFine();
            return fineDeviation;
        }

        @Override
        float noise() {
            return walk.noise();
        }
    }
}
