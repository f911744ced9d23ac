package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.DataFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads a growing file through mapped windows of a fixed size, of which only the last is mapped anew as the file grows:
 * the address space in use stays a small multiple of the file. One thread extends, any number read what they were told
 * is there.
 */
final class MappedTail {
    private static final int WINDOW_BITS = 23;
    private static final long WINDOW = 1L << WINDOW_BITS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private record Windows(MemorySegment[] segments, long size) {}

    private final DataFile file;
    private volatile Windows windows = new Windows(new MemorySegment[0], 0);

    MappedTail(DataFile file) {
        this.file = file;
    }

    /** Makes [0, size) readable; the file must be that long. */
    void cover(long size) throws IOException {
        Windows old = windows;
        int count = Math.toIntExact((size + WINDOW - 1) >>> WINDOW_BITS);
        MemorySegment[] segments = Arrays.copyOf(old.segments, count);
        for (int i = Math.max(0, old.segments.length - 1); i < count; i++) {
            long start = (long) i << WINDOW_BITS;
            segments[i] = file.map(start, Math.min(WINDOW, size - start), false);
        }
        windows = new Windows(segments, size);
    }

    /** The bytes that can be read. */
    long size() {
        return windows.size;
    }

    int readInt(long position) throws IOException {
        MemorySegment[] segments = windows.segments;
        MemorySegment window = segments[(int) (position >>> WINDOW_BITS)];
        long offset = position & WINDOW - 1;
        if (offset <= window.byteSize() - 4) {
            return window.get(INT, offset);
        }
        byte[] bytes = new byte[Integer.BYTES];
        read(position, bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    }

    /** Reads what is covered, which needs the file itself no more. */
    void read(long position, byte[] into) throws IOException {
        MemorySegment[] segments = windows.segments;
        int done = 0;
        while (done < into.length) {
            long at = position + done;
            int index = (int) (at >>> WINDOW_BITS);
            long offset = at & WINDOW - 1;
            if (index >= segments.length || offset >= segments[index].byteSize()) {
                throw new EOFException("byte " + at + " lies behind the end");
            }
            int part = (int) Math.min(into.length - done, segments[index].byteSize() - offset);
            MemorySegment.copy(segments[index], ValueLayout.JAVA_BYTE, offset, into, done, part);
            done += part;
        }
    }
}
