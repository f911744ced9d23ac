package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A file read mostly forwards, through a window of bytes that moves along. Not thread-safe. */
final class FileWindow implements Closeable {
    private final DataFile file;
    private final long size;
    private final ByteBuffer window;
    private long start;

    FileWindow(FileSystem files, Path path) throws IOException {
        file = files.openReadOnly(path);
        try {
            size = file.size();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        window = ByteBuffer.allocate((int) Math.min(Math.max(size, 8), 1 << 20))
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
    }

    long size() {
        return size;
    }

    /** The window's bytes, in little-endian order; indexes come from {@link #at}. */
    ByteBuffer bytes() {
        return window;
    }

    /**
     * Moves the window over [position, position + length), which must lie in the file and be no more than a few KiB.
     *
     * @return the index of {@code position} in {@link #bytes}
     */
    int at(long position, int length) throws IOException {
        if (position < start || position + length > start + window.limit()) {
            window.clear().limit((int) Math.min(window.capacity(), size - position));
            start = position;
            file.read(position, window);
            window.rewind();
        }
        return (int) (position - start);
    }

    byte[] copy(long position, int length) throws IOException {
        byte[] copy = new byte[length];
        if (length <= window.capacity() / 4) {
            window.get(at(position, length), copy);
        } else {
            file.read(position, ByteBuffer.wrap(copy));
        }
        return copy;
    }

    /** The position behind the last byte from {@code position} on that is not zero, or {@code position}. */
    long endOfNonZero(long position) throws IOException {
        long end = position;
        for (long p = position; p < size; ) {
            if (size - p >= 8 && window.getLong(at(p, 8)) == 0) {
                p += 8;
                continue;
            }
            if (window.get(at(p, 1)) != 0) {
                end = p + 1;
            }
            p++;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
