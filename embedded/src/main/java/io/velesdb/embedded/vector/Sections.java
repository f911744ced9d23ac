package io.velesdb.embedded.vector;

import io.velesdb.embedded.file.SectionChecks;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sections as memory outside the heap: mapped where the checkpoint can, copied where it cannot. */
final class Sections {
    private Sections() {}

    /** A section's bytes, writable; writes never reach the file. */
    static MemorySegment map(CheckpointReader in, String name) {
        return in instanceof SegmentSections.Reader segments
                ? NativeMemory.plain(segments.mapPrivate(name))
                : copy(in, name);
    }

    /** The same for what guides searches: a large section is left to be verified as it is used. */
    static SegmentSections.Walked mapForWalks(CheckpointReader in, String name) {
        if (in instanceof SegmentSections.Reader segments) {
            SegmentSections.Walked walked = segments.mapForWalks(name);
            return new SegmentSections.Walked(NativeMemory.plain(walked.bytes()), walked.checks());
        }
        return new SegmentSections.Walked(copy(in, name), SectionChecks.NONE);
    }

    private static MemorySegment copy(CheckpointReader in, String name) {
        byte[] bytes = in.section(name);
        MemorySegment copy = NativeMemory.allocate(bytes.length);
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy;
    }

    /** Writes the first {@code length} bytes as a section. */
    static void write(CheckpointWriter out, String name, MemorySegment bytes, long length) {
        if (out instanceof SegmentSections.Writer segments) {
            segments.section(name, bytes, length);
            return;
        }
        byte[] copy = new byte[Math.toIntExact(length)];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
        out.section(name, copy, copy.length);
    }
}
