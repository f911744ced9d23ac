package io.velesdb.embedded.storage;

import io.velesdb.VelesException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a journal segment; {@code docs/storage-format.md} has the tables. All numbers are little-endian, every
 * record starts at a multiple of 8. A record's header has a checksum of its own, so that the search for intact records
 * beyond a damaged one costs one pass whatever lengths the damage shows. It is salted with the database and the segment:
 * no payload, however made, and no block of another file looks like a record.
 */
final class JournalFormat {
    static final int VERSION = 1;
    static final int SEGMENT_HEADER = 64;
    static final int RECORD_HEADER = 32;
    static final String SUFFIX = ".wal";

    /** Behind the name of a segment that is still being made. */
    static final String TEMPORARY = ".tmp";

    private static final long SEGMENT_MAGIC = 0x4C415753454C4556L; // "VELESWAL"
    private static final int RECORD_MAGIC = 0x43455256; // "VREC"

    private JournalFormat() {}

    /**
     * @param number place in the sequence of segments
     * @param firstLsn the number of its first record; records from there on in earlier segments do not count
     * @param durableLsn all records up to this one were durable when the segment began
     */
    record SegmentHeader(long number, long firstLsn, long durableLsn, UUID database) {}

    /** @param durableLsn all records up to this one were durable when this one was written */
    record RecordHeader(int length, long lsn, long durableLsn, int payloadChecksum) {
        /** Bytes from this record to the next. */
        long span() {
            return JournalFormat.span(length);
        }
    }

    static long span(int payloadLength) {
        return RECORD_HEADER + (payloadLength + 7L & -8L);
    }

    static String fileName(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, 7 - digits.length())) + digits + SUFFIX;
    }

    /** The number in the name of a segment file, or -1 when it is another file's name. */
    static long numberOf(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            return -1;
        }
        String digits = name.substring(0, name.length() - SUFFIX.length());
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long number = Long.parseLong(digits);
        return fileName(number).equals(name) ? number : -1;
    }

    /** Whether a file has the name of a segment, finished or still being made. */
    static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return numberOf(file) >= 0
                || name.endsWith(TEMPORARY)
                        && numberOf(file.resolveSibling(name.substring(0, name.length() - TEMPORARY.length()))) >= 0;
    }

    static ByteBuffer encode(SegmentHeader header) {
        ByteBuffer bytes = ByteBuffer.allocate(SEGMENT_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(SEGMENT_MAGIC).putInt(VERSION).putInt(SEGMENT_HEADER);
        bytes.putLong(header.number).putLong(header.firstLsn);
        bytes.putLong(header.database.getMostSignificantBits()).putLong(header.database.getLeastSignificantBits());
        bytes.putLong(header.durableLsn).putInt(0);
        bytes.putInt(checksum(bytes.array(), 0, SEGMENT_HEADER - 4));
        return bytes.flip();
    }

    /** @throws VelesException VELES-006 or VELES-036 */
    static SegmentHeader decodeSegment(ByteBuffer bytes, Path file) {
        if (bytes.remaining() < SEGMENT_HEADER) {
            throw StorageFailure.damaged(file, 0, "it is shorter than its header");
        }
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        byte[] raw = new byte[SEGMENT_HEADER];
        in.get(0, raw);
        if (in.getLong(0) != SEGMENT_MAGIC) {
            throw StorageFailure.damaged(file, 0, "it does not start like a journal segment");
        }
        if (in.getInt(SEGMENT_HEADER - 4) != checksum(raw, 0, SEGMENT_HEADER - 4)) {
            throw StorageFailure.damaged(file, 0, "the checksum of its header does not hold");
        }
        int version = in.getInt(8);
        if (version > VERSION) {
            throw StorageFailure.newer(file, version, VERSION);
        }
        if (version < 1 || in.getInt(12) != SEGMENT_HEADER) {
            throw StorageFailure.damaged(file, 8, "its header makes no sense");
        }
        return new SegmentHeader(
                in.getLong(16), in.getLong(24), in.getLong(48), new UUID(in.getLong(32), in.getLong(40)));
    }

    /** Writes a record's header at the position of {@code into}. */
    static void encode(RecordHeader header, Salt salt, ByteBuffer into) {
        int start = into.position();
        into.putInt(RECORD_MAGIC).putInt(header.length).putLong(header.lsn).putLong(header.durableLsn);
        into.putInt(header.payloadChecksum);
        into.putInt(salt.checksum(into, start));
    }

    /** The record header at {@code at}, or null when no intact one is there. The payload is not looked at. */
    static @Nullable RecordHeader decodeRecord(ByteBuffer in, int at, Salt salt) {
        if (in.getInt(at) != RECORD_MAGIC || in.getInt(at + RECORD_HEADER - 4) != salt.checksum(in, at)) {
            return null;
        }
        RecordHeader header =
                new RecordHeader(in.getInt(at + 4), in.getLong(at + 8), in.getLong(at + 16), in.getInt(at + 24));
        return header.length < 0 || header.lsn <= 0 || header.durableLsn >= header.lsn ? null : header;
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** What is mixed into the checksums of one segment. Not thread-safe. */
    static final class Salt {
        private final CRC32C crc = new CRC32C();
        private final byte[] salt;
        private final byte[] header = new byte[RECORD_HEADER - 4];

        Salt(UUID database, long segment) {
            salt = ByteBuffer.allocate(24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(database.getMostSignificantBits())
                    .putLong(database.getLeastSignificantBits())
                    .putLong(segment)
                    .array();
        }

        private int checksum(ByteBuffer bytes, int at) {
            bytes.get(at, header);
            crc.reset();
            crc.update(salt, 0, salt.length);
            crc.update(header, 0, header.length);
            return (int) crc.getValue();
        }
    }
}
