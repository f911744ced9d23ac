package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.JournalFormat.RecordHeader;
import io.velesdb.embedded.storage.JournalFormat.Salt;
import io.velesdb.embedded.storage.JournalFormat.SegmentHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * One segment of the journal, open for appending. Records gather in a buffer until {@link #flush}.
 *
 * <p>Where every record is synced, small ones land in zeros that were written ahead of them: a sync that need not make
 * a new length durable takes half the time. Not thread-safe.
 */
final class JournalSegment implements Closeable {
    private static final int BUFFER = 256 << 10;

    private final Path path;
    private final SegmentHeader header;
    private final Salt salt;
    private final DataFile file;
    private final int ahead;

    /** Encoded records between {@code flushed} and {@code end}. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    private long flushed;
    private long end;

    /** The file holds zeros from {@code flushed} to here. */
    private long fileSize;

    private JournalSegment(Path path, SegmentHeader header, DataFile file, int ahead, long end) {
        this.path = path;
        this.header = header;
        this.file = file;
        this.ahead = ahead;
        this.flushed = end;
        this.end = end;
        this.fileSize = end;
        this.salt = new Salt(header.database(), header.number());
    }

    /** A new segment, not durable yet. Whatever was under this path is gone. */
    static JournalSegment create(FileSystem files, Path path, SegmentHeader header) throws IOException {
        DataFile file = files.open(path);
        try {
            file.truncate(0);
            file.write(0, JournalFormat.encode(header));
            return new JournalSegment(path, header, file, 0, JournalFormat.SEGMENT_HEADER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * The segment under its final name.
     *
     * @param ahead zeros to write ahead at once. They are one more write of as many bytes, so only far smaller records
     *     use them
     */
    JournalSegment renamed(FileSystem files, Path name, int ahead) throws IOException {
        return new JournalSegment(name, header, files.open(name), ahead, end);
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    /** Where the next record goes. */
    long end() {
        return end;
    }

    /** Appends one record; when it fails, {@link #cut} before the next. */
    void append(long lsn, long durableLsn, byte[] payload, int length) throws IOException {
        long span = JournalFormat.span(length);
        if (span > buffer.remaining()) {
            flush();
        }
        int checksum = JournalFormat.checksum(payload, 0, length);
        JournalFormat.encode(new RecordHeader(length, lsn, durableLsn, checksum), salt, buffer);
        if (span <= buffer.capacity()) {
            buffer.put(payload, 0, length);
            pad();
            end += span;
            return;
        }
        long position = end;
        for (int taken = 0; taken < length || buffer.position() > 0; ) {
            int part = Math.min(length - taken, buffer.remaining() - 8);
            buffer.put(payload, taken, part);
            taken += part;
            if (taken == length) {
                pad();
            }
            int bytes = buffer.position();
            try {
                file.write(position, buffer.flip());
            } finally {
                buffer.clear();
            }
            position += bytes;
        }
        moveTo(position);
    }

    private void pad() {
        while ((buffer.position() & 7) != 0) {
            buffer.put((byte) 0);
        }
    }

    /** Gives everything appended to the operating system. */
    void flush() throws IOException {
        if (end == flushed) {
            return;
        }
        writeAhead();
        file.write(flushed, buffer.duplicate().flip());
        buffer.clear();
        moveTo(end);
    }

    private void moveTo(long position) {
        flushed = position;
        end = position;
        fileSize = Math.max(fileSize, position);
    }

    private void writeAhead() {
        if (end <= fileSize || end - flushed > ahead / 8) {
            return;
        }
        try {
            file.write(fileSize, ByteBuffer.allocate(ahead));
            fileSize += ahead;
        } catch (IOException e) {
            // A nearly full disk. The record itself may still find room; if not, its own write says so.
        }
    }

    /** Removes what failed appends and flushes left behind {@code goodEnd}, the end of the last record that counts. */
    void cut(long goodEnd) throws IOException {
        buffer.position((int) (goodEnd - flushed));
        end = goodEnd;
        file.truncate(flushed);
        fileSize = flushed;
    }

    /** Removes the last record, of which anything may have been flushed. */
    void takeBack(long start) throws IOException {
        if (start >= flushed) {
            buffer.position((int) (start - flushed));
            end = start;
            return;
        }
        buffer.clear();
        file.truncate(start);
        fileSize = start;
        flushed = start;
        end = start;
    }

    /** Makes everything flushed durable. */
    void sync() throws IOException {
        file.sync();
    }

    /** Gives back the zeros behind the last record. */
    void trim() throws IOException {
        if (fileSize > end) {
            file.truncate(end);
            fileSize = end;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
