package io.velesdb.vector;

import io.velesdb.ErrorCode;
import io.velesdb.host.Concurrency;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in plain arrays, scored by the scalar kernels: the space of the browser and of memory-only databases, and the
 * reference of every other space. See {@link VectorSpace} for its rules of threads.
 */
public final class HeapVectorSpace implements VectorSpace {
    private static final int BLOCK = 1 << 14;

    private final int dimension;
    private final Metric metric;
    private final Blocks rows;
    private final Blocks norms = new Blocks(1, BLOCK);
    private final Blocks bits;
    private final Blocks codes;
    private final float[] lanes = new float[ScalarKernels.LANES];

    private int size;
    private float[][] rowBlocks = {};
    private float[][] normBlocks = {};
    private long[][] bitBlocks = {};
    private long[][] codeBlocks = {};
    private @Nullable Reduction reduction;
    private @Nullable TwoBitQuantizer quantizer;
    private boolean makesCodes = true;

    /** An empty space. */
    public HeapVectorSpace(int dimension, Metric metric) {
        this.dimension = dimension;
        this.metric = metric;
        rows = new Blocks(dimension, BLOCK);
        bits = new Blocks((dimension + 63) >> 6, BLOCK);
        codes = new Blocks(CodeLayout.of(Reduction.length(metric, dimension)).stride(), BLOCK);
    }

    /**
     * The space that {@link #save} wrote, cut to its first {@code size} vectors.
     *
     * @throws io.velesdb.VelesException VELES-006 when a section does not fit
     */
    public static HeapVectorSpace open(int dimension, Metric metric, int size, CheckpointReader in, String prefix) {
        HeapVectorSpace space = new HeapVectorSpace(dimension, metric);
        BinaryReader vectors = new BinaryReader(in.section(prefix + "vectors"), ErrorCode.STORAGE, prefix + "vectors");
        if ((long) size * dimension * 4 > vectors.remaining()) {
            throw vectors.damaged(size + " vectors announced");
        }
        float[] vector = new float[dimension];
        for (int slot = 0; slot < size; slot++) {
            vectors.readFloats(vector, 0, dimension);
            space.append(vector, 0);
        }
        BinaryReader head = new BinaryReader(in.section(prefix + "space"), ErrorCode.STORAGE, prefix + "space");
        if (head.readBoolean()) {
            space.learned(Reduction.read(head, metric, dimension));
            space.encode(0, size, Concurrency.SERIAL);
        }
        head.expectEnd();
        return space;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Metric metric() {
        return metric;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void reserve(int count) {
        // the heap is asked when a block is needed
    }

    @Override
    public int append(float[] from, int offset) {
        int slot = size;
        rowBlocks = rows.grow(rowBlocks, slot + 1);
        System.arraycopy(from, offset, rowBlocks[rows.block(slot)], rows.offset(slot), dimension);
        if (metric == Metric.COSINE || metric == Metric.DOT) {
            normBlocks = norms.grow(normBlocks, slot + 1);
            normBlocks[norms.block(slot)][norms.offset(slot)] =
                    ScalarKernels.dot(from, offset, from, offset, dimension, lanes);
        } else if (metric == Metric.HAMMING) {
            bitBlocks = bits.grow(bitBlocks, slot + 1);
            ScalarKernels.binarise(from, offset, dimension, bitBlocks[bits.block(slot)], bits.offset(slot));
        }
        size = slot + 1;
        return slot;
    }

    @Override
    public void read(int slot, float[] into, int offset) {
        System.arraycopy(rowBlocks[rows.block(slot)], rows.offset(slot), into, offset, dimension);
    }

    @Override
    public boolean coded() {
        return makesCodes && TwoBitQuantizer.covers(metric, dimension);
    }

    @Override
    public void withoutCodes() {
        makesCodes = false;
        quantizer = null;
        codeBlocks = new long[0][];
    }

    @Override
    public void train(int slots, Concurrency concurrency) {
        if (!Reduction.covers(metric)) {
            return;
        }
        learned(Reduction.learn(this, slots));
        encode(0, slots, concurrency);
    }

    private void learned(Reduction learned) {
        reduction = learned;
        codeBlocks = new long[0][];
        quantizer = coded() ? new TwoBitQuantizer(learned) : null;
    }

    @Override
    public void encode(int from, int to, Concurrency concurrency) {
        TwoBitQuantizer q = quantizer;
        if (q == null || from >= to) {
            return;
        }
        codeBlocks = codes.grow(codeBlocks, to);
        concurrency.forEach(to - from, 64, (worker, a, b) -> {
            QueryCode scratch = new QueryCode(q.layout());
            long[] row = new long[codes.stride];
            for (int slot = from + a; slot < from + b; slot++) {
                float norm = metric == Metric.EUCLIDEAN ? 0f : normBlocks[norms.block(slot)][norms.offset(slot)];
                q.encode(rowBlocks[rows.block(slot)], rows.offset(slot), norm, scratch, row);
                System.arraycopy(row, 0, codeBlocks[codes.block(slot)], codes.offset(slot), row.length);
            }
        });
    }

    @Override
    public Scorer newScorer(Scorer.Kind kind) {
        return switch (kind) {
            case EXACT, GRAPH ->
                metric == Metric.HAMMING
                        ? new HeapScorers.Hamming(this)
                        : new HeapScorers.Exact(this, kind == Scorer.Kind.GRAPH);
            case CODE, COARSE -> new HeapScorers.Coded(this, kind == Scorer.Kind.COARSE);
        };
    }

    @Override
    public Snapshot view() {
        return new Snapshot(
                size, rows, rowBlocks, norms, normBlocks, bits, bitBlocks, codes, codeBlocks, reduction, quantizer);
    }

    @Override
    public void copyFrom(VectorSpace source, int[] slots, int count, boolean withLearned) {
        HeapVectorSpace from = (HeapVectorSpace) source;
        for (int i = 0; i < count; i++) {
            append(from.rowBlocks[rows.block(slots[i])], rows.offset(slots[i]));
        }
        if (!withLearned) {
            return;
        }
        if (from.reduction != null) {
            learned(from.reduction);
        }
        if (quantizer != null) {
            codeBlocks = codes.grow(codeBlocks, count);
            for (int i = 0; i < count; i++) {
                System.arraycopy(
                        from.codeBlocks[codes.block(slots[i])],
                        codes.offset(slots[i]),
                        codeBlocks[codes.block(i)],
                        codes.offset(i),
                        codes.stride);
            }
        }
    }

    @Override
    public void sync() {
        // memory has nothing to sync to
    }

    /** Writes everything, the vectors included; the codes are made again when it is opened. */
    @Override
    public void save(CheckpointWriter out, String prefix) {
        BinaryWriter vectors = new BinaryWriter(size * dimension * 4);
        for (int slot = 0; slot < size; slot++) {
            float[] block = rowBlocks[rows.block(slot)];
            for (int j = 0; j < dimension; j++) {
                vectors.writeFloat(block[rows.offset(slot) + j]);
            }
        }
        out.section(prefix + "vectors", vectors.array(), vectors.length());
        BinaryWriter head = new BinaryWriter();
        head.writeBoolean(reduction != null);
        if (reduction != null) {
            reduction.write(head);
        }
        out.section(prefix + "space", head.array(), head.length());
    }

    /** What a reader sees. */
    record Snapshot(
            int slots,
            Blocks rows,
            float[][] rowBlocks,
            Blocks norms,
            float[][] normBlocks,
            Blocks bits,
            long[][] bitBlocks,
            Blocks codes,
            long[][] codeBlocks,
            @Nullable Reduction reduction,
            @Nullable TwoBitQuantizer quantizer)
            implements View {
        @Override
        public boolean coded() {
            return quantizer != null;
        }

        @Override
        public void read(int slot, float[] into, int offset) {
            System.arraycopy(rowBlocks[rows.block(slot)], rows.offset(slot), into, offset, rows.stride);
        }

        float norm(int slot) {
            return normBlocks[norms.block(slot)][norms.offset(slot)];
        }
    }
}
