package io.velesdb.embedder;

import java.util.List;

/**
 * Turns text into vectors of one model. Vectors of different models must not be mixed in one collection: compare {@link
 * #model()} before you write into an existing one.
 *
 * <p>Implementations are safe for use by many threads. All methods throw {@link io.velesdb.VelesException}: {@code
 * VELES-010} for a blank text, {@code VELES-011} when the model or the service fails, {@code VELES-012} when a service's
 * answer cannot be read, {@code VELES-009} for a wrong configuration.
 */
public interface Embedder extends AutoCloseable {
    /** The number of components of every vector. */
    int dimension();

    /** The name of the model, for example {@code all-MiniLM-L6-v2}. */
    String model();

    /** The vector of one text, of unit length, in a fresh array. */
    float[] embed(String text);

    /**
     * The vectors of many texts, in their order; an empty list for an empty list. The same bits as {@link #embed} for each
     * of them, but faster than one call after the other. If one text fails, the whole call fails.
     */
    List<float[]> embedAll(List<String> texts);

    /** Frees the model or the connections; calls after this fail. Closing twice is harmless. */
    @Override
    void close();
}
