package io.velesdb.host;

/**
 * Port: append-only documents. One writer appends; any number of readers read positions that were published to them.
 */
public interface DocumentStore {
    /**
     * Makes sure that documents of {@code bytes} bytes in all, in {@code count} pieces, can be appended without
     * running out of space. Called before the change is journaled.
     *
     * @throws io.velesdb.VelesException VELES-011 when there is no space
     */
    void reserve(long bytes, int count);

    /** Appends one document and returns its position. */
    long append(byte[] bytes, int offset, int length);

    /**
     * The document at a position that {@link #append} returned.
     *
     * @throws io.velesdb.VelesException VELES-006 with file and offset when its checksum does not hold
     */
    byte[] read(long position);

    /** Bytes appended so far, framing included: what {@link Platform#openDocuments} gets back. */
    long length();

    /** Makes everything appended so far durable. */
    void sync();
}
