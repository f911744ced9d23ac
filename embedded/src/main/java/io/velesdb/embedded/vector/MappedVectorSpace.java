package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;
import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.ErrorCode;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.SectionChecks;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.host.Concurrency;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.Metric;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Rotation;
import io.velesdb.vector.ScalarKernels;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.TwoBitQuantizer;
import io.velesdb.vector.VectorSpace;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a collection on a JVM: exact floats in a file that is mapped ({@link VectorFile}), and beside them,
 * outside the heap, what is derived from them: squared norms (cosine, dot), bits (hamming), codes. The derived parts are
 * sections of the checkpoint, mapped privately when it is opened, so that opening takes the same time for any number of
 * vectors. See {@link VectorSpace} for its rules of threads.
 */
public final class MappedVectorSpace implements VectorSpace, AutoCloseable {
    private final int dimension;
    private final Metric metric;
    private final VectorFile file;
    private final long bitsSize;
    private final long codeSize;
    private final float[] lanes = new float[ScalarKernels.LANES];
    private final long[] bitsRow;

    private int size;
    private MemorySegment norms = NativeMemory.EMPTY;
    private MemorySegment bits = NativeMemory.EMPTY;
    private MemorySegment codes = NativeMemory.EMPTY;
    private SectionChecks codeChecks = SectionChecks.NONE;
    private int encoded;
    private @Nullable Reduction reduction;
    private @Nullable TwoBitQuantizer quantizer;
    private boolean makesCodes = true;
    /** Bytes of vectors that are verified while writers wait: a fraction of a second. */
    private static final long MOST_VERIFIED = 256L << 20;

    private BlockChecks checks = BlockChecks.NONE;
    private @Nullable Encoder @Nullable [] encoders;

    private MappedVectorSpace(DataFile data, String name, int dimension, Metric metric, int slots) {
        this.dimension = dimension;
        this.metric = metric;
        file = VectorFile.open(data, name, dimension, slots);
        bitsSize = 8L * HammingKernel.stride(dimension);
        bitsRow = new long[(int) (bitsSize / 8)];
        codeSize = 8L * CodeLayout.of(Reduction.length(metric, dimension)).stride();
        size = slots;
    }

    /**
     * An empty space in a file; what was in the file is discarded.
     *
     * @param name the file's name in error messages
     * @throws io.velesdb.VelesException VELES-011 when the file cannot be used
     */
    public static MappedVectorSpace create(DataFile data, String name, int dimension, Metric metric) {
        return new MappedVectorSpace(data, name, dimension, metric, 0);
    }

    /**
     * The space that {@link #save} wrote with {@code slots} vectors; vectors appended after that are discarded.
     *
     * @throws io.velesdb.VelesException VELES-006 when file and checkpoint do not fit each other, VELES-011 when the
     *     file cannot be used
     */
    public static MappedVectorSpace open(
            DataFile data, String name, int dimension, Metric metric, int slots, CheckpointReader in, String prefix) {
        MappedVectorSpace space = new MappedVectorSpace(data, name, dimension, metric, slots);
        space.load(in, prefix);
        return space;
    }

    private void load(CheckpointReader in, String prefix) {
        long bytes = 4L * dimension * size;
        if (in.has(prefix + "checks")) {
            BinaryReader sums = new BinaryReader(in.section(prefix + "checks"), ErrorCode.STORAGE, prefix + "checks");
            checks = BlockChecks.expecting(file.name(), bytes, sums.readInts(sums.readCount(4)));
            sums.expectEnd();
            if (checks.sums().length != BlockChecks.count(bytes)) {
                throw sums.damaged(checks.sums().length + " checksums for " + bytes + " bytes");
            }
        }
        if (!in.has(prefix + "space")) {
            deriveFromVectors();
            return;
        }
        BinaryReader head = new BinaryReader(in.section(prefix + "space"), ErrorCode.STORAGE, prefix + "space");
        if (head.readInt() != size
                || head.readInt() != dimension
                || !head.readString().equals(metric.canonicalName())) {
            throw head.damaged("expected " + size + " vectors of dimension " + dimension + ", " + metric);
        }
        if (head.readBoolean()) {
            Reduction saved = Reduction.read(head, metric, dimension);
            if (head.remaining() > 0 && !head.readBoolean()) {
                makesCodes = false;
            }
            learned(saved);
            if (quantizer != null) {
                SegmentSections.Walked section = Sections.mapForWalks(in, prefix + "codes");
                codes = large(section.bytes(), "codes", size * codeSize + CodeKernel.SLACK, head);
                codeChecks = section.checks();
                encoded = size;
            }
        }
        head.expectEnd();
        if (hasNorms()) {
            norms = large(Sections.map(in, prefix + "norms"), "norms", 4L * size, head);
        } else if (metric == Metric.HAMMING) {
            bits = large(Sections.map(in, prefix + "bits"), "bits", size * bitsSize, head);
        }
    }

    /** Norms and bits again from the vectors; the codes are learned when the index is built. */
    private void deriveFromVectors() {
        Snapshot rows = view();
        float[] row = new float[dimension];
        for (int slot = 0; slot < size; slot++) {
            rows.read(slot, row, 0);
            derive(slot, row, 0);
        }
    }

    private static MemorySegment large(MemorySegment segment, String name, long least, BinaryReader head) {
        if (segment.byteSize() < least) {
            throw head.damaged("section " + name + " has " + segment.byteSize() + " bytes, expected " + least);
        }
        return segment;
    }

    @Override
    public void save(CheckpointWriter out, String prefix) {
        checks = checks.extended(file.name(), file.mapping(), 4L * dimension * size);
        BinaryWriter sums = new BinaryWriter(16 + 4 * checks.sums().length);
        sums.writeVarInt(checks.sums().length).writeInts(checks.sums(), 0, checks.sums().length);
        out.section(prefix + "checks", sums.array(), sums.length());
        BinaryWriter head = new BinaryWriter();
        head.writeInt(size);
        head.writeInt(dimension);
        head.writeString(metric.canonicalName());
        head.writeBoolean(reduction != null);
        if (reduction != null) {
            reduction.write(head);
            if (!makesCodes) {
                head.writeBoolean(false);
            }
        }
        out.section(prefix + "space", head.array(), head.length());
        if (quantizer != null) {
            codeChecks.requireAll(codes);
            Sections.write(out, prefix + "codes", codes, size * codeSize + CodeKernel.SLACK);
        }
        if (hasNorms()) {
            Sections.write(out, prefix + "norms", norms, 4L * size);
        } else if (metric == Metric.HAMMING) {
            Sections.write(out, prefix + "bits", bits, size * bitsSize);
        }
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

    private boolean hasNorms() {
        return metric == Metric.COSINE || metric == Metric.DOT;
    }

    @Override
    public void reserve(int count) {
        file.reserve(count);
    }

    @Override
    public int append(float[] from, int offset) {
        file.append(from, offset);
        int slot = size;
        derive(slot, from, offset);
        size = slot + 1;
        return slot;
    }

    private void derive(int slot, float[] from, int offset) {
        if (hasNorms()) {
            norms = NativeMemory.grow(norms, 4L * slot, 4L * (slot + 1));
            norms.set(FLOAT, 4L * slot, ScalarKernels.dot(from, offset, from, offset, dimension, lanes));
        } else if (metric == Metric.HAMMING) {
            bits = NativeMemory.grow(bits, slot * bitsSize, (slot + 1) * bitsSize);
            ScalarKernels.binarise(from, offset, dimension, bitsRow, 0);
            MemorySegment.copy(bitsRow, 0, bits, LONG, slot * bitsSize, bitsRow.length);
        }
    }

    @Override
    public void read(int slot, float[] into, int offset) {
        MemorySegment rows = file.mapping();
        require(rows, slot);
        VectorFile.read(rows, slot, into, offset, dimension);
    }

    private void require(MemorySegment rows, int slot) {
        if (checks.pending()) {
            checks.require(rows, 4L * dimension * slot, 4L * dimension * (slot + 1));
        }
    }

    @Override
    public boolean coded() {
        return makesCodes && TwoBitQuantizer.covers(metric, dimension);
    }

    @Override
    public void withoutCodes() {
        makesCodes = false;
        quantizer = null;
        forgetCodes();
    }

    @Override
    public void train(int slots, Concurrency concurrency) {
        if (Reduction.covers(metric)) {
            learned(Reduction.learn(this, slots));
            encode(0, slots, concurrency);
        }
    }

    private void learned(Reduction learned) {
        reduction = learned;
        forgetCodes();
        quantizer = coded() ? NativeCodes.HOST.points(learned, new Rotation(learned.length())) : null;
    }

    private void forgetCodes() {
        codes = NativeMemory.EMPTY;
        codeChecks = SectionChecks.NONE;
        encoded = 0;
        encoders = null;
    }

    @Override
    public void verify() {
        codeChecks.requireAll(codes);
    }

    @Override
    public void verifyVectors() {
        // writers wait meanwhile; what is too large for that is verified as it is read
        if (checks.pending() && 4L * dimension * size <= MOST_VERIFIED) {
            checks.requireAll(file.mapping());
        }
    }

    @Override
    public void encode(int from, int to, Concurrency concurrency) {
        TwoBitQuantizer q = quantizer;
        if (q == null || from >= to) {
            return;
        }
        verify();
        codes = NativeMemory.grow(codes, encoded * codeSize, to * codeSize + CodeKernel.SLACK);
        codeChecks = SectionChecks.NONE;
        encoded = Math.max(encoded, to);
        MemorySegment rows = file.mapping();
        if (encoders == null) {
            encoders = new Encoder[concurrency.workers()];
        }
        @Nullable Encoder[] all = encoders;
        concurrency.forEach(to - from, 64, (worker, a, b) -> {
            Encoder encoder = all[worker];
            if (encoder == null) {
                encoder = new Encoder(q, dimension);
                all[worker] = encoder;
            }
            for (int slot = from + a; slot < from + b; slot++) {
                require(rows, slot);
                encoder.encode(rows, slot, hasNorms() ? norms.get(FLOAT, 4L * slot) : 0f, codes, slot * codeSize);
            }
        });
    }

    /** One worker's scratch space. */
    private static final class Encoder {
        private final TwoBitQuantizer quantizer;
        private final float[] vector;
        private final long[] row;
        private final QueryCode scratch;

        Encoder(TwoBitQuantizer quantizer, int dimension) {
            this.quantizer = quantizer;
            vector = new float[dimension];
            row = new long[quantizer.layout().stride()];
            scratch = new QueryCode(quantizer.layout());
        }

        void encode(MemorySegment rows, int slot, float squaredNorm, MemorySegment codes, long at) {
            VectorFile.read(rows, slot, vector, 0, vector.length);
            quantizer.encode(vector, 0, squaredNorm, scratch, row);
            MemorySegment.copy(row, 0, codes, LONG, at, row.length);
        }
    }

    @Override
    public Scorer newScorer(Scorer.Kind kind) {
        return switch (kind) {
            case EXACT, GRAPH ->
                switch (metric) {
                    case COSINE, DOT -> new MappedScorers.Dot(this, kind == Scorer.Kind.GRAPH);
                    case EUCLIDEAN -> new MappedScorers.Euclidean(this, kind == Scorer.Kind.GRAPH);
                    case HAMMING -> new MappedScorers.Hamming(this);
                    case JACCARD -> new MappedScorers.Jaccard(this, kind == Scorer.Kind.GRAPH);
                };
            case CODE, COARSE -> new MappedScorers.Coded(this, kind == Scorer.Kind.COARSE);
        };
    }

    /**
     * What a scorer shows before it is attached: nothing. Not {@link #view}, which writes out what the writer appended:
     * a reader that makes a scorer must leave that alone.
     */
    Snapshot unattached() {
        return new Snapshot(
                0,
                dimension,
                NativeMemory.EMPTY,
                NativeMemory.EMPTY,
                NativeMemory.EMPTY,
                NativeMemory.EMPTY,
                null,
                null,
                BlockChecks.NONE,
                SectionChecks.NONE);
    }

    @Override
    public Snapshot view() {
        return new Snapshot(
                size, dimension, file.mapping(), norms, bits, codes, reduction, quantizer, checks, codeChecks);
    }

    @Override
    public void copyFrom(VectorSpace source, int[] slots, int count, boolean withLearned) {
        MappedVectorSpace from = (MappedVectorSpace) source;
        reserve(count);
        float[] vector = new float[dimension];
        for (int i = 0; i < count; i++) {
            from.read(slots[i], vector, 0);
            append(vector, 0);
        }
        if (!withLearned) {
            return;
        }
        if (from.reduction != null) {
            learned(from.reduction);
        }
        if (quantizer != null) {
            codes = NativeMemory.grow(codes, 0, count * codeSize + CodeKernel.SLACK);
            encoded = count;
            from.verify();
            for (int i = 0; i < count; i++) {
                MemorySegment.copy(from.codes, slots[i] * codeSize, codes, i * codeSize, codeSize);
            }
        }
    }

    @Override
    public void sync() {
        file.sync();
    }

    /** Gives back space that was reserved and closes the file. Views stay readable. */
    @Override
    public void close() {
        file.close();
    }

    /** Closes the file of a space that nobody appends to any more. Views stay readable. */
    public void seal() {
        file.seal();
    }

    /** What a reader sees. */
    record Snapshot(
            int slots,
            int dimension,
            MemorySegment rows,
            MemorySegment norms,
            MemorySegment bits,
            MemorySegment codes,
            @Nullable Reduction reduction,
            @Nullable TwoBitQuantizer quantizer,
            BlockChecks checks,
            SectionChecks codeChecks)
            implements View {
        @Override
        public boolean coded() {
            return quantizer != null;
        }

        @Override
        public void read(int slot, float[] into, int offset) {
            if (checks.pending()) {
                checks.require(rows, 4L * dimension * slot, 4L * dimension * (slot + 1));
            }
            VectorFile.read(rows, slot, into, offset, dimension);
        }

        /** Verifies the blocks of all these rows that were not yet. */
        void require(int[] which, int count) {
            if (checks.pending()) {
                long row = 4L * dimension;
                for (int i = 0; i < count; i++) {
                    checks.require(rows, row * which[i], row * (which[i] + 1));
                }
            }
        }

        /** The codes, with those of all these rows verified. */
        MemorySegment codes(int[] which, int count, long size) {
            if (codeChecks.pending()) {
                codeChecks.require(codes, which, count, size);
            }
            return codes;
        }

        float norm(int slot) {
            return norms.get(FLOAT, 4L * slot);
        }
    }
}
