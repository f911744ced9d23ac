package io.velesdb.journal;

/** Port: a checkpoint being written, as named sections of bytes. Each section is written once. */
public interface CheckpointWriter {
    /** Writes one whole section from {@code bytes[0..length)}. */
    void section(String name, byte[] bytes, int length);
}
