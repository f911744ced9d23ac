package io.velesdb.vector.quantize;

import io.velesdb.ErrorCode;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.host.Concurrency;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.Metric;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A vector space that is walked on the codes of a storage mode. Another space keeps the vectors and scores them exactly; it
 * makes no codes of its own. See {@link VectorSpace} for the rules of threads.
 *
 * <p>{@code sq8} and {@code binary} learn what they need (a centre, a radius) whenever the index asks; {@code pq} and
 * {@code rabitq} wait for {@link Quantization#threshold} vectors, or for {@link #trained}. Under the Hamming metric there
 * are no codes in any mode: the exact space's bits are that already. So it is where a code would not be half as long as the
 * vector.
 */
public final class QuantizedVectorSpace implements VectorSpace {
    private static final int FORMAT = 1;
    private static final int GRAIN = 64;

    private final VectorSpace exact;
    private final StorageMode mode;
    private final Quantization settings;
    private final CodeHost host;
    private @Nullable Codec codec;
    private @Nullable CodeRows rows;

    /** Rows that say more than those that a walk reads; null where the codec has none. */
    private @Nullable CodeRows fineRows;

    /** The slots that the present codes were learned from by themselves; 0: unknown. */
    private int trainedAt;

    /** Rows [0, encoded) have codes. */
    private int encoded;

    private QuantizedVectorSpace(VectorSpace exact, StorageMode mode, Quantization settings, CodeHost host) {
        this.exact = exact;
        this.mode = mode;
        this.settings = settings;
        this.host = host;
        exact.withoutCodes();
    }

    /** A space over an exact one, without codes yet. In mode {@code full} that one itself. */
    public static VectorSpace over(VectorSpace exact, StorageMode mode, Quantization settings, CodeHost host) {
        return mode == StorageMode.FULL ? exact : new QuantizedVectorSpace(exact, mode, settings, host);
    }

    /**
     * The space that {@link #save} wrote, over the exact one that was saved with it. A checkpoint from which the codes were
     * set aside gives one without codes.
     *
     * @throws io.velesdb.VelesException VELES-006 when a section does not fit
     */
    public static VectorSpace open(
            VectorSpace exact,
            StorageMode mode,
            Quantization settings,
            CodeHost host,
            CheckpointReader in,
            String prefix) {
        if (mode == StorageMode.FULL) {
            return exact;
        }
        QuantizedVectorSpace space = new QuantizedVectorSpace(exact, mode, settings, host);
        if (in.has(prefix + "quantizer")) {
            space.load(in, prefix);
        }
        return space;
    }

    private void load(CheckpointReader in, String prefix) {
        BinaryReader head = new BinaryReader(in.section(prefix + "quantizer"), ErrorCode.STORAGE, prefix + "quantizer");
        int format = head.readUnsignedByte();
        String saved = head.readString();
        if (format != FORMAT || !saved.equals(mode.canonicalName())) {
            throw head.damaged("format " + format + ", mode " + saved + ", expected " + mode.canonicalName());
        }
        if (head.readBoolean()) {
            Codec read = switch (mode) {
                case PQ ->
                    WalkedCodec.read(
                            host,
                            head,
                            metric(),
                            dimension(),
                            () -> ProductCodec.read(host, head, metric(), dimension()));
                case SQ8 ->
                    WalkedCodec.read(
                            host,
                            head,
                            metric(),
                            dimension(),
                            () -> PlaneCodec.read(host, head, metric(), dimension()));
                default -> PlaneCodec.read(host, head, metric(), dimension());
            };
            encoded = head.readVarInt();
            if (encoded < 0 || encoded > size()) {
                throw head.damaged(encoded + " codes for " + size() + " vectors");
            }
            codec = read;
            rows = host.openCodes(in, prefix + "quantized", read.stride(), encoded);
            if (read.fineStride() > 0) {
                fineRows = host.openCodes(in, prefix + "quantized-fine", read.fineStride(), encoded);
            }
        }
        head.expectEnd();
    }

    @Override
    public void save(CheckpointWriter out, String prefix) {
        exact.save(out, prefix);
        BinaryWriter head = new BinaryWriter();
        head.writeByte(FORMAT).writeString(mode.canonicalName()).writeBoolean(codec != null);
        if (codec != null && rows != null) {
            codec.write(head);
            head.writeVarInt(encoded);
            rows.save(out, prefix + "quantized", encoded);
            if (fineRows != null) {
                fineRows.save(out, prefix + "quantized-fine", encoded);
            }
        }
        out.section(prefix + "quantizer", head.array(), head.length());
    }

    /**
     * A space over the same vectors with codes that are learned now.
     *
     * @param slots what to learn from, ascending, not empty
     */
    public static QuantizedVectorSpace trained(
            VectorSpace space,
            StorageMode mode,
            Quantization settings,
            int[] slots,
            CodeHost host,
            Concurrency concurrency) {
        VectorSpace exact = space instanceof QuantizedVectorSpace quantized ? quantized.exact : space;
        QuantizedVectorSpace trained = new QuantizedVectorSpace(exact, mode, settings, host);
        trained.learn(slots, concurrency);
        trained.encode(0, exact.size(), concurrency);
        return trained;
    }

    /** True when vectors like these get codes in this mode. */
    static boolean covers(StorageMode mode, Quantization settings, Metric metric, int dimension) {
        if (!Reduction.covers(metric)) {
            return false;
        }
        int length = Reduction.length(metric, dimension);
        int words = switch (mode) {
            case FULL -> Integer.MAX_VALUE / Long.BYTES;
            case SQ8 -> PlaneCodec.stride(length, 8);
            case BINARY -> PlaneCodec.stride(length, 1);
            case RABITQ -> PlaneCodec.stride(length, settings.bits());
            case PQ -> (settings.partsFor(dimension) + 7) >> 3;
        };
        return words * Long.BYTES <= 2 * dimension;
    }

    private boolean covered() {
        return covers(mode, settings, metric(), dimension());
    }

    /** The most vectors that learning the codes of a mode looks at. */
    public static int mostSampled(StorageMode mode, Quantization settings) {
        return settings.sample() > 0
                ? settings.sample()
                : mode == StorageMode.PQ
                        ? ProductTraining.SAMPLE_PER_CENTROID * settings.centroids()
                        : Integer.MAX_VALUE;
    }

    private void learn(int[] slots, Concurrency concurrency) {
        if (!covered()) {
            return;
        }
        int[] chosen = Sample.of(slots.length, mostSampled(mode, settings), settings.seed());
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = slots[chosen[i]];
        }
        Reduction reduction = Reduction.learn(exact, chosen);
        Codec learned = switch (mode) {
            case SQ8 -> WalkedCodec.over(host, PlaneCodec.sq8(host, reduction), settings.seed());
            case BINARY -> PlaneCodec.binary(host, reduction);
            case RABITQ -> PlaneCodec.rabitq(host, reduction, settings.bits(), settings.seed());
            case PQ ->
                WalkedCodec.over(
                        host,
                        ProductTraining.learn(host, exact, reduction, chosen, settings, concurrency),
                        settings.seed());
            case FULL -> throw new IllegalStateException("full has no codes");
        };
        use(learned);
        encoded = 0;
    }

    private void use(Codec chosen) {
        codec = chosen;
        rows = host.createCodes(chosen.stride());
        fineRows = chosen.fineStride() == 0 ? null : host.createCodes(chosen.fineStride());
    }

    /** The exact space learns what the metric needs; the codes are learned when it is their time. */
    @Override
    public void train(int slots, Concurrency concurrency) {
        exact.train(slots, concurrency);
        if (settings.explicit()) {
            encode(encoded, slots, concurrency);
            return;
        }
        boolean due = !mode.isTrained() || settings.threshold() > 0 && slots >= settings.threshold();
        if (due && trainedAt != slots) {
            trainedAt = slots;
            learn(Sample.of(slots, slots, 0), concurrency);
            encode(0, slots, concurrency);
        }
    }

    @Override
    public int[] trainings() {
        int[] usual = exact.trainings();
        int threshold = settings.threshold();
        if (!mode.isTrained() || threshold <= usual[0] || Arrays.binarySearch(usual, threshold) >= 0) {
            return usual;
        }
        int[] all = Arrays.copyOf(usual, usual.length + 1);
        all[usual.length] = threshold;
        Arrays.sort(all);
        return all;
    }

    @Override
    public void encode(int from, int to, Concurrency concurrency) {
        Codec with = codec;
        CodeRows into = rows;
        if (with == null || into == null || from >= to) {
            return;
        }
        into.ensure(to);
        CodeRows fine = fineRows;
        if (fine != null) {
            fine.ensure(to);
        }
        encoded = Math.max(encoded, to);
        Codec.@Nullable Encoder[] encoders = new Codec.Encoder[concurrency.workers()];
        View view = exact.view();
        concurrency.forEach(to - from, GRAIN, (worker, a, b) -> {
            Codec.Encoder encoder = encoders[worker];
            if (encoder == null) {
                encoder = with.newEncoder();
                encoders[worker] = encoder;
            }
            float[] vector = new float[exact.dimension()];
            long[] row = new long[with.stride()];
            long[] fineRow = new long[with.fineStride()];
            for (int slot = from + a; slot < from + b; slot++) {
                view.read(slot, vector, 0);
                encoder.encode(vector, row);
                into.write(slot, row);
                if (fine != null) {
                    encoder.encodeFine(vector, fineRow);
                    fine.write(slot, fineRow);
                }
            }
        });
    }

    @Override
    public int dimension() {
        return exact.dimension();
    }

    @Override
    public Metric metric() {
        return exact.metric();
    }

    @Override
    public int size() {
        return exact.size();
    }

    @Override
    public void verify() {
        exact.verify();
        if (rows != null) {
            rows.verify();
        }
        if (fineRows != null) {
            fineRows.verify();
        }
    }

    @Override
    public void verifyVectors() {
        exact.verifyVectors();
    }

    @Override
    public void reserve(int count) {
        exact.reserve(count);
    }

    @Override
    public int append(float[] from, int offset) {
        return exact.append(from, offset);
    }

    @Override
    public void read(int slot, float[] into, int offset) {
        exact.read(slot, into, offset);
    }

    @Override
    public boolean coded() {
        return codec != null;
    }

    @Override
    public void withoutCodes() {
        codec = null;
        rows = null;
        fineRows = null;
    }

    @Override
    public Scorer newScorer(Scorer.Kind kind) {
        return switch (kind) {
            case EXACT, GRAPH -> new Exact(exact.newScorer(kind));
            case CODE, COARSE -> new Coded(exact.dimension());
        };
    }

    @Override
    public View view() {
        return new Snapshot(
                exact.view(), codec, rows == null ? null : rows.view(), fineRows == null ? null : fineRows.view());
    }

    @Override
    public void copyFrom(VectorSpace source, int[] slots, int count, boolean learned) {
        QuantizedVectorSpace from = (QuantizedVectorSpace) source;
        exact.copyFrom(from.exact, slots, count, learned);
        Codec taken = from.codec;
        CodeRows old = from.rows;
        if (taken == null || old == null || !learned && !settings.explicit()) {
            return;
        }
        // below the size of a graph, rows that came after an explicit training wait for their codes
        int coded = 0;
        while (coded < count && slots[coded] < from.encoded) {
            coded++;
        }
        use(taken);
        copy(old, slots, coded, Objects.requireNonNull(rows));
        if (from.fineRows != null && fineRows != null) {
            copy(from.fineRows, slots, coded, fineRows);
        }
        encoded = coded;
    }

    private static void copy(CodeRows from, int[] slots, int count, CodeRows to) {
        to.ensure(count);
        long[] row = new long[from.stride()];
        for (int i = 0; i < count; i++) {
            from.read(slots[i], row);
            to.write(i, row);
        }
    }

    @Override
    public void sync() {
        exact.sync();
    }

    private record Snapshot(
            View exact, @Nullable Codec codec, CodeRows.@Nullable View rows, CodeRows.@Nullable View fine)
            implements View {
        @Override
        public int slots() {
            return exact.slots();
        }

        @Override
        public boolean coded() {
            return codec != null;
        }

        @Override
        public void read(int slot, float[] into, int offset) {
            exact.read(slot, into, offset);
        }
    }

    /** A scorer of the exact space, attached to its part of the view. */
    private static final class Exact extends Scorer {
        private final Scorer scorer;

        Exact(Scorer scorer) {
            this.scorer = scorer;
        }

        @Override
        public void attach(View view) {
            scorer.attach(((Snapshot) view).exact());
        }

        @Override
        public void query(float[] vector, int offset) {
            scorer.query(vector, offset);
        }

        @Override
        public void query(int slot) {
            scorer.query(slot);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            scorer.score(slots, count, out);
        }
    }

    /** Estimates from codes. */
    private static final class Coded extends Scorer {
        private final float[] vector;
        private @Nullable Snapshot view;
        private Codec.@Nullable Query query;

        Coded(int dimension) {
            vector = new float[dimension];
        }

        @SuppressWarnings("ReferenceEquality") // another training is another object
        @Override
        public void attach(View attached) {
            Snapshot next = (Snapshot) attached;
            Codec codec = next.codec();
            if (codec != null && (query == null || query.codec() != codec)) {
                query = codec.newQuery();
            }
            view = next;
        }

        private Codec.Query query() {
            return Objects.requireNonNull(query, "the space was not trained");
        }

        private Snapshot view() {
            return Objects.requireNonNull(view, "no view is attached");
        }

        @Override
        public void query(float[] from, int offset) {
            System.arraycopy(from, offset, vector, 0, vector.length);
            query().prepare(vector);
        }

        @Override
        public void query(int slot) {
            view().read(slot, vector, 0);
            query().prepareRow(vector);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            query().score(Objects.requireNonNull(view().rows()), slots, count, out);
        }

        @Override
        public void refine(int[] slots, int count, float[] out) {
            CodeRows.View fine = view().fine();
            query().scoreAll(fine == null ? Objects.requireNonNull(view().rows()) : fine, slots, count, out);
        }

        @Override
        public boolean refines() {
            return query().refines();
        }

        @Override
        public float refinedDeviation() {
            return query().fineDeviation();
        }

        @Override
        public float deviation() {
            return query().deviation();
        }

        @Override
        public float noise() {
            return query().noise();
        }

        @Override
        public float estimateOf(float key) {
            return query().estimateOf(key);
        }

        @Override
        public float keyOf(float estimate) {
            return query().keyOf(estimate);
        }
    }
}
