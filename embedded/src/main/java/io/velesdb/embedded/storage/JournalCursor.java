package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.JournalFormat.RecordHeader;
import io.velesdb.embedded.storage.JournalFormat.Salt;
import io.velesdb.journal.Change;
import io.velesdb.journal.ChangeCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads durable records of an open journal in order, out of its files: nothing is kept in memory for whoever is slow. For
 * one thread at a time.
 */
public final class JournalCursor implements Closeable {
    private final FileSystem files;
    private final WriteAheadLog log;
    private final ByteBuffer header =
            ByteBuffer.allocate(JournalFormat.RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private WriteAheadLog.@Nullable Place segment;
    private @Nullable DataFile file;
    private long position;
    private long next;

    JournalCursor(FileSystem files, WriteAheadLog log, long next) {
        this.files = files;
        this.log = log;
        this.next = next;
    }

    /** The number of the record that comes next. */
    public long nextLsn() {
        return next;
    }

    /**
     * The next record, or null when it is not durable yet.
     *
     * @param appliedLsn none after this one is handed out
     * @throws io.velesdb.VelesException VELES-026 when it was deleted, VELES-006 when it is damaged, VELES-011
     */
    public @Nullable Change next(long appliedLsn) {
        WriteAheadLog.Place place = log.placeOf(next);
        if (place == null || next > appliedLsn) {
            return null;
        }
        try {
            if (!place.equals(segment)) {
                close();
                open(place);
            }
            return read(place);
        } catch (IOException e) {
            // it may have been deleted since it was looked up
            if (!place.equals(log.placeOf(next))) {
                return next(appliedLsn);
            }
            throw StorageFailure.io("read the journal in", place.path(), e);
        }
    }

    private void open(WriteAheadLog.Place place) throws IOException {
        file = files.openReadOnly(place.path());
        segment = place;
        position = JournalFormat.SEGMENT_HEADER;
    }

    private Change read(WriteAheadLog.Place place) throws IOException {
        DataFile in = Objects.requireNonNull(file);
        Salt salt = new Salt(place.header().database(), place.header().number());
        while (true) {
            long left = in.size() - position;
            RecordHeader record = null;
            if (left >= JournalFormat.RECORD_HEADER) {
                in.read(position, header.clear());
                record = JournalFormat.decodeRecord(header, 0, salt);
            }
            if (record == null || record.lsn() > next || record.span() > left) {
                throw StorageFailure.damaged(place.path(), position, "record " + next + " cannot be read");
            }
            if (record.lsn() < next) {
                position += record.span();
                continue;
            }
            byte[] payload = new byte[record.length()];
            in.read(position + JournalFormat.RECORD_HEADER, ByteBuffer.wrap(payload));
            if (JournalFormat.checksum(payload, 0, payload.length) != record.payloadChecksum()) {
                throw StorageFailure.damaged(
                        place.path(), position, "the checksum of record " + next + " does not hold");
            }
            Change change = ChangeCodec.decode(next, payload);
            position += record.span();
            next++;
            return change;
        }
    }

    @Override
    public void close() {
        DataFile open = file;
        file = null;
        segment = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
