package io.velesdb.vector;

import io.velesdb.journal.CheckpointWriter;

/**
 * Port: where the vectors of one collection live and how they are scored in bulk. Slots are appended in order and never
 * change. One writer appends; any number of readers score slots that were published to them.
 *
 * <p>Scores are bit-identical on every host: the shapes of the sums are those of {@link ScalarKernels}.
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

    /** Copies the exact vector of a slot, the bits that were appended. */
    void read(int slot, float[] into, int offset);

    /** Makes every appended vector durable. */
    void sync();

    /** Writes what beside the vectors is needed to open this space again, as sections starting with {@code prefix}. */
    void save(CheckpointWriter out, String prefix);
}
