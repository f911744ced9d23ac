package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.FLOAT;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.IoFailure;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The file of one collection's vectors: rows of little-endian floats and nothing else. It is written with plain writes and
 * read through a shared mapping. The file is longer than its rows: its tail is a hole that the mapping already covers, and
 * the part of it that the next writes will reach was filled with zeros, so that a full disk shows up while room is
 * reserved, not when a mapped page is touched. One writer.
 */
final class VectorFile {
    private static final long STEP = 1 << 20;
    private static final int BUFFER = 1 << 18;

    private final DataFile file;
    private final String name;
    private final int dimension;
    private final long size;
    private final ByteBuffer pending;
    private MemorySegment mapping;
    private long length;
    private long reserved;
    private long written;

    private VectorFile(DataFile file, String name, int dimension, long used) throws IOException {
        this.file = file;
        this.name = name;
        this.dimension = dimension;
        size = 4L * dimension;
        pending = ByteBuffer.allocateDirect((int) Math.max(size, BUFFER / size * size))
                .order(ByteOrder.LITTLE_ENDIAN);
        written = used;
        reserved = used;
        length = used;
        mapping = used == 0 ? NativeMemory.EMPTY : NativeMemory.plain(PageAdvice.random(file.map(0, used, false)));
    }

    /** The first {@code slots} rows of a file; what lies behind them is cut off. */
    static VectorFile open(DataFile file, String name, int dimension, int slots) {
        long used = 4L * dimension * slots;
        try {
            long found = file.size();
            if (found < used) {
                throw new VelesException(
                        ErrorCode.STORAGE,
                        name + " ends at byte " + found + ", expected " + used + ": restore the folder from a backup");
            }
            if (found > used) {
                file.truncate(used);
            }
            return new VectorFile(file, name, dimension, used);
        } catch (IOException e) {
            throw IoFailure.of("open the vectors", name, e);
        }
    }

    String name() {
        return name;
    }

    /** The mapping of at least all rows appended; later appends may need a new one. */
    MemorySegment mapping() {
        flush();
        return mapping;
    }

    /** Makes sure that {@code count} more rows fit on the disk. */
    void reserve(int count) {
        reserveBytes(written + pending.position() + count * size);
    }

    private void reserveBytes(long needed) {
        if (needed <= reserved) {
            return;
        }
        try {
            if (needed > length) {
                long target = Math.max(needed, length + (length >> 2));
                long grown = (target + STEP - 1) / STEP * STEP;
                file.truncate(grown);
                mapping = NativeMemory.plain(PageAdvice.random(file.map(0, grown, false)));
                length = grown;
            }
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) STEP);
            while (reserved < needed) {
                // up to the next whole step, never over rows that are there
                long end = Math.min(length, (reserved / STEP + 1) * STEP);
                file.write(reserved, zeros.clear().limit((int) (end - reserved)));
                reserved = end;
            }
        } catch (IOException e) {
            throw IoFailure.of("reserve space up to byte " + needed + " for vectors in", name, e);
        }
    }

    /** Appends a row; it reaches the file with the next {@link #flush}. */
    void append(float[] from, int offset) {
        if (pending.remaining() < size) {
            flush();
        }
        for (int j = 0; j < dimension; j++) {
            pending.putFloat(from[offset + j]);
        }
    }

    /** Writes what was appended. */
    void flush() {
        if (pending.position() == 0) {
            return;
        }
        long end = written + pending.position();
        reserveBytes(end);
        try {
            file.write(written, pending.duplicate().flip());
        } catch (IOException e) {
            // what is pending stays: forgotten rows would let all later ones land in the wrong place
            throw IoFailure.of("write vectors at byte " + written + " of", name, e);
        }
        written = end;
        pending.clear();
    }

    /** Copies a row out of a mapping of this file. */
    static void read(MemorySegment mapping, int slot, float[] into, int offset, int dimension) {
        MemorySegment.copy(mapping, FLOAT, 4L * dimension * slot, into, offset, dimension);
    }

    /** Makes the rows durable that were flushed. Any thread may call it: it leaves alone what the writer is filling. */
    void sync() {
        try {
            file.sync();
        } catch (IOException e) {
            throw IoFailure.of("sync the vectors", name, e);
        }
    }

    /** Gives back what was reserved and closes the file. Mappings of its rows stay good. */
    void close() {
        try (file) {
            flush();
            file.truncate(written);
        } catch (IOException e) {
            throw IoFailure.of("close the vectors", name, e);
        }
    }

    /** Closes the file without giving anything back. Mappings of its rows stay good. */
    void seal() {
        try {
            file.close();
        } catch (IOException e) {
            throw IoFailure.of("close the vectors", name, e);
        }
    }
}
