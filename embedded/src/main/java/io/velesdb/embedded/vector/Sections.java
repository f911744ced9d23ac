package io.velesdb.embedded.vector;

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

    /** The same for what only guides a search: a large section is not verified. */
    static MemorySegment mapForWalks(CheckpointReader in, String name) {
        return in instanceof SegmentSections.Reader segments
                ? NativeMemory.plain(segments.mapForWalks(name))
                : copy(in, name);
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
