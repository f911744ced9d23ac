package io.velesdb.embedded.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** One open file. Positional reads and writes are thread-safe. */
public interface DataFile extends Closeable {
    long size() throws IOException;

    /** Reads until {@code into} is full; at the end of the file it fails with {@link java.io.EOFException}. */
    void read(long position, ByteBuffer into) throws IOException;

    /** Writes all of {@code from}, extending the file where needed. */
    void write(long position, ByteBuffer from) throws IOException;

    /** Cuts or extends (with a hole) the file to {@code size} bytes. */
    void truncate(long size) throws IOException;

    /** Makes content and length durable. */
    void sync() throws IOException;

    /**
     * Maps bytes that exist. A shared mapping sees later {@link #write}s of this file; a private one may be written to
     * in memory, which never reaches the file. Unmapped when the garbage collector finds it unreachable.
     */
    MemorySegment map(long offset, long length, boolean privateCopy) throws IOException;
}
