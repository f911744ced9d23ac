package io.velesdb.embedded.file;

import java.lang.foreign.MemorySegment;

/**
 * What a checkpoint on a JVM offers beside {@link io.velesdb.journal.CheckpointReader} and {@link
 * io.velesdb.journal.CheckpointWriter}: sections that never pass through the heap, because they are large.
 */
public final class SegmentSections {
    private SegmentSections() {}

    /** A checkpoint that can hand out a section as mapped memory. */
    public interface Reader {
        /**
         * The bytes of one section, mapped privately: the caller may write to them, which never reaches the file.
         * Aligned to at least 64 bytes.
         *
         * @throws io.velesdb.VelesException VELES-006 with file and offset when it is missing or damaged
         */
        MemorySegment mapPrivate(String section);

        /**
         * The same for a section that guides searches: a large one is not verified yet, so that opening does not read all
         * of it. Whoever reads or writes its bytes verifies them before, by its {@link Walked#checks}.
         */
        Walked mapForWalks(String section);
    }

    /**
     * A section that guides searches.
     *
     * @param bytes mapped privately
     * @param checks what is left to verify of them
     */
    public record Walked(MemorySegment bytes, SectionChecks checks) {}

    /** A checkpoint that can be given a section from memory outside the heap. */
    public interface Writer {
        /** Writes one whole section from the first {@code length} bytes. */
        void section(String name, MemorySegment bytes, long length);
    }
}
