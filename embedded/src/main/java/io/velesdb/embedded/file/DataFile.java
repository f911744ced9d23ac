package io.velesdb.embedded.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** One open file. Thread-safe: positional reads and writes do not wait for each other. */
public interface DataFile extends Closeable {
    long size() throws IOException;

    /**
     * Reads until {@code into} is full.
     *
     * @throws java.io.EOFException when the file ends before that
     */
    void read(long position, ByteBuffer into) throws IOException;

    /**
     * Writes all of {@code from}, extending the file where needed. When it fails, any part may have been written.
     */
    void write(long position, ByteBuffer from) throws IOException;

    /** Cuts or extends (with a hole of zeros, which takes no space) the file to {@code size} bytes. */
    void truncate(long size) throws IOException;

    /**
     * Makes content and length durable. When it fails, nothing written since the last success is known to be durable,
     * and never will be: the operating system reports a lost write once and then forgets it. So once a sync has failed,
     * all later ones of this open file fail too.
     */
    void sync() throws IOException;

    /**
     * Maps bytes that exist. A shared mapping is read-only and sees later {@link #write}s of this file; a private one
     * may be written to in memory, which never reaches the file. The address of the first byte is aligned like
     * {@code offset}, up to 4096. Unmapped when the garbage collector finds it unreachable.
     *
     * @throws java.io.EOFException when the file ends before {@code offset + length}
     */
    MemorySegment map(long offset, long length, boolean privateCopy) throws IOException;
}
