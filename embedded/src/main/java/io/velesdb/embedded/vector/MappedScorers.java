package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.Metric;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.ScalarKernels;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.Scores;
import io.velesdb.vector.TwoBitQuantizer;
import io.velesdb.vector.VectorSpace;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The scorers of {@link MappedVectorSpace}, one class per kernel. */
final class MappedScorers {
    private static final FloatKernels KERNELS = FloatKernels.BEST;

    private MappedScorers() {}

    /** What those share that score float rows. */
    private abstract static class Exact extends Scorer {
        final Metric metric;
        final boolean graph;
        final float[] query;
        MappedVectorSpace.Snapshot view;
        float queryNorm;
        boolean fromSlot;

        Exact(MappedVectorSpace space, boolean graph) {
            metric = space.metric();
            this.graph = graph;
            query = new float[space.dimension()];
            view = space.unattached();
        }

        @Override
        public final void attach(VectorSpace.View view) {
            this.view = (MappedVectorSpace.Snapshot) view;
        }

        @Override
        public void query(float[] vector, int offset) {
            System.arraycopy(vector, offset, query, 0, query.length);
            fromSlot = false;
            if (metric == Metric.COSINE || metric == Metric.DOT) {
                queryNorm = KERNELS.dot(query, query, query.length);
            }
        }

        @Override
        public final void query(int slot) {
            view.read(slot, query, 0);
            fromSlot = true;
            if (metric == Metric.COSINE || metric == Metric.DOT) {
                queryNorm = view.norm(slot);
            }
        }
    }

    /** Cosine and inner product. */
    static final class Dot extends Exact {
        private float factor;

        Dot(MappedVectorSpace space, boolean graph) {
            super(space, graph);
        }

        @Override
        public void query(float[] vector, int offset) {
            super.query(vector, offset);
            factor = graph && metric == Metric.DOT
                    ? Objects.requireNonNull(view.reduction()).queryFactor(queryNorm)
                    : 1f;
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            view.require(slots, count);
            KERNELS.dot(view.rows(), query, query.length, slots, count, out);
            if (metric == Metric.COSINE) {
                cosines(slots, count, out);
            } else if (graph) {
                reduced(slots, count, out);
            } else {
                for (int i = 0; i < count; i++) {
                    out[i] = Scores.key(Metric.DOT, Scores.dot(out[i]));
                }
            }
        }

        private void cosines(int[] slots, int count, float[] out) {
            MappedVectorSpace.Snapshot view = this.view;
            float base = graph ? 1f : 0f;
            for (int i = 0; i < count; i++) {
                out[i] = base - Scores.cosine(out[i], queryNorm, view.norm(slots[i]));
            }
        }

        private void reduced(int[] slots, int count, float[] out) {
            Reduction reduction = Objects.requireNonNull(view.reduction());
            for (int i = 0; i < count; i++) {
                out[i] = fromSlot
                        ? reduction.rowDistance(out[i], queryNorm, view.norm(slots[i]))
                        : reduction.distance(0f - out[i], factor);
            }
        }
    }

    /** Euclidean distance. */
    static final class Euclidean extends Exact {
        Euclidean(MappedVectorSpace space, boolean graph) {
            super(space, graph);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            view.require(slots, count);
            KERNELS.squaredDistance(view.rows(), query, query.length, slots, count, out);
            for (int i = 0; i < count; i++) {
                out[i] = graph ? 0.5f * out[i] : Scores.euclidean(out[i]);
            }
        }
    }

    /** Jaccard. */
    static final class Jaccard extends Exact {
        private float[] maxima = new float[64];

        Jaccard(MappedVectorSpace space, boolean graph) {
            super(space, graph);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            if (maxima.length < count + PADDING) {
                maxima = new float[count + PADDING];
            }
            view.require(slots, count);
            KERNELS.jaccard(view.rows(), query, query.length, slots, count, out, maxima);
            float base = graph ? 1f : 0f;
            for (int i = 0; i < count; i++) {
                out[i] = base - Scores.jaccard(out[i], maxima[i]);
            }
        }
    }

    /** Hamming: key, graph distance and score are the same number. */
    static final class Hamming extends Scorer {
        private final int dimension;
        private final int stride;
        private final long[] bits;
        private MappedVectorSpace.Snapshot view;

        Hamming(MappedVectorSpace space) {
            dimension = space.dimension();
            stride = HammingKernel.stride(dimension);
            bits = new long[stride];
            view = space.unattached();
        }

        @Override
        public void attach(VectorSpace.View view) {
            this.view = (MappedVectorSpace.Snapshot) view;
        }

        @Override
        public void query(float[] vector, int offset) {
            ScalarKernels.binarise(vector, offset, dimension, bits, 0);
        }

        @Override
        public void query(int slot) {
            MemorySegment.copy(view.bits(), LONG, 8L * stride * slot, bits, 0, stride);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            HammingKernel.score(view.bits(), bits, stride, slots, count, out);
        }
    }

    /** Estimates from codes. */
    static final class Coded extends Scorer {
        private final boolean normed;
        private final float[] vector;
        private final QueryCode code;
        private final CodeLayout layout;
        private final long size;
        private final CodeKernel kernel;
        private @Nullable CodeKernel filter;

        /** Whether {@link #filter} has this query. */
        private boolean filters;

        private MappedVectorSpace.Snapshot view;
        private float factor;

        Coded(MappedVectorSpace space, boolean coarse) {
            normed = space.metric() != Metric.EUCLIDEAN;
            vector = new float[space.dimension()];
            layout = CodeLayout.of(Reduction.length(space.metric(), space.dimension()));
            size = 8L * layout.stride();
            code = new QueryCode(layout);
            kernel = coarse ? CodeKernel.coarse(layout, QueryCode.PLANES) : CodeKernel.of(layout);
            view = space.unattached();
        }

        private TwoBitQuantizer quantizer() {
            return Objects.requireNonNull(view.quantizer(), "the space was not trained");
        }

        @Override
        public void attach(VectorSpace.View view) {
            this.view = (MappedVectorSpace.Snapshot) view;
        }

        @Override
        public void query(float[] from, int offset) {
            System.arraycopy(from, offset, vector, 0, vector.length);
            float norm = normed ? KERNELS.dot(vector, vector, vector.length) : 0f;
            quantizer().prepare(vector, 0, norm, code);
            factor = quantizer().reduction().queryFactor(norm);
            kernel.query(code);
            filters = false;
        }

        @Override
        public void query(int slot) {
            view.read(slot, vector, 0);
            quantizer().prepareRow(vector, 0, normed ? view.norm(slot) : 0f, code);
            kernel.query(code);
            filters = false;
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
        public void score(int[] slots, int count, float[] out) {
            kernel.score(view.codes(slots, count, size), slots, count, out);
        }

        @Override
        public int list(long word, int first, int[] slots, int n) {
            return CodeKernel.WIDE ? CodeKernels512.list(word, first, slots, n) : super.list(word, first, slots, n);
        }

        /** From one line of each row; most need no more. */
        @Override
        public int near(float bound, int[] slots, int count, float[] scratch) {
            CodeKernel coarse = filter;
            if (coarse == null) {
                coarse = CodeKernel.coarse(layout, TwoBitQuantizer.SCAN_PLANES);
                filter = coarse;
            }
            if (!filters) {
                coarse.query(code);
                filters = true;
            }
            return coarse.within(
                    quantizer().coarseBound(code, bound), view.codes(slots, count, size), slots, count, scratch);
        }
    }
}
