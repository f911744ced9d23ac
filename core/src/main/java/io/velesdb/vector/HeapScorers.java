package io.velesdb.vector;

import java.util.Objects;

/** The scorers of {@link HeapVectorSpace}, one class per kind of row that they read. */
final class HeapScorers {
    private HeapScorers() {}

    /** What all of them share: the view and the query as floats. */
    private abstract static class Base extends Scorer {
        final Metric metric;
        final float[] query;
        final float[] lanes = new float[ScalarKernels.LANES];
        HeapVectorSpace.Snapshot view;
        float queryNorm;

        Base(HeapVectorSpace space) {
            metric = space.metric();
            query = new float[space.dimension()];
            view = space.view();
        }

        @Override
        public void attach(VectorSpace.View view) {
            this.view = (HeapVectorSpace.Snapshot) view;
        }

        final void copyQuery(float[] vector, int offset) {
            System.arraycopy(vector, offset, query, 0, query.length);
            queryNorm = metric == Metric.COSINE || metric == Metric.DOT
                    ? ScalarKernels.dot(query, 0, query, 0, query.length, lanes)
                    : 0f;
        }

        final void copyQuery(int slot) {
            view.read(slot, query, 0);
            queryNorm = metric == Metric.COSINE || metric == Metric.DOT ? view.norm(slot) : 0f;
        }
    }

    /** Float rows: the public score, or the distance that the graph is built by. */
    static final class Exact extends Base {
        private final boolean graph;
        private float factor;
        private boolean fromSlot;

        Exact(HeapVectorSpace space, boolean graph) {
            super(space);
            this.graph = graph;
        }

        @Override
        public void query(float[] vector, int offset) {
            copyQuery(vector, offset);
            fromSlot = false;
            factor = graph && metric == Metric.DOT
                    ? Objects.requireNonNull(view.reduction()).queryFactor(queryNorm)
                    : 1f;
        }

        @Override
        public void query(int slot) {
            copyQuery(slot);
            fromSlot = true;
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            Blocks rows = view.rows();
            int n = query.length;
            for (int i = 0; i < count; i++) {
                int slot = slots[i];
                float[] row = view.rowBlocks()[rows.block(slot)];
                int at = rows.offset(slot);
                out[i] = switch (metric) {
                    case COSINE -> {
                        float cosine = Scores.cosine(
                                ScalarKernels.dot(query, 0, row, at, n, lanes), queryNorm, view.norm(slot));
                        yield graph ? 1f - cosine : Scores.key(metric, cosine);
                    }
                    case DOT -> {
                        float dot = ScalarKernels.dot(query, 0, row, at, n, lanes);
                        yield graph ? graphDot(dot, slot) : Scores.key(metric, Scores.dot(dot));
                    }
                    case EUCLIDEAN -> {
                        float squared = ScalarKernels.squaredDistance(query, 0, row, at, n, lanes);
                        yield graph ? 0.5f * squared : Scores.euclidean(squared);
                    }
                    default -> {
                        float jaccard = Scores.jaccard(
                                ScalarKernels.sumOfMinima(query, 0, row, at, n, lanes),
                                ScalarKernels.sumOfMaxima(query, 0, row, at, n, lanes));
                        yield graph ? 1f - jaccard : Scores.key(metric, jaccard);
                    }
                };
            }
        }

        private float graphDot(float dot, int slot) {
            Reduction reduction = Objects.requireNonNull(view.reduction());
            return fromSlot
                    ? reduction.rowDistance(dot, queryNorm, view.norm(slot))
                    : reduction.distance(0f - dot, factor);
        }
    }

    /** Bit rows: exact under the Hamming metric, where key, graph distance and score are the same number. */
    static final class Hamming extends Base {
        private final long[] bits;

        Hamming(HeapVectorSpace space) {
            super(space);
            bits = new long[(space.dimension() + 63) >> 6];
        }

        @Override
        public void query(float[] vector, int offset) {
            ScalarKernels.binarise(vector, offset, query.length, bits, 0);
        }

        @Override
        public void query(int slot) {
            System.arraycopy(
                    view.bitBlocks()[view.bits().block(slot)], view.bits().offset(slot), bits, 0, bits.length);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            Blocks rows = view.bits();
            for (int i = 0; i < count; i++) {
                out[i] = ScalarKernels.hamming(
                        bits, 0, view.bitBlocks()[rows.block(slots[i])], rows.offset(slots[i]), bits.length);
            }
        }
    }

    /** Codes of 2 bits, or their high plane. */
    static final class Coded extends Base {
        /** Planes of the query for the coarse estimate; 0: the full one. */
        private final int planes;

        private final QueryCode code;
        private float factor;

        Coded(HeapVectorSpace space, boolean coarse) {
            super(space);
            planes = coarse ? QueryCode.PLANES : 0;
            code = new QueryCode(CodeLayout.of(Reduction.length(metric, space.dimension())));
        }

        private TwoBitQuantizer quantizer() {
            return Objects.requireNonNull(view.quantizer(), "the space was not trained");
        }

        @Override
        public void query(float[] vector, int offset) {
            copyQuery(vector, offset);
            quantizer().prepare(query, 0, queryNorm, code);
            factor = quantizer().reduction().queryFactor(queryNorm);
        }

        @Override
        public void query(int slot) {
            copyQuery(slot);
            quantizer().prepareRow(query, 0, queryNorm, code);
        }

        @Override
        public float deviation() {
            return quantizer().deviation(code);
        }

        @Override
        public float estimateOf(float key) {
            return quantizer().reduction().distance(key, factor);
        }

        @Override
        public float keyOf(float estimate) {
            return quantizer().reduction().key(estimate, factor);
        }

        @Override
        public int near(float bound, int[] slots, int count, float[] scratch) {
            estimate(TwoBitQuantizer.SCAN_PLANES, slots, count, scratch);
            return within(quantizer().coarseBound(code, bound), slots, count, scratch);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            estimate(planes, slots, count, out);
        }

        private void estimate(int planes, int[] slots, int count, float[] out) {
            Blocks rows = view.codes();
            CodeLayout layout = quantizer().layout();
            for (int i = 0; i < count; i++) {
                long[] block = view.codeBlocks()[rows.block(slots[i])];
                int at = rows.offset(slots[i]);
                out[i] = planes > 0
                        ? TwoBitQuantizer.coarseEstimate(layout, code, planes, block, at)
                        : TwoBitQuantizer.estimate(layout, code, block, at);
            }
        }
    }
}
