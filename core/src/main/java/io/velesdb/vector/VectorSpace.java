package io.velesdb.vector;

import io.velesdb.host.Concurrency;
import io.velesdb.journal.CheckpointWriter;

/**
 * Port: where the vectors of one collection live and how they are scored in bulk. Slots are appended in order and never
 * change. One writer calls the methods of this interface; any number of readers score and read slots through a {@link
 * View} that was published to them.
 *
 * <p>Scores are bit-identical on every host: the shapes of the sums are those of {@link ScalarKernels}, the codes those
 * of {@link TwoBitQuantizer}.
 */
public interface VectorSpace {
    int dimension();

    Metric metric();

    /** The number of slots appended so far. */
    int size();

    /**
     * Makes sure that {@code count} more vectors can be appended without running out of space. Called before the
     * change is journaled.
     *
     * @throws io.velesdb.VelesException VELES-011 when there is no space
     */
    void reserve(int count);

    /** Appends the vector at {@code from[offset..offset+dimension)} and returns its slot. */
    int append(float[] from, int offset);

    /** Copies the exact vector of a slot, the bits that were appended. For the writer; readers use {@link View#read}. */
    void read(int slot, float[] into, int offset);

    /** True when scorers of the kinds CODE and COARSE can be made once the space is trained. */
    boolean coded();

    /** From now on the space makes no codes: what walks on it walks on exact vectors, or brings its own codes. */
    void withoutCodes();

    /** The numbers of slots, ascending, at which {@link #train} is to be called; the graph begins at the first of them. */
    default int[] trainings() {
        return new int[] {1_500, 10_000, 100_000};
    }

    /**
     * Learns the codes anew from the first {@code slots} vectors and makes the codes of all of them. Views taken before
     * keep the codes they had. Does nothing in a space that is not {@link #coded}.
     */
    void train(int slots, Concurrency concurrency);

    /** Makes the codes of the slots [from, to) with what {@link #train} learned; does nothing where nothing was. */
    void encode(int from, int to, Concurrency concurrency);

    /**
     * Verifies the codes that opening left to be verified as they are used.
     *
     * @throws io.velesdb.VelesException VELES-008 when they are damaged
     */
    default void verify() {}

    /**
     * Verifies the vectors that opening left to be verified as they are read, where they are not so many that it takes long.
     *
     * @throws io.velesdb.VelesException VELES-006 when they are damaged
     */
    default void verifyVectors() {}

    /** A scorer for one thread. */
    Scorer newScorer(Scorer.Kind kind);

    /** What is appended and encoded up to now, unmoved by anything the writer does later. */
    View view();

    /**
     * Appends the vectors of {@code slots[0..count)} of another space of the same host. This space must be empty, of the
     * same dimension and metric.
     *
     * @param learned whether what {@link #train} learned there, and the codes, come with them
     */
    void copyFrom(VectorSpace source, int[] slots, int count, boolean learned);

    /** Makes every vector durable that a {@link #view} has shown. May run beside the writer. */
    void sync();

    /** Writes what beside the vectors is needed to open this space again, as sections starting with {@code prefix}. */
    void save(CheckpointWriter out, String prefix);

    /** A published state of a space. Immutable; safe for any thread. */
    interface View {
        /** The number of slots that may be scored and read. */
        int slots();

        /** True when scorers of the kinds CODE and COARSE may be attached. */
        boolean coded();

        /** Copies the exact vector of a slot, the bits that were appended. */
        void read(int slot, float[] into, int offset);
    }
}
