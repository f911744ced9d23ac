package io.velesdb.embedded.storage;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.JournalFormat.RecordHeader;
import io.velesdb.embedded.storage.JournalFormat.Salt;
import io.velesdb.embedded.storage.JournalFormat.SegmentHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal of a database that was not closed, and tells a torn tail from damage.
 *
 * <p>Unsynced writes survive a loss of power in any selection, so the place where the intact records end proves
 * nothing: intact ones may follow. What decides is what records and segment headers state, wherever they stand: up to
 * which record everything was durable when they were written. A record that cannot be read and lies above all such
 * statements was never durable; it and all behind it are a torn tail. One below is damage, and reading stops with
 * VELES-006.
 */
final class JournalReplay {
    /** Where the records go. */
    @FunctionalInterface
    interface Sink {
        void accept(long lsn, byte[] payload) throws IOException;
    }

    /** A segment file and its length. */
    record Segment(Path path, SegmentHeader header, long bytes) {}

    private final FileSystem files;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Segment> obsolete = new ArrayList<>();
    private final List<Path> leftovers = new ArrayList<>();
    private final long startLsn;

    private long highestNumber;
    private long durableLsn;
    private long nextLsn;
    private long replayed;
    private @Nullable Path endPath;
    private long endOffset;
    private boolean torn;
    private int cutRecords;
    private long cutBytes;

    private JournalReplay(FileSystem files, long startLsn) {
        this.files = files;
        this.startLsn = startLsn;
        this.durableLsn = startLsn - 1;
    }

    /**
     * Reads the segments' headers.
     *
     * @param startLsn the first record that the checkpoint does not hold
     * @throws VelesException VELES-006 when a header is damaged or {@code startLsn} is in no segment
     */
    static JournalReplay open(FileSystem files, Path folder, UUID database, long startLsn) throws IOException {
        JournalReplay replay = new JournalReplay(files, startLsn);
        List<Segment> found = new ArrayList<>();
        for (Path path : files.list(folder)) {
            long number = JournalFormat.numberOf(path);
            if (number >= 0) {
                found.add(readHeader(files, path, number, database));
            } else if (path.getFileName().toString().endsWith(JournalFormat.SUFFIX + JournalFormat.TEMPORARY)) {
                replay.leftovers.add(path);
            }
        }
        found.sort(Comparator.comparingLong(s -> s.header.number()));
        replay.choose(found, folder);
        return replay;
    }

    private static Segment readHeader(FileSystem files, Path path, long number, UUID database) throws IOException {
        try (FileWindow window = new FileWindow(files, path)) {
            if (window.size() >= JournalFormat.SEGMENT_HEADER) {
                window.at(0, JournalFormat.SEGMENT_HEADER);
            }
            SegmentHeader header = JournalFormat.decodeSegment(window.bytes(), path);
            if (header.number() != number || header.firstLsn() < 1 || header.durableLsn() < 0) {
                throw StorageFailure.damaged(path, 16, "its header belongs to segment " + header.number());
            }
            if (!header.database().equals(database)) {
                throw StorageFailure.damaged(
                        path, 32, "it belongs to database " + header.database() + ", not to " + database);
            }
            return new Segment(path, header, window.size());
        }
    }

    /** A later segment replaces everything in earlier ones from its first record on. */
    private void choose(List<Segment> found, Path folder) {
        long replacedFrom = Long.MAX_VALUE;
        int first = -1;
        for (int i = found.size() - 1; i >= 0; i--) {
            Segment segment = found.get(i);
            highestNumber = Math.max(highestNumber, segment.header.number());
            if (segment.header.firstLsn() >= replacedFrom) {
                leftovers.add(segment.path);
                continue;
            }
            if (first >= 0) {
                obsolete.add(0, segment);
                continue;
            }
            replacedFrom = segment.header.firstLsn();
            segments.add(0, segment);
            if (replacedFrom <= startLsn) {
                first = i;
            }
        }
        if (first < 0) {
            throw StorageFailure.damaged(
                    folder, 0, "no journal segment holds record " + startLsn + ", which the checkpoint needs next");
        }
    }

    /**
     * Hands out the records from the start on, in order.
     *
     * @throws VelesException VELES-006 when a record that was durable cannot be read
     */
    void run(Sink sink) throws IOException {
        nextLsn = segments.get(0).header.firstLsn();
        for (Segment segment : segments) {
            durableLsn = Math.max(durableLsn, segment.header.durableLsn());
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            long limit = last ? Long.MAX_VALUE : segments.get(i + 1).header.firstLsn();
            try (FileWindow window = new FileWindow(files, segment.path)) {
                long position = read(segment, window, limit, sink);
                endPath = segment.path;
                endOffset = position;
                if (nextLsn < limit) {
                    long garbage = lookBehind(segment, window, position);
                    if (!last || garbage > position) {
                        torn = true;
                        cutBytes = garbage - position;
                        lookBehindAll(i + 1);
                    }
                    break;
                }
            }
        }
        if (durableLsn >= nextLsn) {
            throw StorageFailure.damaged(
                    Objects.requireNonNull(endPath),
                    endOffset,
                    "record " + nextLsn + " cannot be read, and everything up to record " + durableLsn
                            + " had been durable");
        }
    }

    private long read(Segment segment, FileWindow window, long limit, Sink sink) throws IOException {
        Salt salt = new Salt(segment.header.database(), segment.header.number());
        long position = JournalFormat.SEGMENT_HEADER;
        while (nextLsn < limit && window.size() - position >= JournalFormat.RECORD_HEADER) {
            int at = window.at(position, JournalFormat.RECORD_HEADER);
            RecordHeader record = JournalFormat.decodeRecord(window.bytes(), at, salt);
            if (record == null || record.lsn() != nextLsn || record.span() > window.size() - position) {
                break;
            }
            byte[] payload = window.copy(position + JournalFormat.RECORD_HEADER, record.length());
            if (JournalFormat.checksum(payload, 0, payload.length) != record.payloadChecksum()) {
                break;
            }
            durableLsn = Math.max(durableLsn, record.durableLsn());
            if (nextLsn >= startLsn) {
                try {
                    sink.accept(nextLsn, payload);
                } catch (VelesException e) {
                    throw StorageFailure.placed(segment.path, position, e);
                }
                replayed++;
            }
            nextLsn++;
            position += record.span();
        }
        return position;
    }

    /** Collects what intact headers from {@code position} on state, and returns where the bytes there end. */
    private long lookBehind(Segment segment, FileWindow window, long position) throws IOException {
        Salt salt = new Salt(segment.header.database(), segment.header.number());
        for (long p = position; window.size() - p >= JournalFormat.RECORD_HEADER; p += 8) {
            int at = window.at(p, JournalFormat.RECORD_HEADER);
            RecordHeader record = JournalFormat.decodeRecord(window.bytes(), at, salt);
            if (record != null) {
                durableLsn = Math.max(durableLsn, record.durableLsn());
                cutRecords++;
            }
        }
        return window.endOfNonZero(position);
    }

    private void lookBehindAll(int from) throws IOException {
        for (Segment segment : segments.subList(from, segments.size())) {
            try (FileWindow window = new FileWindow(files, segment.path)) {
                long start = JournalFormat.SEGMENT_HEADER;
                cutBytes += lookBehind(segment, window, start) - start;
            }
        }
    }

    /** Hands out the records after {@code lsn} again, up to where {@link #run} found the end. */
    void again(long lsn, Sink sink) throws IOException {
        long end = nextLsn;
        long counted = replayed;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            long limit = i == segments.size() - 1
                    ? end
                    : Math.min(end, segments.get(i + 1).header.firstLsn());
            if (limit <= lsn + 1 || segment.header.firstLsn() >= end) {
                continue;
            }
            nextLsn = segment.header.firstLsn();
            long reached;
            try (FileWindow window = new FileWindow(files, segment.path)) {
                read(segment, window, limit, (n, payload) -> {
                    if (n > lsn) {
                        sink.accept(n, payload);
                    }
                });
            } finally {
                reached = nextLsn;
                nextLsn = end;
                replayed = counted;
            }
            if (reached < limit) {
                throw new IOException(segment.path + " changed while it was read");
            }
        }
    }

    JournalReport report() {
        return new JournalReport(
                replayed, nextLsn - 1, cutRecords, cutBytes, torn ? endPath : null, torn ? endOffset : 0);
    }

    /** The last record that counts. */
    long lastLsn() {
        return nextLsn - 1;
    }

    /** Everything up to here is proved durable by what the journal itself states. */
    long durableLsn() {
        return durableLsn;
    }

    boolean torn() {
        return torn;
    }

    long highestNumber() {
        return highestNumber;
    }

    /** Segments that only a checkpoint older than the present one needs, in order. */
    List<Segment> obsolete() {
        return obsolete;
    }

    /** Files that hold nothing that counts, whichever checkpoint it starts from. */
    List<Path> leftovers() {
        return leftovers;
    }

    /** The segments that count, in order. */
    List<Segment> segments() {
        return segments;
    }
}
