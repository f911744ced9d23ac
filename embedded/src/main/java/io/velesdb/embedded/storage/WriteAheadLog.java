package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.JournalFormat.SegmentHeader;
import io.velesdb.journal.Journal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journal on disk: numbered records, appended and made durable in order. A record is what one group commit wrote.
 *
 * <p>A failed append leaves nothing behind and the next may try again; after a failed sync nobody knows what is durable,
 * so every later append fails until the database is opened again. Both are VELES-011.
 *
 * <p>Recovery never appends to a segment that an earlier process wrote. What it cannot prove to be durable it copies to
 * the head of a new segment, so that a later statement "all up to here is durable" is true whatever the system's page
 * cache showed. The copy takes effect by a rename.
 *
 * <p>Thread-safe; one lock around everything, so appends are expected from one thread at a time (the leader of a group
 * commit).
 */
public final class WriteAheadLog implements Closeable {
    private static final int MOST_AHEAD = 1 << 20;

    private final FileSystem files;
    private final Path folder;
    private final UUID database;
    private final LogMode mode;
    private final long segmentBytes;

    /** Segments with records that are not durable, without the active one. Empty under {@link LogMode#FSYNC}. */
    private final List<JournalSegment> unsynced = new ArrayList<>();

    /** All segments on disk that count, oldest first. */
    private final List<Held> segments = new ArrayList<>();

    private long lastNumber;
    private long lastLsn;
    private volatile long durableLsn;

    /** Null until the first append, and after a segment could not be cut: then the next append begins a new one. */
    private @Nullable JournalSegment active;

    /** What recovery read and cannot prove durable, until a new segment holds it. */
    private @Nullable JournalReplay unproven;

    /** The first record that the live checkpoint does not hold. */
    private long neededFrom = 1;

    /** Bytes of segments before that which stay for those who read changes. */
    private long keptBytes;

    private @Nullable Throwable broken;

    /** Where the last record begins in the active segment; -1 when that is not known. */
    private long lastRecordAt = -1;

    private volatile boolean closed;

    private WriteAheadLog(FileSystem files, Path folder, UUID database, LogMode mode, long segmentBytes) {
        this.files = files;
        this.folder = folder;
        this.database = database;
        this.mode = mode;
        this.segmentBytes = segmentBytes;
    }

    /** A segment on disk. */
    private static final class Held {
        final SegmentHeader header;
        long bytes;

        Held(SegmentHeader header, long bytes) {
            this.header = header;
            this.bytes = bytes;
        }
    }

    /** Takes the records during {@link #recover}, in order. */
    @FunctionalInterface
    public interface RecordSink {
        void accept(long lsn, byte[] payload);
    }

    /**
     * Begins an empty journal whose first record has number 1. The folder must exist; it is durable on return.
     *
     * @param segmentBytes a new segment is begun when the present one is at least this long
     * @throws VelesException VELES-011
     */
    public static WriteAheadLog create(FileSystem files, Path folder, UUID database, LogMode mode, long segmentBytes) {
        WriteAheadLog log = new WriteAheadLog(files, folder, database, mode, segmentBytes);
        try {
            log.begin();
        } catch (IOException e) {
            throw StorageFailure.io("create the journal in", folder, e);
        }
        return log;
    }

    /**
     * Reads the journal from {@code startLsn} on and makes it ready for appending.
     *
     * @param startLsn the first record that the checkpoint does not hold
     * @param sink gets every intact record from there on
     * @throws VelesException VELES-006 when a record that was durable is damaged, with file and offset; VELES-011;
     *     VELES-036
     */
    public static Recovered recover(
            FileSystem files,
            Path folder,
            UUID database,
            LogMode mode,
            long segmentBytes,
            long startLsn,
            RecordSink sink) {
        WriteAheadLog log = new WriteAheadLog(files, folder, database, mode, segmentBytes);
        try {
            // A segment may have been renamed by a process that ended before it could make that durable.
            files.syncDirectory(folder);
            JournalReplay replay = JournalReplay.open(files, folder, database, startLsn);
            log.neededFrom = startLsn;
            replay.run(sink::accept);
            JournalReport report = replay.report();
            log.continueFrom(replay);
            return new Recovered(log, report);
        } catch (IOException e) {
            throw StorageFailure.io("read the journal in", folder, e);
        }
    }

    /** A journal ready for appending, and what was found in it. */
    public record Recovered(WriteAheadLog log, JournalReport report) {}

    private void continueFrom(JournalReplay replay) {
        // The obsolete ones go with the first deleteBelow: by then the checkpoint that replaces them is durable.
        Stream.concat(replay.obsolete().stream(), replay.segments().stream())
                .forEach(segment -> segments.add(new Held(segment.header(), segment.bytes())));
        lastNumber = replay.highestNumber();
        lastLsn = replay.lastLsn();
        durableLsn = replay.durableLsn();
        for (Path path : replay.leftovers()) {
            deleteQuietly(path);
        }
        if (replay.torn() || durableLsn < lastLsn) {
            unproven = replay;
            try {
                beginAfterRecovery(replay);
            } catch (IOException e) {
                // A full or read-only disk must not keep the data from being read; the first append tries again.
                active = null;
            }
        }
    }

    private void beginAfterRecovery(JournalReplay replay) throws IOException {
        long proven = replay.durableLsn();
        begin(
                proven + 1,
                lastLsn,
                segment ->
                        replay.again(proven, (lsn, payload) -> segment.append(lsn, lsn - 1, payload, payload.length)));
        durableLsn = lastLsn;
        unproven = null;
    }

    private interface Content {
        void writeTo(JournalSegment segment) throws IOException;
    }

    private void begin() throws IOException {
        begin(lastLsn + 1, durableLsn, segment -> {});
    }

    /**
     * Begins a segment. It appears under its name only when all its content is durable, so it is never read half.
     *
     * @param durable the last record that is durable once the segment is there
     */
    private void begin(long firstLsn, long durable, Content content) throws IOException {
        JournalSegment previous = active;
        lastRecordAt = -1;
        // From here on no append may go to the previous segment: the new one may exist and replace what follows.
        active = null;
        if (previous != null) {
            retire(previous);
        }
        SegmentHeader header = new SegmentHeader(++lastNumber, firstLsn, durable, database);
        Path path = folder.resolve(JournalFormat.fileName(header.number()));
        Path temporary = path.resolveSibling(path.getFileName() + JournalFormat.TEMPORARY);
        JournalSegment segment = JournalSegment.create(files, temporary, header);
        try (segment) {
            content.writeTo(segment);
            segment.flush();
            segment.sync();
        }
        files.rename(temporary, path);
        files.syncDirectory(folder);
        int ahead = mode == LogMode.FSYNC ? (int) Math.min(MOST_AHEAD, segmentBytes / 8) : 0;
        active = segment.renamed(files, path, ahead);
        while (!segments.isEmpty() && segments.getLast().header.firstLsn() >= firstLsn) {
            deleteQuietly(pathOf(segments.removeLast().header));
        }
        segments.add(new Held(header, segment.end()));
    }

    private void retire(JournalSegment previous) throws IOException {
        if (durableLsn < lastLsn) {
            unsynced.add(previous);
            previous.flush();
            previous.trim();
        } else {
            try (previous) {
                previous.trim();
            }
        }
    }

    /**
     * Appends one record and returns its number. Call {@link #commit} before acknowledging it.
     *
     * @throws VelesException VELES-011; the journal is then as it was before
     */
    public synchronized long append(byte[] payload, int length) {
        checkUsable();
        JournalSegment segment = null;
        long end = 0;
        try {
            segment = writable();
            end = segment.end();
            segment.append(lastLsn + 1, durableLsn, payload, length);
            if (mode != LogMode.NONE) {
                segment.flush();
            }
        } catch (IOException e) {
            undo(segment, end);
            throw StorageFailure.io("append to the journal in", folder, e);
        } catch (RuntimeException | Error e) {
            // No memory, no stack: what was begun of the record must go all the same, or the next would repeat its
            // number.
            undo(segment, end);
            throw e;
        }
        segments.getLast().bytes = segment.end();
        lastRecordAt = end;
        return ++lastLsn;
    }

    /**
     * Takes back the last record, durably. Nobody may have been told that it is there.
     *
     * @throws VelesException VELES-011, also when it is not the last one
     */
    public synchronized void takeBack(long lsn) {
        checkUsable();
        JournalSegment segment = active;
        if (segment == null || lsn != lastLsn || lastRecordAt < 0) {
            throw new VelesException(ErrorCode.IO, "record " + lsn + " of the journal cannot be taken back any more");
        }
        try {
            segment.takeBack(lastRecordAt);
            lastRecordAt = -1;
            lastLsn--;
            durableLsn = Math.min(durableLsn, lastLsn);
            segments.getLast().bytes = segment.end();
            segment.sync();
        } catch (IOException e) {
            broken = e;
            throw StorageFailure.io("take the last record back in", folder, e);
        }
    }

    private JournalSegment writable() throws IOException {
        if (unproven != null) {
            beginAfterRecovery(unproven);
        }
        JournalSegment segment = active;
        if (segment == null || segment.end() >= segmentBytes) {
            begin();
            segment = active;
        }
        if (segment == null) {
            throw new IllegalStateException("no segment after beginning one");
        }
        return segment;
    }

    private void undo(@Nullable JournalSegment segment, long end) {
        if (segment == null) {
            return;
        }
        try {
            segment.cut(end);
        } catch (IOException e) {
            // The rest of a record stays behind the last good one. A new segment says that it does not count.
            active = null;
            if (durableLsn < lastLsn) {
                unsynced.add(segment);
            } else {
                closeQuietly(segment);
            }
        }
    }

    /**
     * Makes everything appended as safe as the mode promises.
     *
     * @throws VelesException VELES-011; all later appends fail too
     */
    public synchronized void commit() {
        if (mode == LogMode.FSYNC) {
            sync();
        }
    }

    /**
     * Makes everything appended durable, in every mode.
     *
     * @throws VelesException VELES-011; when it was the sync that failed, all later appends fail too
     */
    public synchronized void sync() {
        checkUsable();
        if (durableLsn == lastLsn) {
            return;
        }
        try {
            if (unproven != null) {
                beginAfterRecovery(unproven);
            }
        } catch (IOException e) {
            throw StorageFailure.io("begin a journal segment in", folder, e);
        }
        try {
            for (JournalSegment segment : unsynced) {
                segment.flush();
            }
            if (active != null) {
                active.flush();
            }
        } catch (IOException e) {
            // Nothing is lost: what was not written is still in memory.
            throw StorageFailure.io("write to the journal in", folder, e);
        }
        try {
            while (!unsynced.isEmpty()) {
                JournalSegment segment = unsynced.getFirst();
                segment.sync();
                segment.close();
                unsynced.removeFirst();
            }
            if (active != null) {
                active.sync();
            }
            durableLsn = lastLsn;
        } catch (IOException e) {
            broken = e;
            throw StorageFailure.io("sync the journal in", folder, e);
        } catch (RuntimeException | Error e) {
            broken = e;
            throw e;
        }
    }

    /**
     * Begins a new segment, so that a checkpoint of the present state can start with it and {@link #deleteBelow} has
     * whole segments to delete. Returns the number of the next record.
     *
     * @throws VelesException VELES-011
     */
    public synchronized long rotate() {
        checkUsable();
        try {
            if (unproven != null) {
                beginAfterRecovery(unproven);
            }
            if (segments.getLast().header.firstLsn() <= lastLsn) {
                begin();
            }
        } catch (IOException e) {
            throw StorageFailure.io("begin a journal segment in", folder, e);
        }
        return lastLsn + 1;
    }

    /**
     * Deletes segments that hold only records below {@code lsn}. What cannot be deleted now goes at the next opening.
     *
     * @param lsn the first record that the durable checkpoint does not hold
     */
    public synchronized void deleteBelow(long lsn) {
        durableLsn = Math.max(durableLsn, Math.min(lsn - 1, lastLsn));
        neededFrom = lsn;
        for (int surplus = surplus(lsn); surplus > 0; surplus--) {
            Path path = pathOf(segments.removeFirst().header);
            unsynced.removeIf(segment -> {
                boolean same = segment.path().equals(path);
                if (same) {
                    closeQuietly(segment);
                }
                return same;
            });
            deleteQuietly(path);
        }
    }

    /**
     * A segment file as far as it counts.
     *
     * @param bytes its length without the room ahead of its last record
     */
    record Part(Path path, long bytes) {}

    /** What the journal holds at one moment: files that are not changed up to these lengths, only deleted. */
    record Extent(List<Part> parts, long lastNumber, long lastLsn) {}

    /**
     * The files with all records from {@code lsn} on; they may begin with earlier ones.
     *
     * @throws VelesException VELES-011
     */
    synchronized Extent extentFrom(long lsn) {
        checkUsable();
        try {
            if (unproven != null) {
                beginAfterRecovery(unproven);
            }
            for (JournalSegment segment : unsynced) {
                segment.flush();
            }
            if (active != null) {
                active.flush();
            }
        } catch (IOException e) {
            throw StorageFailure.io("write to the journal in", folder, e);
        }
        List<Part> parts = new ArrayList<>();
        long number = 0;
        for (int i = 0; i < segments.size(); i++) {
            Held segment = segments.get(i);
            boolean before =
                    i + 1 < segments.size() && segments.get(i + 1).header.firstLsn() <= lsn;
            if (!before && segment.header.firstLsn() <= lastLsn) {
                parts.add(new Part(pathOf(segment.header), segment.bytes));
                number = segment.header.number();
            }
        }
        return new Extent(parts, number, lastLsn);
    }

    /** Whether {@link #deleteBelow} of this record would delete nothing. */
    synchronized boolean isStartedAt(long lsn) {
        return surplus(lsn) == 0;
    }

    /** How many of the first segments hold only records below {@code lsn}, and more bytes than are to be kept. */
    private int surplus(long lsn) {
        int below = 0;
        long bytes = 0;
        while (below + 1 < segments.size() && segments.get(below + 1).header.firstLsn() <= lsn) {
            bytes += segments.get(below++).bytes;
        }
        int surplus = 0;
        while (surplus < below && bytes > keptBytes) {
            bytes -= segments.get(surplus++).bytes;
        }
        return surplus;
    }

    /** From now on {@link #deleteBelow} leaves the last segments up to so many bytes. */
    public synchronized void keep(long bytes) {
        keptBytes = bytes;
    }

    /** Whether nothing can be appended or read any more. */
    public boolean isClosed() {
        return closed;
    }

    /** A segment file in which a record is. */
    record Place(Path path, SegmentHeader header) {}

    /**
     * Where a record is; null when it is not durable yet.
     *
     * @throws VelesException VELES-026 when it was deleted, VELES-011 when the journal is closed
     */
    @Nullable
    Place placeOf(long lsn) {
        if (closed) {
            throw new VelesException(ErrorCode.IO, "the database is closed: open it again");
        }
        if (lsn > durableLsn) {
            return null;
        }
        synchronized (this) {
            for (int i = segments.size() - 1; i >= 0; i--) {
                SegmentHeader header = segments.get(i).header;
                if (header.firstLsn() <= lsn) {
                    return new Place(pathOf(header), header);
                }
            }
            throw Journal.gone(lsn, segments.getFirst().header.firstLsn());
        }
    }

    /**
     * Reads durable records from one on.
     *
     * @throws VelesException VELES-026 when it was deleted
     */
    public JournalCursor read(long lsn) {
        placeOf(lsn);
        return new JournalCursor(files, this, lsn);
    }

    /** The number of the last record, 0 when there was none yet. */
    public synchronized long lastLsn() {
        return lastLsn;
    }

    /** All records up to this one are durable. */
    public long durableLsn() {
        return durableLsn;
    }

    /** Bytes of all segments that recovery would have to read. */
    public synchronized long bytes() {
        long bytes = 0;
        for (int i = segments.size() - 1; i >= 0; i--) {
            bytes += segments.get(i).bytes;
            if (segments.get(i).header.firstLsn() <= neededFrom) {
                break;
            }
        }
        return bytes;
    }

    private void checkUsable() {
        if (broken != null) {
            throw new VelesException(
                    ErrorCode.IO,
                    "an earlier sync of the journal in " + folder + " failed (" + broken.getMessage()
                            + "), so writes are refused; check the disk and open the database again",
                    broken);
        }
        if (closed) {
            throw new VelesException(ErrorCode.IO, "the journal in " + folder + " is closed");
        }
    }

    private Path pathOf(SegmentHeader header) {
        return folder.resolve(JournalFormat.fileName(header.number()));
    }

    private void deleteQuietly(Path path) {
        try {
            files.delete(path);
        } catch (IOException e) {
            // It takes space and nothing else; the next opening deletes it.
        }
    }

    private static void closeQuietly(JournalSegment segment) {
        try {
            segment.close();
        } catch (IOException e) {
            // Nothing in it is needed any more.
        }
    }

    /**
     * Makes everything appended durable.
     *
     * @throws VelesException VELES-011 when that fails, or failed before for writes that were acknowledged (which takes a
     *     mode other than FSYNC); the files are closed all the same
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            if (broken != null && mode != LogMode.FSYNC && durableLsn < lastLsn) {
                checkUsable();
            }
            if (broken == null && unproven == null) {
                sync();
                if (active != null) {
                    active.trim();
                }
            }
        } catch (IOException e) {
            throw StorageFailure.io("close the journal in", folder, e);
        } finally {
            closed = true;
            unsynced.forEach(WriteAheadLog::closeQuietly);
            if (active != null) {
                closeQuietly(active);
            }
        }
    }
}
