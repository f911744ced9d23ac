package io.velesdb.journal;

/** Port: a checkpoint being read. Every section was verified against its checksum before it is handed out. */
public interface CheckpointReader {
    boolean has(String name);

    /**
     * The bytes of one section.
     *
     * @throws io.velesdb.VelesException VELES-006 with file and offset when it is missing or damaged
     */
    byte[] section(String name);
}
